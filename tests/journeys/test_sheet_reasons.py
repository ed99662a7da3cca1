"""訂正理由 at its cell: asked for after the edit, typed with an IME, and lost by nothing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.sheet_page import Ime, SheetPage, open_sheet, sheet_house

House = tuple[Browser, str]
ASKED = "決定後の訂正には理由が必要です。"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[House]:
    with sheet_house(tmp_path_factory.mktemp("sheet"), browser) as made:
        yield made


@pytest.fixture
def sheet(house: House) -> Iterator[SheetPage]:
    with open_sheet(house, viewport={"width": 1366, "height": 768}) as made:
        yield made


def why(sheet: SheetPage) -> Locator:
    return sheet.page.get_by_label("訂正の理由")


def reasons(sheet: SheetPage) -> list[tuple[object, object, object]]:
    return [(one["value"], one["way"], one["reason"]) for one in sheet.writes]


@pytest.mark.parametrize("platform", ["windows", "mac"])
def test_the_reason_is_typed_with_an_ime_and_sent_by_ctrl_enter(sheet, platform) -> None:
    sheet.put(3, "メモ", "訂正後")
    sheet.call("unexplained", "r3", "memo", "訂正後", 1)
    expect(why(sheet)).to_be_focused()
    ime = Ime(sheet.page, platform)
    ime.compose(("g", "ｇ"), ("o", "ご"))
    ime.claimed("Escape", "Escape")
    ime.convert("誤記")
    ime.confirm("誤記")
    expect(why(sheet)).to_have_value("誤記")
    sheet.keys("Control+Enter")
    assert reasons(sheet) == [("訂正後", "typed", ""), ("訂正後", "typed", "誤記")]
    assert (sheet.here, why(sheet).is_visible()) == ("株式会社テスト4 メモ", False)
    expect(sheet.editor).to_be_focused()


def test_without_a_reason_nothing_is_sent_and_escape_leaves_what_was_decided(sheet) -> None:
    sheet.put(3, "メモ", "訂正後")
    sheet.call("unexplained", "r3", "memo", "訂正後", 1)
    sheet.keys("Control+Enter")
    expect(why(sheet)).to_be_focused()
    sheet.keys("Escape")
    assert sheet.status == "決定のとおりのままにしました。"
    assert (len(sheet.writes), sheet.problems.is_visible()) == (1, False)
    expect(sheet.editor).to_be_focused()


def test_it_waits_below_while_i_write_elsewhere_and_never_takes_my_keys(sheet) -> None:
    sheet.put(3, "メモ", "訂正後")
    sheet.page.keyboard.insert_text("次の")
    sheet.call("unexplained", "r3", "memo", "訂正後", 1)
    assert (sheet.editor.input_value(), sheet.here) == ("次の", "株式会社テスト5 メモ")
    expect(sheet.problems).to_contain_text(ASKED)
    sheet.keys("Enter")
    sheet.problems.get_by_role("button", name="理由を入力する").click()
    expect(why(sheet)).to_be_focused()
    sheet.page.keyboard.insert_text("書きかけ")
    sheet.click(0, "経過")
    expect(sheet.problems).to_contain_text("書きかけ")
    sheet.problems.get_by_role("button", name="理由を入力する").click()
    expect(why(sheet)).to_have_value("書きかけ")
    sheet.page.get_by_role("button", name="訂正する").click()
    assert reasons(sheet)[-1] == ("訂正後", "typed", "書きかけ")


def test_ways_are_told_and_the_history_opens_by_its_key_but_not_while_typing(sheet) -> None:
    sheet.click(3, "メモ")
    sheet.page.evaluate("text => navigator.clipboard.writeText(text)", "貼り付け")
    sheet.keys("Control+v", "Control+z", "Alt+F9")
    sheet.click(3, "支援段階")
    sheet.page.keyboard.insert_text("検討")
    sheet.keys("Alt+F9", "Enter")
    assert [one["way"] for one in sheet.writes] == ["paste", "undo", "choice"]
    assert sheet.page.evaluate("window.harness.opened") == ["r3 memo"]
    sheet.click(3, "案件番号")
    sheet.page.get_by_role("button", name="セルの履歴").click()
    assert sheet.status == "このセルには履歴がありません。"
