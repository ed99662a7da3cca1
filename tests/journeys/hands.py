"""A person at a browser: signs in, fills forms, looks, and is checked for what reached them."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Response

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = ROOT / "screenshots"
DESK = (1366, 768)
SIZES = {"desk": DESK, "phone": (390, 844), "projector": (1920, 1080)}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Hands:
    """One browser context: what was received over every channel is kept in ``received``."""

    def __init__(self, browser: Browser, url: str, *, sockets: bool, script: bool = True) -> None:
        self.url = url
        self.context: BrowserContext = browser.new_context(
            viewport={"width": DESK[0], "height": DESK[1]},
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            java_script_enabled=script,
        )
        if not sockets:
            self.context.route_web_socket(re.compile(".*"), lambda socket: socket.close())
        self.received: list[str] = []
        self.problems: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.page.on("response", self._keep)
        self.page.on("websocket", self._keep_frames)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", self._keep_console)

    def sign_in(self, email: str, password: str) -> None:
        self.goto("/sign-in")
        self.page.fill("[name=email]", email)
        self.page.click("main button[type=submit]")
        self.page.fill("[name=password]", password)
        self.page.click("form:has([name=password]) button[type=submit]")
        self.page.wait_for_url(f"{self.url}/")

    def goto(self, path: str) -> int:
        answer = self.page.goto(self.url + path)
        assert answer is not None
        return answer.status

    def act(self, command: str, /, **fields: Any) -> None:
        """Fill and send the plain form of a command on the page as it stands."""
        form = self.page.locator(f'form[action="/act/{command}"]').first
        opened = form.locator("xpath=ancestor::details[not(@open)]")
        while opened.count():
            opened.first.locator("xpath=./summary").click()
        for name, value in fields.items():
            self._fill(form, name, value)
        with self.page.expect_navigation():
            form.locator("button[type=submit]").last.click()

    def _fill(self, form: Any, name: str, value: Any) -> None:
        field = form.locator(f'[name="{name}"]')
        kind = field.first.evaluate("e => e.type || e.tagName.toLowerCase()")
        if kind in {"radio", "checkbox"}:
            for one in value if isinstance(value, list) else [value]:
                form.locator(f'[name="{name}"][value="{one}"]').check()
        elif kind.startswith("select"):
            field.select_option(value)
        else:
            field.fill(str(value))

    def shot(self, name: str) -> None:
        """Pictures of the page at the sizes people use, into a folder git ignores."""
        for size, (width, height) in SIZES.items():
            folder = SHOTS / size
            folder.mkdir(parents=True, exist_ok=True)
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.wait_for_timeout(150)
            self.page.screenshot(path=folder / f"{name}.png")
        self.page.set_viewport_size({"width": DESK[0], "height": DESK[1]})

    def full_shot(self, name: str) -> None:
        """The whole page from head to foot, at a desk and on a phone."""
        for size in ("desk", "phone"):
            width, height = SIZES[size]
            folder = SHOTS / size
            folder.mkdir(parents=True, exist_ok=True)
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.wait_for_timeout(150)
            self.page.screenshot(path=folder / f"{name}.png", full_page=True)
        self.page.set_viewport_size({"width": DESK[0], "height": DESK[1]})

    def violations(self) -> list[str]:
        """What axe finds on the page as it stands."""
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate(
            "() => axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map("
            "v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(' | ')))"
        )
        return list(found)

    def saw(self, *words: str) -> list[str]:
        """Which of the words reached this person in any answer or frame, however it came."""
        everything = "\n".join(self.received)
        return [word for word in words if word in everything or _escaped(word) in everything]

    def polled(self, word: str) -> bool:
        """Whether the word came through long-polling, and not through a websocket."""
        answers = (text for text in self.received if "transport=polling" in text.split(" ", 1)[0])
        return any(word in text or _escaped(word) in text for text in answers)

    def close(self) -> None:
        self.context.close()

    def _keep(self, response: Response) -> None:
        if "/static/" in response.url or response.status in range(300, 400):
            return
        try:
            self.received.append(f"{response.url} {response.status}\n{response.text()}")
        except Exception as error:  # noqa: BLE001  # a body can be gone once the page moved on
            self.received.append(f"{response.url} unread: {error}")

    def _keep_frames(self, socket: Any) -> None:
        socket.on("framereceived", lambda data: self.received.append(str(data)))

    def _keep_console(self, message: Any) -> None:
        """Refusals are expected answers; a script or style that fails to load is not."""
        refused = "Failed to load resource" in message.text
        own = message.type == "error" and "WebSocket" not in message.text
        if own and (not refused or "/static/" in message.location.get("url", "")):
            self.problems.append(f"{message.text} at {self.page.url}")


def _escaped(word: str) -> str:
    return word.encode("unicode_escape").decode()
