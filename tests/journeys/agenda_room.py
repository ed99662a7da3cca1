"""A conference with several items at a running server, and the browsers that are in it."""

from datetime import timedelta

from playwright.sync_api import Locator, Page, expect

from app.clock import in_japan
from app.store.tables.conferences import ConferenceRow
from tests.factories import Table
from tests.journeys.hands import AXE, SHOTS, SIZES
from tests.journeys.place import Place


class AgendaRoom:
    """The yorozu centre chairs; after the case come an exchange and two reports."""

    def __init__(self, place: Place) -> None:
        self.place, self.does = place, place.does
        with place.database.begin() as uow:
            held = uow.session.get_one(ConferenceRow, self.at.conference.id)
            held.starts_at = uow.now()
            uow.session.add(held)
        for kind, title, minutes in (
            ("exchange", "年末の資金需要について", 10),
            ("report", "前回の宿題の確認", 15),
            ("report", "補助金の公募予定", 5),
        ):
            self.does(
                "cga",
                "add_item",
                conference_id=self.at.conference.id,
                kind=kind,
                title=title,
                minutes=minutes,
            )

    @property
    def at(self) -> Table:
        return self.place.at

    def enter(self, who: str, path: str = "") -> Page:
        page = self.place.come(who, f"{self.place.room}{path}", f"{who}{path}").page
        if "projector" not in path:
            expect(page.get_by_text("接続中")).to_be_visible()
        return page


def titles(page: Page) -> list[str]:
    return page.locator(".agenda-title").all_inner_texts()


def line(page: Page, title: str) -> Locator:
    return page.locator(".agenda-item").filter(has_text=title)


def clock_in(minutes: int, room: AgendaRoom) -> str:
    """The time of day so many minutes after the start of the conference."""
    with room.place.database.read() as desk:
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
