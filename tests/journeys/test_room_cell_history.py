"""履歴 at the table: opened by a key, going on while it is open, gone back in, corrected."""

import pytest
from playwright.sync_api import Locator, Page, expect

from app.clock import system_clock, today
from tests.decision_record import record_on
from tests.journeys.hands import SHOTS, SIZES
from tests.journeys.place import Place
from tests.journeys.room_at import Room
from tests.sheet_steps import decides

pytestmark = pytest.mark.browser
FIRST = "店舗別の損益を毎月確認し、返済を1年緩めたい。雇用は守りたい。"
SECOND = "商品別の損益を毎月確認し、返済を2年緩めたい。雇用は守りたい。"


class HistoryRoom(Room):
    about = "history"

    def writes(self, who: str, column: str, value: object, base: int) -> None:
        cell = {"row": "case", "column": column, "value": value, "base_version": base}
        self.place.does(who, "write_cell", case_id=self.at.case.id, **cell)


@pytest.fixture
def room(place: Place) -> HistoryRoom:
    return HistoryRoom(place)


def value_of(page: Page, label: str) -> Locator:
    line = page.locator(".sg-body .sg-row", has=page.get_by_role("rowheader", name=label))
    return line.locator("[aria-colindex='2']")


def past(page: Page) -> Locator:
    return page.get_by_role("dialog")


def entries_in(page: Page) -> Locator:
    return past(page).locator(".cell-history > li")


def here(page: Page, label: str) -> None:
    """The editor stands on the value of this line, and has the focus."""
    editor = page.locator(".sg-ed")
    expect(editor).to_be_focused()
    expect(editor).to_have_attribute("aria-label", f"{label} 内容")


def test_a_cell_tells_who_wrote_what_and_goes_back_to_an_earlier_value(room):
    room.writes("bank", "wishes", FIRST, 0)
    room.writes("cga", "wishes", SECOND, 1)
    bank = room.enter("bank")
    expect(value_of(bank, "事業者の希望")).to_have_text(SECOND)
    value_of(bank, "事業者の希望").click()
    here(bank, "事業者の希望")

    bank.keyboard.press("Alt+F9")
    entries = entries_in(bank)
    expect(entries).to_have_count(2)
    expect(entries.first.locator("del")).to_have_text(["店舗", "1"])
    expect(entries.first.locator("ins")).to_have_text(["商品", "2"])
    expect(entries.first).to_contain_text("東京信用保証協会")
    room.look("bank", "open")
    bank.keyboard.press("Escape")
    expect(past(bank)).to_have_count(0)
    here(bank, "事業者の希望")

    bank.keyboard.press("Alt+F9")
    room.writes("cga", "wishes", "第三の内容", 2)
    expect(entries).to_have_count(3)
    expect(past(bank).get_by_role("status")).to_contain_text("鈴木 花子がこのセルを変更しました。")
    entries.last.get_by_role("button", name="この値に戻す").click()
    expect(entries).to_have_count(4)
    expect(entries.first).to_contain_text("元に戻す")
    expect(entries.first.locator("ins").last).to_be_visible()
    bank.keyboard.press("Escape")
    expect(value_of(bank, "事業者の希望")).to_have_text(FIRST)
    here(bank, "事業者の希望")

    bank.get_by_role("button", name="セルの履歴").click()
    expect(entries).to_have_count(4)
    past(bank).get_by_role("button", name="閉じる").click()
    here(bank, "事業者の希望")
    room.nothing_went_wrong()


def test_an_earlier_value_is_refused_with_the_name_of_who_came_first(room):
    room.writes("bank", "wishes", FIRST, 0)
    room.writes("bank", "wishes", SECOND, 1)
    bank = room.enter("bank")
    value_of(bank, "事業者の希望").click()
    bank.keyboard.press("Alt+F9")
    entries = entries_in(bank)
    expect(entries).to_have_count(2)
    # Somebody is faster, and this screen does not hear of it before it acts.
    bank.route("**/sheet/history**", lambda route: route.abort())
    room.place.entered["bank"].context.set_offline(True)
    room.writes("cga", "wishes", "先に書いた内容", 2)
    entries.last.get_by_role("button", name="この値に戻す").click()
    room.place.entered["bank"].context.set_offline(False)
    expect(entries.last.get_by_role("alert")).to_contain_text("鈴木 花子が先に変更しました。")


