"""validate.py SCHEMA REPORT...: JSON files against a JSON schema; says what does not fit. In a file
*.ndjson each line is a report, and the last one the totals."""
import json
import sys

import jsonschema


def values(path):
    with open(path, encoding="utf-8") as file:
        if path.endswith(".ndjson"):
            return [json.loads(line) for line in file]
        return [json.load(file)]


def schema_of(value, schema):
    if "totals" in value:
        return {**schema["definitions"]["totals_line"], "definitions": schema["definitions"]}
    return schema


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    checker = jsonschema.validators.validator_for(schema)
    checker.check_schema(schema)
    failed = False
    for path in sys.argv[2:]:
        found = values(path)
        if path.endswith(".ndjson") and "totals" not in found[-1]:
            print(f"{path}: does not end with the totals")
            failed = True
        for value in found:
            for error in checker(schema_of(value, schema)).iter_errors(value):
                print(f"{path}: /{'/'.join(map(str, error.absolute_path))}: {error.message}")
                failed = True
    return 1 if failed else 0


sys.exit(main())
