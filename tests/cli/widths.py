"""widths.py PROGRAM CASE...: the text on terminals from 20 to 200 columns, measured with Python's own
table of wide characters: no line is wider than the terminal, but those that are there to be copied;
colour adds nothing but colour; nothing else controls the terminal."""
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import unicodedata

WIDTHS = (20, 40, 80, 132, 200)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
OWN_FILES = {"args", "stdout", "stderr", "status", "cause"}


def on_terminal(args, folder, width):
    """What comes out on a terminal of this width."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
        os.execv(args[0], args)
    out = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        out += piece
    os.waitpid(pid, 0)
    os.close(terminal)
    return out.decode().replace("\r\n", "\n")


def columns(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in text)


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def problems_of(program, folder, logs, language):
    report = subprocess.run([program, "analyze", "--format=json", *logs], cwd=folder, check=True,
                            stdout=subprocess.PIPE).stdout
    whole = set(strings(json.loads(report)))
    for width in WIDTHS:
        args = [program, "analyze", "-v", "--quiet", f"--lang={language}"]
        plain = on_terminal([*args, "--color=never", *logs], folder, width)
        coloured = on_terminal([*args, "--color=always", *logs], folder, width)
        if COLOUR.sub("", coloured) != plain:
            yield f"{width}: colour changes more than the colour"
        for line in plain.split("\n"):
            if columns(line) > width and line.strip() not in whole:
                yield f"{width}: {columns(line)} columns: {line}"
            if any(unicodedata.category(c) in ("Cc", "Cf") for c in line):
                yield f"{width}: it holds a control character: {line!r}"


def main():
    wrong = False
    for folder in sys.argv[2:]:
        logs = sorted(set(os.listdir(folder)) - OWN_FILES)
        for language in ("en", "zh-CN"):
            for problem in problems_of(sys.argv[1], folder, logs, language):
                print(f"{folder}, {language}: {problem}")
                wrong = True
    return 1 if wrong else 0


sys.exit(main())