def test_what_was_decided_is_corrected_with_a_reason_and_the_others_see_what_was_struck(room):
    decides(room.place.database, room.at, **record_on(today(system_clock)))
    cga, bank = room.enter("cga"), room.enter("bank")
    for page in (cga, bank):
        page.locator(".sg-scroll").evaluate("sheet => { sheet.scrollTop = sheet.scrollHeight; }")
    set_first = value_of(bank, "付帯条件")
    expect(set_first).to_contain_text("月次で共有すること")
    set_first.click()
    bank.keyboard.press("Alt+F9")
    struck = past(bank).locator("del")
    expect(entries_in(bank)).to_have_count(1)
    expect(past(bank).get_by_text("決定", exact=True)).to_be_visible()

    value_of(cga, "付帯条件").click()
    cga.keyboard.insert_text("四半期ごとに共有すること")
    cga.keyboard.press("Enter")
    why = cga.get_by_label("訂正の理由")
    expect(why).to_be_focused()
    expect(cga.locator(".sg-reason")).to_contain_text("決定後の訂正には理由が必要です。")
    expect(cga.locator(".sg-reason")).to_contain_text("四半期ごとに共有すること")
    cga.keyboard.insert_text("議事録との照合")
    room.look("cga", "reason")
    # Looking elsewhere first loses neither the value nor the reason.
    value_of(cga, "支援方針").click()
    waiting = cga.get_by_role("region", name="確認が必要な入力")
    expect(waiting).to_contain_text("四半期ごとに共有すること")
    expect(waiting).to_contain_text("議事録との照合")
    room.look("cga", "waits")
    waiting.get_by_role("button", name="理由を入力する").click()
    expect(why).to_have_value("議事録との照合")
    cga.keyboard.press("Control+Enter")
    here(cga, "付帯条件")
    expect(value_of(cga, "付帯条件")).to_contain_text("訂正")

    expect(struck).to_contain_text("月次で共有すること")
    expect(past(bank)).to_contain_text("訂正の理由：議事録との照合")
    expect(past(bank).get_by_role("button", name="この値に戻す")).to_have_count(0)
    room.look("bank", "struck")
    bank.keyboard.press("Escape")
    expect(value_of(bank, "付帯条件")).to_contain_text("訂正")
    room.look("bank", "corrected")
    going_back_needs_a_reason_too(room, cga)
    room.nothing_went_wrong()


def going_back_needs_a_reason_too(room: HistoryRoom, cga: Page) -> None:
    value_of(cga, "付帯条件").click()
    cga.keyboard.press("Alt+F9")
    oldest = entries_in(cga).last
    oldest.get_by_role("button", name="この値に戻す").click()
    expect(oldest.get_by_role("alert")).to_contain_text("決定後の訂正には理由が必要です。")
    room.look("cga", "back")
    oldest.get_by_label("訂正の理由").fill("照合の誤り")
    oldest.get_by_role("button", name="この値に戻す").click()
    expect(entries_in(cga)).to_have_count(3)
    expect(entries_in(cga).first).to_contain_text("訂正の理由：照合の誤り")


def test_on_a_phone_the_history_fills_the_screen_and_is_opened_by_touch(room):
    room.writes("bank", "wishes", FIRST, 0)
    room.writes("cga", "wishes", SECOND, 1)
    bank = room.enter("bank")
    bank.set_viewport_size({"width": SIZES["phone"][0], "height": SIZES["phone"][1]})
    bank.get_by_role("tab", name="シート", exact=True).click()
    value_of(bank, "事業者の希望").click()
    bank.get_by_role("button", name="セルの履歴").click()
    expect(entries_in(bank)).to_have_count(2)
    bank.wait_for_timeout(300)
    bank.screenshot(path=SHOTS / "phone" / f"{room.place.transport}-history-open.png")
    assert past(bank).evaluate("box => box.getBoundingClientRect().width") == SIZES["phone"][0]
    assert bank.evaluate("document.documentElement.scrollWidth") <= SIZES["phone"][0]
    past(bank).get_by_role("button", name="閉じる").click()
    expect(past(bank)).to_have_count(0)


def test_the_history_and_an_earlier_day_without_script(room):
    room.writes("bank", "wishes", FIRST, 0)
    room.writes("cga", "wishes", SECOND, 1)
    sheet = f"/cases/{room.at.case.id}/sheet"
    hands = room.place.come("bank", sheet, script=False)
    hands.page.get_by_role("link", name="履歴").click()
    expect(hands.page.locator("del")).to_have_text("店舗別の損益を毎月確認し、返済を1")
    hands.shot("history-plain")
    hands.goto(f"{sheet}?at={today(system_clock).isoformat()}")
    expect(hands.page.get_by_text("時点の内容です")).to_be_visible()
    hands.shot("history-day")
