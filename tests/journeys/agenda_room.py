"""A conference with several items at a running server, and the browsers that are in it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from sqlmodel import SQLModel

from app.clock import in_japan
from app.services.listing import USE_CASES
from app.services.validation import validated
from app.store.tables.conferences import ConferenceRow
from auth import session
from tests.factories import Table, op, table
from tests.journeys.hands import AXE, SHOTS, SIZES
from tests.serving import Server, serving


@dataclass
class AgendaRoom:
    """The yorozu centre chairs; after the case come an exchange and two reports."""

    server: Server
    browser: Browser
    at: Table
    sockets: bool
    problems: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"/conferences/{self.at.conference.id}/room"

    def does(self, who: str, command: str, **body: Any) -> str:
        use_case = USE_CASES[command]
        values = validated(use_case.command, {"op_id": op(), **body})
        return use_case.run(self.server.database, self.at[who], values).id or ""

    def enter(self, who: str, path: str = "", *, script: bool = True) -> Page:
        context: BrowserContext = self.browser.new_context(
            viewport={"width": 1366, "height": 768},
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            java_script_enabled=script,
        )
        if not self.sockets:
            context.route_web_socket(re.compile(".*"), lambda socket: socket.close())
        token = self.server.token_for(self.at[who])
        name = session.cookie_name(self.server.settings)
        context.add_cookies([{"name": name, "value": token, "url": self.server.url}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.goto(f"{self.server.url}{self.path}{path}")
        if script and "projector" not in path:
            expect(page.get_by_text("接続中")).to_be_visible()
        return page


@contextmanager
def agenda_room(tmp_path: Path, browser: Browser, *, sockets: bool) -> Iterator[AgendaRoom]:
    data = tmp_path / "data"
    data.mkdir()
    url = f"sqlite:///{tmp_path / 'entaku.sqlite3'}"
    made = Server(data, url)
    SQLModel.metadata.create_all(made.database.engine)
    made.database.engine.dispose()
    with serving(data, url) as server:
        room = AgendaRoom(server, browser, table(server.database), sockets)
        with server.database.begin() as uow:
            held = uow.session.get_one(ConferenceRow, room.at.conference.id)
            held.starts_at = uow.now()
            uow.session.add(held)
        for kind, title, minutes in (
            ("exchange", "年末の資金需要について", 10),
            ("report", "前回の宿題の確認", 15),
            ("report", "補助金の公募予定", 5),
        ):
            room.does(
                "cga",
                "add_item",
                conference_id=room.at.conference.id,
                kind=kind,
                title=title,
                minutes=minutes,
            )
        yield room
        assert room.problems == []


def titles(page: Page) -> list[str]:
    return page.locator(".agenda-title").all_inner_texts()


def line(page: Page, title: str) -> Locator:
    return page.locator(".agenda-item").filter(has_text=title)


def clock_in(minutes: int, room: AgendaRoom) -> str:
    """The time of day so many minutes after the start of the conference."""
    with room.server.database.read() as desk:
        starts_at = desk.session.get_one(ConferenceRow, room.at.conference.id).starts_at
    return f"{in_japan(starts_at + timedelta(minutes=minutes)):%H:%M}"


def look(page: Page, name: str, sizes: tuple[str, ...] = ("desk", "phone")) -> None:
    """Pictures for people, and what axe finds: nothing."""
    for size in sizes:
        width, height = SIZES[size]
        folder = SHOTS / size
        folder.mkdir(parents=True, exist_ok=True)
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(200)
        page.screenshot(path=folder / f"{name}.png")
        page.evaluate(AXE.read_text())
        found = page.evaluate(
            "() => axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map("
            "v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(' | ')))"
        )
        assert found == [], f"{name} at {size}: {found}"
    page.set_viewport_size({"width": 1366, "height": 768})
