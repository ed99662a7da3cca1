"""経過記録 at the table: a line of one's own, read by all while it is written."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.place import TWO_NODES_TOO, Place
from tests.journeys.room_at import Room

pytestmark = pytest.mark.browser


class ProgressRoom(Room):
    about = "progress"


@pytest.fixture
def room(place: Place) -> ProgressRoom:
    return ProgressRoom(place)


def cells(page: Page):
    return page.get_by_role("grid", name="経過記録").get_by_role("gridcell")


@TWO_NODES_TOO
def test_what_was_done_is_written_in_a_line_of_one_s_own(room: ProgressRoom) -> None:
    chair, bank = room.enter("yorozu"), room.enter("bank")
    for page in (chair, bank):
        page.get_by_role("tab", name="経過").click()
    room.look("bank", "empty")
    chair.get_by_role("button", name="行を追加").click()
    expect(cells(bank)).to_have_count(4)
    cells(chair).first.click()
    chair.keyboard.type("R8.11.20")
    chair.keyboard.press("Tab")
    chair.keyboard.type("訪問")
    chair.keyboard.press("Enter")
    cells(chair).nth(2).click()
    chair.keyboard.type("店舗別の損益を一緒に作成した。来月から毎月確認する。")
    chair.keyboard.press("Enter")
    expect(cells(bank).first).to_contain_text("2026/11/20")
    expect(cells(bank).nth(1)).to_contain_text("訪問")
    expect(cells(bank).nth(2)).to_contain_text("店舗別の損益を一緒に作成した。")
    # Another agency reads it, and leaves it as it is.
    cells(bank).nth(2).click()
    bank.keyboard.type("書き換え")
    bank.keyboard.press("Enter")
    expect(cells(bank).nth(2)).to_contain_text("店舗別の損益を一緒に作成した。")
    room.look("yorozu", "written")
    room.look("bank", "read")
    room.nothing_went_wrong()
