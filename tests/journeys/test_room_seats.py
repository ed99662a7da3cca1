"""Attendance is taken at the table of seats, by mouse, by keys and by plain forms."""

import pytest
from playwright.sync_api import expect

from app.domain.conference import SeatRole
from app.store.tables.conferences import SeatRow
from tests.journeys.hands import Hands
from tests.journeys.place import TWO_NODES_TOO, Place

pytestmark = pytest.mark.browser


class Room:
    """The open conference of the place, with somebody who observes."""

    def __init__(self, place: Place) -> None:
        self.place, at = place, place.at
        with place.database.begin() as uow:
            uow.session.add(
                SeatRow(
                    conference_id=at.conference.id,
                    agency_id=at.outsider.agency_id,
                    role=SeatRole.OBSERVER,
                    position=9,
                )
            )

    def enter(self, who: str, path: str = "/room", *, script: bool = True) -> Hands:
        hands = self.place.come(who, f"{self.place.conference}{path}", script=script)
        if script:
            expect(hands.page.get_by_text("接続中").first).to_be_visible()
        return hands


@pytest.fixture
def room(place: Place) -> Room:
    return Room(place)


def line(hands: Hands, agency: str):
    return hands.page.locator(".seat-line").filter(has_text=agency)


@TWO_NODES_TOO
def test_the_chair_takes_attendance_and_everybody_sees_it(room: Room) -> None:
    chair, bank, watcher = room.enter("yorozu"), room.enter("bank"), room.enter("outsider")
    chair.page.keyboard.press("Alt+7")
    dialog = chair.page.get_by_role("dialog", name="出席の記録")
    expect(dialog.get_by_role("region", name="オブザーバー")).to_contain_text("白霧信用組合")
    dialog.get_by_role("button", name="回答のとおりに記録する").click()
    for one in (bank, watcher):
        one.page.get_by_role("button", name="出席の記録").click()
    expect(line(bank, "東京信用保証協会").locator(".seat-noted")).to_contain_text("来場")

    row = line(chair, "台東商工会議所")
    row.get_by_role("button", name="オンライン").focus()
    chair.page.keyboard.press("Enter")
    row.get_by_role("button", name="いま退席").click()
    expect(row.locator(".seat-people")).to_contain_text("退席")
    expect(line(bank, "台東商工会議所").locator(".seat-noted")).to_contain_text("オンライン")

    own = line(bank, "つむぎ坂信用金庫")
    own.get_by_text("出席者と時刻を入力する").click()
    own.get_by_label("氏名（1人目）").fill("田中 一郎")
    own.get_by_label("役職（1人目）").fill("融資課長")
    own.get_by_label("氏名（2人目）").fill("井口 真由")
    own.get_by_role("button", name="記録する", exact=True).click()
    people = "田中 一郎（融資課長）、井口 真由"
    for one in (chair, bank, watcher):
        expect(line(one, "つむぎ坂信用金庫").locator(".seat-people")).to_have_text(people)
    expect(watcher.page.locator(".seats .seat-modes")).to_have_count(0)
    expect(line(chair, "つむぎ坂信用金庫")).to_contain_text("在室：田中 一郎")
    expect(line(chair, "台東商工会議所")).to_contain_text("在室なし")
    expect(chair.page.locator(".presence-observers")).to_contain_text("白霧信用組合")
    chair.shot("room-seats-chair")
    bank.shot("room-seats-member")
    assert chair.violations() == bank.violations() == watcher.violations() == []
    for one in (chair, bank, watcher):
        assert one.problems == []


def test_the_same_by_plain_forms(room: Room) -> None:
    host = room.enter("cga", "/attendance", script=False)
    host.act("take_attendance_as_replied")
    host.act("take_attendance", mode="proxy", **{"people-0-name": "代理 太郎"})
    expect(host.page.locator("tbody tr").first).to_contain_text("代理 太郎")
    host.shot("attendance-plain")
    host.goto(room.place.conference)
    expect(host.page.locator("body")).to_contain_text("当日：代理")
    host.shot("conference-attendance")
