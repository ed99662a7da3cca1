"""A newcomer to the table confirms first; then everything arrives at once, without a reload."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.domain.people import Actor
from app.services.discussion import SayRemark, say_remark
from auth import session
from tests.factories import Table, actor_of, op, table
from tests.journeys.conftest import serving_after
from tests.journeys.hands import Hands
from tests.serving import Server

pytestmark = pytest.mark.browser
SAID = "返済は約定どおりです。"


class Room:
    def __init__(self, server: Server, browser: Browser, at: Table, sockets: bool) -> None:
        self.server, self.browser, self.at, self.sockets = server, browser, at, sockets
        with server.database.begin() as uow:
            self.newcomer = actor_of(uow, at.agencies["bank"], "井口 真由", has_accepted=False)
        command = SayRemark(op_id=op(), item_id=at.item.id, text=SAID)
        say_remark(server.database, at["bank"], command)

    def enter(self, actor: Actor, path: str = "", *, script: bool = True) -> Hands:
        hands = Hands(self.browser, self.server.url, sockets=self.sockets, script=script)
        token = self.server.token_for(actor)
        name = session.cookie_name(self.server.settings)
        hands.context.add_cookies([{"name": name, "value": token, "url": self.server.url}])
        hands.goto(f"/conferences/{self.at.conference.id}/room{path}")
        return hands


@pytest.fixture
def room(tmp_path: Path, browser: Browser, transport: str) -> Iterator[Room]:
    url = f"sqlite:///{tmp_path / 'entaku.sqlite3'}"
    with serving_after(tmp_path / "data", url) as server:
        yield Room(server, browser, table(server.database), transport == "websocket")


def button(page: Page):
    return page.get_by_role("button", name="確認しました")


def test_a_newcomer_confirms_and_the_room_arrives_at_once(room: Room) -> None:
    hands = room.enter(room.newcomer)
    other = room.enter(room.newcomer, "/projector")
    page = hands.page
    expect(page.get_by_text("接続中").first).to_be_visible()
    expect(page.get_by_role("heading", name="守秘・取扱いの確認")).to_be_visible()
    expect(other.page.get_by_text("先に会議室で守秘・取扱いの確認をしてください")).to_be_visible()
    assert hands.saw(SAID, room.at.firm.name) == other.saw(SAID, room.at.firm.name) == []
    hands.shot("room-confidentiality")
    other.shot("projector-confidentiality")
    assert hands.violations() == other.violations() == []
    loads = page.evaluate("performance.getEntriesByType('navigation').length")

    button(page).focus()
    page.keyboard.press("Enter")

    for shown in (page, other.page):
        expect(shown.get_by_text(room.at.firm.name).first).to_be_visible()
    expect(page.locator(".remark-text")).to_have_text([SAID])
    assert page.evaluate("performance.getEntriesByType('navigation').length") == loads
    hands.shot("room-confidentiality-after")
    assert (hands.problems, other.problems) == ([], [])
    for one in (hands, other):
        one.close()


def test_the_same_by_plain_forms(room: Room) -> None:
    hands = room.enter(room.newcomer, script=False)
    assert hands.saw(SAID, room.at.firm.name) == []
    hands.shot("room-confidentiality-plain")
    hands.act("accept_confidentiality")
    expect(hands.page.get_by_text(room.at.firm.name).first).to_be_visible()
    host = room.enter(room.at["cga"], script=False)
    host.goto(f"/conferences/{room.at.conference.id}")
    expect(host.page.locator("#acceptances")).to_contain_text("井口 真由")
    host.shot("conference-acceptances")
    for one in (hands, host):
        one.close()
