"""validate.py SCHEMA REPORT...: JSON files against a JSON schema; says what does not fit."""
import json
import sys

import jsonschema


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main():
    schema = load(sys.argv[1])
    checker = jsonschema.validators.validator_for(schema)
    checker.check_schema(schema)
    failed = False
    for path in sys.argv[2:]:
        for error in checker(schema).iter_errors(load(path)):
            print(f"{path}: /{'/'.join(map(str, error.absolute_path))}: {error.message}")
            failed = True
    return 1 if failed else 0


sys.exit(main())
