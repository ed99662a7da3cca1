"""Three agencies at one list of speakers: hands, calls, clocks, and who is told."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.place import TWO_NODES_TOO, Place

pytestmark = pytest.mark.browser


class Room:
    """The open conference of the place."""

    def __init__(self, place: Place) -> None:
        self.place, self.inside = place, place.entered

    def enter(self, who: str, path: str = "", *, script: bool = True) -> Page:
        place = self.place
        return place.come(who, f"{place.room}{path}", f"{who}{path}", script=script).page


@pytest.fixture
def room(place: Place) -> Room:
    return Room(place)


def hand(page: Page, kind: str) -> None:
    page.get_by_role("group", name="手を挙げる").get_by_role("button", name=kind).click()


def live(page: Page) -> None:
    expect(page.get_by_text("接続中").first).to_be_visible()


def go_to(page: Page, chord: str, place: str) -> None:
    expect(page.locator(place)).to_be_visible()
    page.keyboard.press(chord)
    expect(page.locator(place)).to_be_focused()


@TWO_NODES_TOO
def test_hands_go_up_and_are_called_in_order_on_every_screen(room: Room) -> None:
    chair, bank, chamber = room.enter("yorozu"), room.enter("bank"), room.enter("chamber")
    for page in (chair, bank, chamber):
        live(page)
    hand(bank, "発言")
    expect(bank.get_by_text("申込み中（順番：1番目）")).to_be_visible()
    expect(bank.get_by_role("button", name="発言", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    hand(chamber, "質問")
    expect(bank.get_by_text("申込み中（順番：2番目）")).to_be_visible()
    expect(chair.get_by_role("button", name="次を呼ぶ：台東商工会議所")).to_be_visible()
    go_to(chair, "Alt+6", "#call-next")
    chair.keyboard.press("Enter")
    for page in (chair, bank, chamber):
        expect(page.locator(".speaking-floor")).to_contain_text("台東商工会議所")
    expect(chamber.locator(".room > [role=status]")).to_have_text("発言の順番です。")
    expect(bank.locator(".room > [role=status]")).to_have_text("次は自機関の発言の順番です。")
    expect(chamber).to_have_title(re.compile("^【発言の順番】"))
    expect(chair.locator(".speaking-clock-time")).to_have_text("3:18", timeout=10_000)

    chair.get_by_role("button", name="次を呼ぶ：つむぎ坂信用金庫").click()
    expect(chamber.locator(".speaking-floor")).to_contain_text("つむぎ坂信用金庫")
    expect(bank.locator(".speaking-floor")).to_contain_text("自機関の発言です")
    chair.get_by_role("button", name="計測を停止").click()
    expect(bank.locator(".speaking-clock-label")).to_have_text("停止中")
    chair.get_by_role("button", name="計測を再開").click()
    expect(bank.locator(".speaking-clock-label")).to_have_text("残り")

    chair.get_by_role("button", name="発言時間", exact=True).click()
    times = chair.get_by_role("table", name="機関ごとの発言時間")
    expect(times.get_by_role("row")).to_have_count(8)
    expect(chair.get_by_text("まだ発言のない機関")).to_be_visible()
    chair.get_by_label("1機関の持ち時間（分）").fill("2")
    chair.get_by_role("button", name="設定する").click()
    expect(times.get_by_role("row").nth(2)).to_contain_text("2:00")
    chair.get_by_role("button", name="受付を締め切る").click()
    expect(chamber.get_by_text("受付は締め切られています。")).to_be_visible()
    expect(chamber.get_by_role("button", name="発言", exact=True)).to_have_attribute(
        "aria-disabled", "true"
    )
    room.inside["yorozu"].shot("speakers-chair")
    assert room.inside["yorozu"].violations() == []
    bank.get_by_role("button", name="発言を終える").click()
    expect(chair.locator(".speaking-floor")).to_have_count(0)
    chair.get_by_role("button", name="東京信用保証協会を指名する").first.click()
    expect(bank.locator(".speaking-floor")).to_contain_text("東京信用保証協会")
    chair.get_by_role("button", name="受付を再開する").click()
    hand(chamber, "議事進行")
    hand(bank, "発言")
    room.inside["chamber"].shot("speakers-member")
    assert room.inside["chamber"].violations() == []
    hand(bank, "発言")
    expect(bank.get_by_text("申込み中")).to_have_count(0)
    assert [hands.problems for hands in room.inside.values()] == [[], [], []]


def test_the_projector_shows_who_speaks_and_masks_the_person(room: Room) -> None:
    chair, bank, council = room.enter("yorozu"), room.enter("bank"), room.enter("council")
    for page in (chair, bank, council):
        live(page)
    hand(bank, "発言")
    expect(council.get_by_role("button", name="発言待ち 1件")).to_be_visible()
    hand(council, "発言")
    chair.get_by_role("button", name="次を呼ぶ：つむぎ坂信用金庫").click()
    wall = room.enter("cga", "/projector")
    expect(wall.locator(".speaking-floor")).to_contain_text("田中 一郎")
    expect(wall.locator(".speaking-next")).to_contain_text("活性化協議会")
    room.inside["cga/projector"].shot("speakers-projector")
    assert room.inside["cga/projector"].violations() == []
    masked = room.enter("cga", "/projector?mask=1")
    expect(masked.locator(".speaking-floor")).to_contain_text("つむぎ坂信用金庫")
    expect(masked.locator(".speaking-clock-time")).to_be_visible()
    assert "田中" not in masked.locator("body").inner_text()
    room.inside["cga/projector?mask=1"].shot("speakers-projector-masked")


@pytest.mark.parametrize("transport", ["websocket"])
def test_a_hand_goes_up_from_the_keyboard_and_without_script(room: Room) -> None:
    chair, bank = room.enter("yorozu"), room.enter("bank")
    live(chair)
    live(bank)
    go_to(bank, "Alt+5", "#hand-contribution")
    bank.keyboard.press("Space")
    expect(bank.get_by_text("申込み中（順番：1番目）")).to_be_visible()
    plain = room.enter("chamber", script=False)
    plain.get_by_role("button", name="質問", exact=True).click()
    expect(plain.locator(".speakers")).to_contain_text("台東商工会議所")
    expect(chair.get_by_role("button", name="次を呼ぶ：台東商工会議所")).to_be_visible()
    room.inside["chamber"].shot("speakers-plain")
