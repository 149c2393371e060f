"""sarif.py SCHEMA REPORT...: SARIF files against the schema of OASIS, and against what GitHub takes
(its page "SARIF support for code scanning"); says what does not fit."""
import json
import re
import sys

import jsonschema

RESULTS_MOST, RULES_MOST, LOCATIONS_MOST, STEPS_MOST = 25000, 25000, 1000, 10000
# RFC 3986: a relative reference whose first segment has no colon, or a file URI.
URI = re.compile(r"(file:///)?([A-Za-z0-9._~/!$&'()*+,;=@-]|%[0-9A-F]{2})*")


def places(result):
    for location in result["locations"]:
        yield location["physicalLocation"]
    for flow in result["codeFlows"]:
        for thread in flow["threadFlows"]:
            if not 0 < len(thread["locations"]) <= STEPS_MOST:
                raise ValueError(f"{len(thread['locations'])} steps in a flow")
            for step in thread["locations"]:
                yield step["location"]["physicalLocation"]


def problems_of_place(place):
    uri, region = place["artifactLocation"]["uri"], place["region"]
    if not URI.fullmatch(uri):
        yield f"no URI: {uri}"
    if not 1 <= region["startLine"] <= region["endLine"]:
        yield f"a region of lines {region['startLine']} to {region['endLine']}"


def problems_of_result(result, rules):
    if not 1 <= len(result["locations"]) <= LOCATIONS_MOST:
        yield f"{len(result['locations'])} locations"
    if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
        yield f"ruleIndex does not lead to {result['ruleId']}"
    for place in places(result):
        yield from problems_of_place(place)


def problems_of_run(run):
    rules, results = run["tool"]["driver"]["rules"], run["results"]
    if len(results) > RESULTS_MOST or len(rules) > RULES_MOST:
        yield f"{len(results)} results of {len(rules)} rules"
    for rule in rules:
        for key in ("shortDescription", "fullDescription", "help"):
            if not rule[key]["text"]:
                yield f"rule {rule['id']} has no {key}"
    for result in results:
        yield from problems_of_result(result, rules)
    hashes = [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]
    if len(set(hashes)) < len(hashes):
        yield "two results have one fingerprint"


def problems_of(report, checker):
    for error in checker.iter_errors(report):
        yield f"/{'/'.join(map(str, error.absolute_path))}: {error.message}"
    for run in report["runs"]:
        yield from problems_of_run(run)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    checker = jsonschema.validators.validator_for(schema)
    checker.check_schema(schema)
    failed = False
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
        for problem in problems_of(report, checker(schema)):
            print(f"{path}: {problem}")
            failed = True
    return 1 if failed else 0


sys.exit(main())
