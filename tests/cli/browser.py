"""browser.py CHROMIUM PAGE...: opens reports in a headless Chromium as a reader would, over the
debugging pipe (fd 3 and 4, messages end with NUL), and says what is wrong with them."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

WIDTH, HEIGHT, NARROW = 1280, 800, 400


class Browser:
    def __init__(self, program, profile):
        to_browser, self.out = os.pipe()
        self.inp, from_browser = os.pipe()

        def wire():
            low, high = os.dup(to_browser), os.dup(from_browser)
            os.dup2(low, 3)
            os.dup2(high, 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
             "--disable-background-networking", f"--user-data-dir={profile}",
             "--remote-debugging-pipe"],
            preexec_fn=wire, close_fds=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.number, self.pending, self.session, self.events = 0, b"", None, []

    def read(self):
        while b"\0" not in self.pending:
            piece = os.read(self.inp, 65536)
            if not piece:
                raise RuntimeError("the browser went away")
            self.pending += piece
        message, self.pending = self.pending.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **params):
        self.number += 1
        request = {"id": self.number, "method": method, "params": params}
        if self.session:
            request["sessionId"] = self.session
        os.write(self.out, json.dumps(request).encode() + b"\0")
        while True:
            message = self.read()
            if message.get("id") == self.number:
                return message.get("result", {})
            self.events.append(message)

    def wait(self, method):
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self.read())

    def value(self, script):
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        return result.get("result", {}).get("value")

    def press(self, key, code, text=""):
        for kind in ("keyDown", "keyUp"):
            extra = {"text": text} if kind == "keyDown" and text else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                      windowsVirtualKeyCode=code, **extra)

    def open(self, page):
        self.session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target,
                                 flatten=True)["sessionId"]
        self.events = []
        for domain in ("Page", "Log", "Runtime", "Network"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=WIDTH, height=HEIGHT,
                  deviceScaleFactor=1, mobile=False)
        self.call("Page.navigate", url=pathlib.Path(page).resolve().as_uri())
        self.wait("Page.loadEventFired")


def check_console(browser):
    for event in browser.events:
        if event["method"] in ("Log.entryAdded", "Runtime.exceptionThrown",
                               "Runtime.consoleAPICalled"):
            yield f"the console says {event['params']}"
        if event["method"] == "Network.requestWillBeSent":
            url = event["params"]["request"]["url"]
            if not url.startswith("file:") or not url.endswith(".html"):
                yield f"it loads {url}"


def check_page(browser):
    yield from check_console(browser)
    if browser.value("document.querySelectorAll('script,iframe,object,link,img,base,form').length"):
        yield "it holds elements that a report has no use for"
    attributes = ("[...document.querySelectorAll('*')].some(e => [...e.attributes].some("
                  "a => a.name.startsWith('on') || a.name == 'href' || a.name == 'src'))")
    if browser.value(attributes):
        yield "it holds attributes that act"
    if browser.value("document.documentElement.scrollWidth") > WIDTH:
        yield "it is wider than the window"
    bottom = browser.value("(document.querySelector('#cause') || document.querySelector('h1'))"
                           ".getBoundingClientRect().bottom")
    if not 0 < bottom <= HEIGHT:
        yield f"the cause ends at {bottom} of {HEIGHT} lines"
    if browser.value("document.querySelector('svg') && !document.querySelector('svg .failure')"):
        yield "the picture marks no failure"
    yield from check_folding(browser)
    browser.call("Emulation.setDeviceMetricsOverride", width=NARROW, height=HEIGHT,
                 deviceScaleFactor=1, mobile=False)
    if browser.value("document.documentElement.scrollWidth") > NARROW:
        yield "it is wider than a narrow window"
    yield from check_print(browser)


def check_print(browser):
    browser.call("Emulation.setEmulatedMedia", media="print")
    hidden = ("[...document.querySelectorAll('details > :not(summary)')].some(e => "
              "!e.checkVisibility())")
    if browser.value(hidden):
        yield "what is folded does not come to paper"
    browser.call("Emulation.setEmulatedMedia", media="")


def check_folding(browser):
    if not browser.value("!!document.querySelector('details.tree')"):
        return
    for _ in range(30):
        browser.press("Tab", 9)
        if browser.value("!!document.activeElement.closest('details.tree')"):
            break
    was = browser.value("document.querySelector('details.tree').open")
    browser.press("Enter", 13, "\r")
    if browser.value("document.querySelector('details.tree').open") == was:
        yield "Enter does not fold the section"


def main():
    wrong = False
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(sys.argv[1], profile)
        try:
            for page in sys.argv[2:]:
                browser.open(page)
                for text in check_page(browser):
                    print(f"{page}: {text}")
                    wrong = True
        finally:
            browser.process.kill()
            browser.process.wait()
    return 1 if wrong else 0


sys.exit(main())
