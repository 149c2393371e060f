"""hostile.py PROGRAM ROOT WORK [CMARK]: logs, file names and arguments that attack whatever shows
them, in every format and language, read by golden/readers.py."""
import os
import pathlib
import shutil
import subprocess
import sys

# What one run can write; the second are those of several inputs.
FORMATS = [["text", "json", "markdown", "case", "html", "sarif"], ["ndjson", "junit"]]
PAYLOADS = {
    "script": b"<script>alert(1)</script><img src=x onerror=alert(1)>",
    "attribute": b"\" onmouseover=alert(1) x=\"' style='x:expression(1)",
    "entities": b"&lt;b&gt;&#60;b&#62;&amp;amp; &",
    "ends": b"]]> --> */ </style></title></svg></pre><!-- <![CDATA[ <?php",
    "link": b"[a](javascript:alert(1)) ![b](x:y) <javascript:alert(1)> [c]: http://x",
    "address": b"http://x.test www.x.test a@x.test ftp://x mailto:a@x.test",
    "mention": b"@all @org/team #123 !45 GH-1 org/repo#7 fixes #8",
    "block": b"# pwned",
    "list": b"- [x] a * b + c 1. d 1) e > f",
    "rule": b"--- *** ___ ===",
    "table": b"| a | b | --- | --- |",
    "fence": b"``` ~~~ ```` `a` ``b`` $x$ $$y$$",
    "emphasis": b"**a** __b__ *c* _d_ ~~e~~ \\*f\\ <!-- \\",
    "escape": b"\x1b[2J\x1b]0;title\x07\x1b]8;;http://x\x07a\x1b]8;;\x07\x9b31m\x0c\x08\x7f",
    "bidi": "\u202e\u2066\u200f\u061c\u200b\ufeff\u2028\u2029\u0085\u180e\U000e0041".encode(),
    "invalid": b"\xff\xfe\xc0\x80\xed\xa0\x80\xf8\x88\x80\x80\x80 \xe4\xb8",
    "nul": b"a\0b",
    "json": b"\",\"verdict\":\"no_failure\",\"x\":\"\\u0000\\ud800\\",
    "percent": b"%s%n%1 %2 ${service} $(id) `id` %00 ../../etc",
    "combining": ("a" + "\u0301" * 300 + "\ud7b0" * 50).encode(),
    "wide": "\u4e2d\uff21\U0001f468\u200d\U0001f469".encode() * 60,
    "long": b"x" * 10000,
}


def poisoned(log, payload):
    """The payload in the places that come into a report, and as lines of its own."""
    for word in (b"intelppm", b"Intel Processor", b"WindowsUpdateAgent", b"GenuineIntel_-_Intel64"):
        log = log.replace(word, payload)
    lines = log.split(b"\n")
    middle = len(lines) // 2
    return b"\n".join(lines[:middle] + [payload, b"# " + payload] + lines[middle:])


def name_of(payload):
    """What of it a file system takes as a name."""
    return payload.replace(b"/", b"_").replace(b"\0", b"_")[:120]


def expected(status):
    if status not in (0, 3):
        raise SystemExit(f"hostile.py: exit status {status}")


def run(program, args, folder):
    done = subprocess.run([program, *args], cwd=folder, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    expected(done.returncode)
    return done


def reports_of(program, paths, folder, stem):
    reports = []
    for language in ("en", "zh-CN"):
        for formats in FORMATS:
            files = {form: f"{stem}.{language}.{form}" for form in formats}
            done = run(program, ["analyze", "-v", f"--lang={language}", *paths,
                                 *(f"--format={form}={file}" for form, file in files.items())],
                       folder)
            said = f"{stem}.{language}.{formats[0]}.stderr.text"
            pathlib.Path(said).write_bytes(done.stderr)
            reports += [*files.values(), said]
    return reports


def main():
    program, root, work = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    cmark = sys.argv[4] if len(sys.argv) > 4 else None
    sys.path.insert(0, str(root / "tests/golden"))
    import readers
    case = root / "fixtures/cases/driver-service-write-denied"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    wrong = 0
    for name, payload in PAYLOADS.items():
        folder = os.path.join(os.fsencode(work), b"in " + name_of(payload))
        os.mkdir(folder)
        for log in ("CBS.log", "setupapi.dev.log"):
            with open(os.path.join(folder, os.fsencode(log)), "wb") as file:
                file.write(poisoned((case / log).read_bytes(), payload))
        stem = str(work / name)
        wrong += readers.failures(reports_of(program, [folder], work, stem), cmark)
    with open(os.path.join(os.fsencode(work), b"a\nb\x1b[2J\xff.log"), "wb") as file:
        file.write((case / "CBS.log").read_bytes())
    paths = [b"a\nb\x1b[2J\xff.log", b"not\nthere\x1b[2J", "\u202ethere".encode()]
    for number, path in enumerate(paths):
        stem = str(work / f"path{number}")
        wrong += readers.failures(reports_of(program, [path], work, stem), cmark)
    return 1 if wrong else 0


sys.exit(main())
