"""readers.py [--cmark=PROGRAM] REPORT...: reads reports as those do who get them - JSON, XML, HTML
and Markdown - and says where text of a log came out as something else than text. A report's name
ends in its format."""
import html.parser
import json
import re
import subprocess
import sys
import xml.etree.ElementTree

# What reorders, hides or ends text wherever it is shown.
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
                    "\ufeff\ufff9-\ufffb\U000e0000-\U000e00ff]")
# Names of persons and tickets, which trackers look for in text that is not code.
MENTION = re.compile(r"(?:^|\W)(@\w|[#!]\d)|www\.\w|\w://")
# Three words and no Chinese; what begins with a code is Windows' own text for it.
ENGLISH = re.compile(r"(?!0x)[^\u4e00-\u9fff]*[A-Za-z]+,? [a-z]+,? [a-z]+[^\u4e00-\u9fff]*$", re.S)
HTML_TAGS = set("html head meta title style body header main footer section div article h1 h2 h3 p "
                "pre code b span dl dt dd ol ul li table tr td details summary svg g text rect path "
                "circle".split())
HTML_ATTRIBUTES = set("lang charset http-equiv name content class id open tabindex role viewbox x y cx cy r rx "
                      "d width height text-anchor".split())
MARKDOWN_TAGS = set("h1 h2 p ul ol li strong em code pre".split())
MARKDOWN_MOST = 30000
LINE_MOST = 400


class Page(html.parser.HTMLParser):
    """Elements and attributes that are not in the lists, tags that do not match, running text."""

    def __init__(self, tags, attributes, wants_end):
        super().__init__()
        self.tags, self.attributes, self.wants_end = tags, attributes, wants_end
        self.open, self.problems, self.text, self.headings = [], [], [], 0

    def handle_starttag(self, tag, attrs):
        if tag not in self.tags:
            self.problems.append(f"an element {tag}")
        for name, _ in attrs:
            if name not in self.attributes:
                self.problems.append(f"an attribute {name}")
        self.headings += tag == "h1"
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"an end of {tag} that has no beginning")

    def handle_data(self, data):
        if not {"code", "pre", "style"} & set(self.open):
            self.text.append(data)

    def handle_comment(self, data):
        self.problems.append(f"a comment {data}")

    def unknown_decl(self, data):
        self.problems.append(f"a declaration {data}")

    handle_pi = unknown_decl

    def read(self, text):
        self.feed(text)
        self.close()
        if self.wants_end and self.open:
            self.problems.append(f"no end of {self.open}")
        if self.headings != 1:
            self.problems.append(f"{self.headings} headings of the first level")
        return self.problems


def problems_of_json(text):
    values = [json.loads(text)]
    return [] if isinstance(values[0], dict) else ["it is no object"]


def problems_of_ndjson(text):
    values = [json.loads(line) for line in text.split("\n")[:-1]]
    return [] if "totals" in values[-1] else ["it does not end with the totals"]


def problems_of_junit(text):
    names = {element.tag for element in xml.etree.ElementTree.fromstring(text).iter()}
    return [f"an element {name}" for name in names - {"testsuites", "testsuite", "testcase",
                                                      "failure"}]


def problems_of_html(text):
    page = Page(HTML_TAGS, HTML_ATTRIBUTES, True)
    problems = page.read(text)
    if '<html lang="zh-CN">' in text:
        problems += [f"not translated: {piece}" for piece in page.text if ENGLISH.match(piece)]
    return problems


def problems_of_markdown(text, cmark):
    rendered = subprocess.run(
        [cmark, "--unsafe", "-e", "table", "-e", "strikethrough", "-e", "autolink", "-e",
         "tasklist"],
        input=text.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    page = Page(MARKDOWN_TAGS, {"class", "start"}, True)
    problems = page.read(rendered)
    if len(text) > MARKDOWN_MOST:
        problems.append(f"{len(text)} characters")
    problems += [f"a mention or an address: {piece}" for piece in page.text if MENTION.search(piece)]
    return problems


def problems_of(path, cmark):
    with open(path, "rb") as file:
        text = file.read().decode("utf-8", "strict")
    found = UNSAFE.search(text)
    if found:
        yield f"U+{ord(found[0]):04X} in {text[max(found.start() - 20, 0):found.end() + 20]!r}"
    kind = path.rsplit(".", 1)[1]
    checks = {"json": problems_of_json, "sarif": problems_of_json, "ndjson": problems_of_ndjson,
              "junit": problems_of_junit, "html": problems_of_html}
    if kind in checks:
        yield from checks[kind](text)
    if kind == "markdown" and cmark:
        yield from problems_of_markdown(text, cmark)


def failures(paths, cmark=None):
    """Says what is wrong with the reports; how many are."""
    count = 0
    for path in paths:
        problems = list(problems_of(path, cmark))
        for problem in problems:
            print(f"{path}: {problem}"[:LINE_MOST])
        count += bool(problems)
    return count


def main():
    paths, cmark = sys.argv[1:], None
    if paths[0].startswith("--cmark="):
        cmark = paths.pop(0).split("=", 1)[1]
    return 1 if failures(paths, cmark) else 0


if __name__ == "__main__":
    sys.exit(main())
