"""quotes.py CASES REPORT...: is each line that a report quotes really in the log, at that number?
A report <case>.<language>.json is of the logs in CASES/<case>. This reads the logs without any code
of ours; what a report joined out of several lines is looked for from its line on."""
import json
import os
import re
import sys

JOINED = 8  # lines that one quotation may be put together from


def decode(data):
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if data[start:64:2].count(0) > 16:
            return data.decode(encoding, "replace")
    return data.decode("utf-8", "replace")


def lines_of(path):
    with open(path, "rb") as file:
        return re.split("\r\n|\n|\r", decode(file.read()))


def squeezed(text):
    """Without what a quotation is free to change: blanks, and quotation marks doubled in CSV."""
    return re.sub(r"[\s\ufffd]+", "", text.replace('""', '"'))


def is_there(lines, item):
    seen = squeezed("".join(lines[item["line"] - 1:][:JOINED]))
    first = squeezed(lines[item["line"] - 1]) if item["line"] <= len(lines) else ""
    wanted = squeezed(item["text"])
    # Something of it must stand in the line that is named.
    return wanted in seen and (wanted in first or wanted not in squeezed(
        "".join(lines[item["line"]:][:JOINED])))


def quotes_of(finding):
    """The chain, and what a refused write was weighed by."""
    weighed = finding["interference"] or {"for": [], "against": [], "suspects": []}
    suspects = [suspect[line] for suspect in weighed["suspects"]
                for line in ("installed", "service_added", "removed") if suspect[line]]
    return finding["chain"] + weighed["for"] + weighed["against"] + suspects


def main():
    cases, checked, failed = sys.argv[1], 0, False
    for path in sys.argv[2:]:
        folder = os.path.join(cases, os.path.basename(path).rsplit(".", 2)[0])
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
        for item in (item for finding in report["findings"] for item in quotes_of(finding)):
            log = os.path.join(folder, item["source"])
            if not os.path.isfile(log) or log.endswith(".evtx"):
                continue  # in an archive, or binary
            checked += 1
            if not is_there(lines_of(log), item):
                print(f"{log}:{item['line']}: does not say {item['text']!r}")
                failed = True
    print(f"{checked} quoted lines")
    return 1 if failed or checked == 0 else 0


sys.exit(main())
