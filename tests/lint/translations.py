"""translations.py ROOT: what earlier layers say in reports stands in the table of sentences, and
nothing stands there that nobody says. A sentence is told by its looks: it has three words and begins
small, or ends with a full stop; patterns of log text have other looks, or are listed below."""
import pathlib
import re
import sys

LAYERS = ("base", "input", "logs", "model", "diagnose")
# Of those layers, what is said elsewhere than in a report: command lines, tests of rules, ourselves;
# and lines of logs.
FILES_BESIDE = {"case_test.c", "codepage.c", "filter.c", "lines.c", "cbs.c", "trial.c", "error.c",
                "usual_lines.c"}
# Text of logs that looks like a sentence.
LOG_TEXT = {
    "processed the command line but failed. HRESULT=", "halting sysprep execution. dwRet = ",
    "Checking System Update Readiness.", "with command line: ", "will be installed (Policy=",
    "the following update", "for Inf: ", "failure source: ", "forward execute state: ",
    "new state: ", "will be rolled back", "queue item Installer: ",
}
# What the system says only where something is written, and of the names of encodings.
NOT_IN_REPORTS = {
    "no space left on the device", "the file system is read-only", "the reader went away",
    "no conversion from '%s'", "'%s': is no file",
    "the logs hold more names in a code page than can be replaced (%d)",
    "the logs hold more names and numbers than can be replaced (%d)",
}
# Of the layer of reports itself: what becomes a remark of a report before it is translated.
REMARKS = "src/report/redact.c"
STRING = r'"(?:[^"\\]|\\.)*"'
LITERAL = re.compile(rf'(?:{STRING}\s*(?:PRI\w+\s*)?)+')
ROW = re.compile(rf'\{{((?:{STRING}\s*)+),\s*((?:{STRING}\s*)+)\}}')
CONVERSION = re.compile(r"%[-.*0-9]*(?:z|ll)?[a-z]|% |%[1-9]")
SENTENCE = re.compile(r"(?:[a-z'][^=\[\]{}]* [^=\[\]{}]* |[A-Z][a-z]*(?: [^=\[\]{}]*){3}\.$)")


EDGES = " .:,;()'"
PART_LEAST = 5


def joined(literal):
    return "".join(piece[1:-1] for piece in re.findall(STRING, literal))


def pieces(text):
    """What stands between the values, as it must be found on the other side."""
    return [piece for piece in CONVERSION.split(text) if len(piece.strip(EDGES)) > 3]


def literals(root):
    for layer in LAYERS:
        for path in sorted((root / "src" / layer).glob("*.c")):
            text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)
            text = re.sub(r"'(?:[^'\\]|\\.)'", "0", text)
            for match in LITERAL.finditer(text):
                yield path, joined(match[0])


def is_said(piece, everything):
    """True when it can be put together of what is written, in parts of some length."""
    rest = piece.strip(EDGES)
    while rest:
        end = len(rest)
        while rest[:end] not in everything:
            end -= 1
        if end < min(PART_LEAST, len(rest)):
            return False
        rest = rest[end:].strip(EDGES)
    return True


def main():
    root = pathlib.Path(sys.argv[1])
    table = (root / "src/report/sentence_table.c").read_text("utf-8")
    rows = [joined(english) for english, _ in ROW.findall(table)]
    said = list(literals(root))
    remarks = [path.read_text("utf-8") for path in root.glob(REMARKS)]
    everything = "\n".join([text for _, text in said] +
                           [joined(text) for text in LITERAL.findall("".join(remarks))])
    exceptions = LOG_TEXT | NOT_IN_REPORTS
    wrong = []
    for row in rows:
        if not all(is_said(piece, everything) for piece in pieces(row)):
            wrong.append(f"nobody says: {row}")
    for path, text in said:
        if path.name in FILES_BESIDE or text in exceptions or not SENTENCE.match(text):
            continue
        if not any(all(piece in row for piece in pieces(text)) for row in rows):
            wrong.append(f"{path.name}: not in sentence_table.c: {text}")
    print("\n".join(wrong))
    return 1 if wrong else 0


sys.exit(main())
