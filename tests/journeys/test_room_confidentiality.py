"""A newcomer to the table confirms first; then everything arrives at once, without a reload."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import actor_of
from tests.journeys.hands import Hands
from tests.journeys.place import TWO_NODES_TOO, Place

pytestmark = pytest.mark.browser
SAID = "返済は約定どおりです。"


class Room:
    """The open conference of the place, where something was said before a newcomer comes."""

    def __init__(self, place: Place) -> None:
        self.place, self.at = place, place.at
        with place.database.begin() as uow:
            self.at.actors["newcomer"] = actor_of(
                uow, self.at.agencies["bank"], "井口 真由", has_accepted=False
            )
        place.does("bank", "say_remark", item_id=self.at.item.id, text=SAID)

    def enter(self, who: str, path: str = "", *, script: bool = True) -> Hands:
        key = f"{who}{path}"
        return self.place.come(who, f"{self.place.room}{path}", key, script=script)


@pytest.fixture
def room(place: Place) -> Room:
    return Room(place)


def button(page: Page):
    return page.get_by_role("button", name="確認しました")


@TWO_NODES_TOO
def test_a_newcomer_confirms_and_the_room_arrives_at_once(room: Room) -> None:
    hands = room.enter("newcomer")
    other = room.enter("newcomer", "/projector")
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


def test_the_same_by_plain_forms(room: Room) -> None:
    hands = room.enter("newcomer", script=False)
    assert hands.saw(SAID, room.at.firm.name) == []
    hands.shot("room-confidentiality-plain")
    hands.act("accept_confidentiality")
    expect(hands.page.get_by_text(room.at.firm.name).first).to_be_visible()
    host = room.enter("cga", script=False)
    host.goto(f"/conferences/{room.at.conference.id}")
    expect(host.page.locator("#acceptances")).to_contain_text("井口 真由")
    host.shot("conference-acceptances")
