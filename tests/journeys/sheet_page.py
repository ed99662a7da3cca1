"""A page with nothing but the sheet under the product's policy, and a keyboard with an IME."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, CDPSession, Locator, Page

HOUSE = Path(__file__).resolve().parents[2]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'"
)
_HTML = """<!doctype html><html lang="ja"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>情報共有シート</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="page.css"></head>
<body><main><h1>情報共有シート</h1><p><button id="before">前のボタン</button></p>
<div id="sheet"></div>
<p><button id="after">次のボタン</button></p></main><script src="page.js"></script></body></html>
"""
_CSS = """@import "{house}/static/css/tokens.css";
@import "{house}/static/css/base.css";
@import "{house}/static/css/sheet.css";
main {{ padding: 12px; }}
#sheet {{ height: 520px; }}
"""

Platform = Literal["windows", "mac"]


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """The test's output stays readable."""


def build_page(folder: Path) -> None:
    """Bundle the harness and the styles into a folder of plain files."""
    (folder / "index.html").write_text(_HTML, encoding="utf-8")
    styles = folder / "source.css"
    styles.write_text(_CSS.format(house=HOUSE), encoding="utf-8")
    esbuild = HOUSE / "node_modules" / ".bin" / "esbuild"
    common = ["--bundle", "--log-level=warning", "--charset=utf8"]
    harness = HOUSE / "tests" / "static" / "sheet" / "harness.ts"
    subprocess.run(
        [esbuild, harness, *common, "--format=iife", f"--outfile={folder / 'page.js'}"],
        check=True,
        cwd=HOUSE,
    )
    subprocess.run(
        [esbuild, styles, *common, f"--outfile={folder / 'page.css'}"],
        check=True,
        cwd=HOUSE,
        env={"PATH": "/usr/bin:/bin", "NODE_PATH": str(HOUSE / "node_modules")},
    )


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the folder on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Ime:
    """Keys as a Japanese IME sends them: the page sees 229 while it works.

    Windows names such a key "Process", macOS by its own name. An IME takes a key only if
    something editable has the focus when the key goes down; otherwise the page gets a letter.
    """

    def __init__(self, page: Page, platform: Platform) -> None:
        self.page = page
        self.platform = platform
        self.cdp: CDPSession = page.context.new_cdp_session(page)

    def claimed(self, key: str, code: str) -> None:
        """A key the IME keeps for itself: the page sees only that one went down."""
        self.cdp.send(
            "Input.dispatchKeyEvent",
            {
                "type": "rawKeyDown",
                "key": "Process" if self.platform == "windows" else key,
                "code": code,
                "windowsVirtualKeyCode": 229,
                "nativeVirtualKeyCode": 229,
            },
        )

    def _released(self, key: str, code: str, virtual: int) -> None:
        event = {"type": "keyUp", "key": key, "code": code, "windowsVirtualKeyCode": virtual}
        self.cdp.send("Input.dispatchKeyEvent", event)

    def _compose(self, text: str) -> None:
        self.cdp.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )

    def compose(self, *steps: tuple[str, str]) -> None:
        """Type keys; each step is the key and all the kana that stand there after it."""
        for key, kana in steps:
            code = f"Key{key.upper()}"
            if not self.page.evaluate(_EDITABLE):
                self.page.keyboard.press(key)
                continue
            self.claimed(key, code)
            self._compose(kana)
            self._released(key, code, ord(key.upper()))

    def convert(self, text: str) -> None:
        """Space: the candidate stands underlined in the field."""
        self.claimed(" ", "Space")
        self._compose(text)
        self._released(" ", "Space", 32)

    def confirm(self, text: str) -> None:
        """Enter that ends the composition; it belongs to the IME."""
        self.claimed("Enter", "Enter")
        self.cdp.send("Input.insertText", {"text": text})
        self._released("Enter", "Enter", 13)

    def type(self, text: str) -> None:
        """Compose and confirm in one go, for words whose way of typing does not matter."""
        self.compose(("a", text))
        self.confirm(text)


_EDITABLE = """() => { const a = document.activeElement;
  return a instanceof HTMLTextAreaElement && !a.readOnly && !a.disabled; }"""


class SheetPage:
    """What a test does with the sheet, and what it looks at."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def cell(self, row: int, column: str) -> Locator:
        """The drawn cell by its position and its heading."""
        index = self.page.get_by_role("columnheader", name=column).get_attribute("aria-colindex")
        return self.page.locator(
            f'.sg-body [aria-rowindex="{row + 2}"] > [aria-colindex="{index}"]'
        )

    def click(self, row: int, column: str, **how: Any) -> None:
        self.cell(row, column).click(**how)

    def put(self, row: int, column: str, text: str) -> None:
        """Type over a cell and go on."""
        self.click(row, column)
        self.page.keyboard.insert_text(text)
        self.keys("Enter")

    def call(self, name: str, *arguments: object) -> Any:
        """Play server or another participant."""
        return self.page.evaluate(
            "([name, rest]) => window.harness[name](...rest)", [name, [*arguments]]
        )

    def value(self, row: str, column: str) -> Any:
        return self.call("value", row, column)

    @property
    def writes(self) -> list[dict[str, Any]]:
        written: list[dict[str, Any]] = self.page.evaluate("window.harness.writes")
        return written

    def writes_to(self, column: str) -> list[tuple[str, Any, int]]:
        """What the grid wrote into one column: row, value, and the version it was made from."""
        return [
            (one["row"], one["value"], one["baseVersion"])
            for one in self.writes
            if one["column"] == column
        ]

    @property
    def here(self) -> str:
        """The name of the cell the editor stands for."""
        return self.editor.get_attribute("aria-label") or ""

    @property
    def problems(self) -> Locator:
        return self.page.get_by_role("region", name="確認が必要な入力")

    @property
    def editing(self) -> bool:
        return self.page.locator(".sg-editing").count() == 1

    @property
    def editor(self) -> Locator:
        return self.page.locator(".sg-ed")

    @property
    def notice(self) -> Locator:
        return self.page.locator(".sg-notice")

    @property
    def status(self) -> str:
        return (self.page.locator(".sg-status").text_content() or "").strip()

    def keys(self, *names: str) -> None:
        for name in names:
            self.page.keyboard.press(name)

    def settle(self) -> None:
        """Two frames: what was scheduled is drawn."""
        self.page.evaluate(
            "() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
        )

    def read_notice(self) -> None:
        """A person takes longer than this to read what came up."""
        self.page.wait_for_timeout(450)


@contextmanager
def sheet_house(folder: Path, browser: Browser) -> Iterator[tuple[Browser, str]]:
    """The browser, and the address of the page it can open."""
    build_page(folder)
    with served(folder) as url:
        yield browser, url


@contextmanager
def open_sheet(house: tuple[Browser, str], query: str = "", **context: Any) -> Iterator[SheetPage]:
    """A fresh page; afterwards the browser must have had nothing to complain about."""
    browser, url = house
    own = browser.new_context(
        locale="ja-JP", permissions=["clipboard-read", "clipboard-write"], **context
    )
    page = own.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(url + query)
    page.wait_for_function("window.harness !== undefined")
    try:
        yield SheetPage(page)
        assert complaints == []
    finally:
        own.close()
