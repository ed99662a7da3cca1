"""Acts on the sheet besides composing: moving, choosing, reading, pasting, taking back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.sheet_page import SheetPage, open_sheet, sheet_house

House = tuple[Browser, str]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[House]:
    with sheet_house(tmp_path_factory.mktemp("sheet"), browser) as made:
        yield made


@pytest.fixture
def sheet(house: House) -> Iterator[SheetPage]:
    with open_sheet(house, viewport={"width": 1366, "height": 768}) as made:
        yield made


def clipboard(sheet: SheetPage, text: str) -> None:
    sheet.page.evaluate("text => navigator.clipboard.writeText(text)", text)


# Moving and editing ---------------------------------------------------------------------------


def test_keys_move_as_in_a_spreadsheet(sheet: SheetPage) -> None:
    sheet.click(0, "事業者名")
    for key, where in (
        ("ArrowDown", "株式会社テスト2 事業者名"),
        ("ArrowRight", "株式会社テスト2 支援段階"),
        ("End", "株式会社テスト2 項目4"),
        ("Home", "株式会社テスト2 案件番号（変更できません）"),
        ("Control+ArrowDown", "株式会社テスト200 案件番号（変更できません）"),
        ("Control+Home", "株式会社テスト1 案件番号（変更できません）"),
        ("PageDown", "株式会社テスト12 案件番号（変更できません）"),
        ("PageUp", "株式会社テスト1 案件番号（変更できません）"),
        ("Control+End", "株式会社テスト200 項目4"),
    ):
        sheet.keys(key)
        assert sheet.here == where
    sheet.settle()
    assert sheet.editor.evaluate("field => field.style.opacity") == "1"


def test_tab_goes_along_the_row_and_leaves_the_sheet_at_its_edges(sheet: SheetPage) -> None:
    sheet.click(1, "メモ")
    sheet.keys("End", "ArrowLeft", "Tab")
    assert sheet.here == "株式会社テスト2 項目4"
    sheet.keys("Tab")
    assert sheet.page.evaluate("document.activeElement.id") == "after"
    sheet.keys("Shift+Tab")
    assert sheet.here == "株式会社テスト2 項目4"
    sheet.click(1, "事業者名")
    sheet.keys("Shift+Tab", "Shift+Tab")
    assert sheet.page.evaluate("document.activeElement.getAttribute('role')") == "separator"
    sheet.keys("Shift+Tab")
    assert sheet.page.evaluate("document.activeElement.id") == "before"


LEFT_BEFORE_DRAWN = """() => {
  document.activeElement.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Home', code: 'Home', bubbles: true, cancelable: true }));
  document.querySelector('.sg-size[tabindex]').focus();
}"""


def test_the_focus_stays_with_whoever_leaves_a_cell_before_it_is_drawn(sheet: SheetPage) -> None:
    sheet.click(1, "メモ")
    sheet.settle()
    sheet.page.evaluate(LEFT_BEFORE_DRAWN)
    sheet.settle()
    handle = sheet.page.get_by_role("separator", name="「案件番号」の列幅")
    expect(handle).to_be_focused()
    sheet.keys("Shift+Tab")
    expect(sheet.page.locator("#before")).to_be_focused()


def test_tab_out_of_the_last_cell_takes_what_was_typed(sheet: SheetPage) -> None:
    sheet.click(1, "メモ")
    sheet.keys("End")
    sheet.page.keyboard.insert_text("終わり")
    sheet.keys("Tab")
    assert sheet.writes_to("x3") == [("r1", "終わり", 1)]
    assert sheet.page.evaluate("document.activeElement.id") == "after"


def test_arrows_leave_a_cell_typed_over_and_move_the_caret_after_f2(sheet: SheetPage) -> None:
    sheet.click(1, "メモ")
    sheet.page.keyboard.insert_text("左へ")
    sheet.keys("ArrowLeft")
    assert (sheet.value("r1", "memo"), sheet.here) == ("左へ", "株式会社テスト2 借入残高（千円）")
    sheet.click(1, "メモ")
    sheet.keys("F2", "ArrowLeft")
    sheet.page.keyboard.insert_text("中")
    sheet.keys("Enter")
    assert sheet.value("r1", "memo") == "左中へ"


def test_long_text_grows_and_takes_lines_other_cells_do_not(sheet: SheetPage) -> None:
    sheet.click(1, "経過")
    before = sheet.editor.bounding_box()
    sheet.keys("F2", "Alt+Enter")
    sheet.page.keyboard.insert_text("十一月に訪問。")
    sheet.settle()
    after = sheet.editor.bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] > before["height"]
    assert after["width"] > before["width"]
    sheet.keys("Enter")
    told = "十月に来所。\n資金繰りについて相談があった。\n十一月に訪問。"
    assert sheet.value("r1", "story") == told
    sheet.click(1, "メモ")
    sheet.keys("F2", "Alt+Enter")
    assert sheet.status == "この項目では改行できません。1行で入力してください。"


def test_a_cell_that_may_not_change_says_so(sheet: SheetPage) -> None:
    sheet.click(1, "案件番号")
    for move in (("Home",), ("End", "ArrowLeft", "ArrowLeft")):  # 項目2 does not exist in a row
        sheet.keys(*move)
        sheet.page.keyboard.press("x")
        assert (sheet.editing, sheet.status) == (False, "この項目は変更できません。")
        sheet.keys("F2", "Delete", "Escape")
    assert sheet.writes == []


def test_a_cell_that_may_not_change_can_be_read_whole(sheet: SheetPage) -> None:
    sheet.click(1, "案件番号")
    sheet.keys("F2")
    assert (sheet.editing, sheet.editor.input_value()) == (True, "A-00002")
    sheet.page.keyboard.press("x")
    sheet.keys("Delete", "Enter")
    assert (sheet.editing, sheet.writes) == (False, [])
    assert sheet.here == "株式会社テスト3 案件番号（変更できません）"
    assert [one["editing"] for one in sheet.page.evaluate("window.harness.places")] == [
        False,
        False,
    ]


def test_choices_are_taken_by_arrows_by_click_and_by_the_space_bar(sheet: SheetPage) -> None:
    sheet.click(0, "支援段階")
    sheet.keys("Alt+ArrowDown", "ArrowDown", "ArrowDown", "Enter")
    sheet.keys("F2")
    sheet.page.get_by_role("option", name="モニタリング").click()
    assert sheet.writes_to("phase") == [("r0", "p2", 1), ("r1", "p3", 1)]
    sheet.click(1, "依頼区分")
    sheet.keys("F2", "ArrowDown", "Space", "ArrowDown", "Space", "Enter")
    assert sheet.writes_to("wishes") == [("r1", ["w0"], 1)]


def test_leaving_for_another_part_of_the_page_takes_the_value(sheet: SheetPage) -> None:
    sheet.click(1, "メモ")
    sheet.page.keyboard.insert_text("途中")
    sheet.page.locator("#after").click()
    assert sheet.writes_to("memo") == [("r1", "途中", 1)]
    sheet.click(2, "借入残高")
    sheet.page.keyboard.insert_text("百円")
    sheet.page.locator("#after").click()
    assert (sheet.editing, sheet.editor.input_value()) == (True, "百円")


# Selecting and the clipboard ------------------------------------------------------------------


def test_a_dragged_area_is_copied_emptied_and_pasted_back(sheet: SheetPage) -> None:
    sheet.click(1, "借入残高")
    sheet.cell(1, "借入残高").hover()
    sheet.page.mouse.down()
    sheet.cell(2, "経過").hover()
    sheet.page.mouse.up()
    sheet.settle()
    assert sheet.page.locator('.sg-body [aria-selected="true"]').count() == 6
    sheet.keys("Control+x")
    assert sheet.status == "6個のセルを空欄にしました。"
    text = sheet.page.evaluate("navigator.clipboard.readText()")
    story = '"十月に来所。\n資金繰りについて相談があった。"'
    assert text.replace("\r\n", "\n") == f"-3700\tメモ1\t{story}\n0\tメモ2\t{story}"
    sheet.click(11, "借入残高")
    sheet.keys("Control+v")
    assert sheet.status == "6個のセルに貼り付けました。"
    assert sheet.value("r11", "debt") == -3700
    assert sheet.value("r12", "story") == "十月に来所。\n資金繰りについて相談があった。"


def test_a_paste_leaves_out_what_does_not_fit_and_says_which(sheet: SheetPage) -> None:
    clipboard(
        sheet,
        "A-9\t新しい名前\t検討\t令和8年4月1日\t１，２３４\r\nA-8\t別の名前\t完了\t来月\t5\r\n",
    )
    sheet.click(0, "案件番号")
    sheet.keys("Control+v")
    assert [(one["row"], one["column"], one["value"]) for one in sheet.writes] == [
        ("r0", "name", "新しい名前"),
        ("r0", "phase", "p1"),
        ("r0", "due", "2026-04-01"),
        ("r0", "debt", 1234),
        ("r1", "name", "別の名前"),
        ("r1", "debt", 5),
    ]
    assert sheet.status == (
        "6個のセルに貼り付けました。 2個は入力の形が合わないため、元のままです"
        "（株式会社テスト2 支援段階：選択肢から選んでください。）。 "
        "2個は変更できない項目のため、元のままです。"
    )
    sheet.keys("Control+z")
    assert (sheet.value("r0", "name"), sheet.value("r1", "debt")) == ("株式会社テスト1", -3700)


def test_one_copied_value_fills_the_whole_selection(sheet: SheetPage) -> None:
    clipboard(sheet, "同じ")
    sheet.click(1, "メモ")
    sheet.click(3, "メモ", modifiers=["Shift"])
    sheet.keys("Control+v")
    assert sheet.writes_to("memo") == [("r1", "同じ", 1), ("r2", "同じ", 1), ("r3", "同じ", 1)]


def test_control_d_fills_downwards(sheet: SheetPage) -> None:
    sheet.click(1, "借入残高")
    sheet.keys("Shift+ArrowDown", "Shift+ArrowDown", "Control+d")
    assert sheet.writes_to("debt") == [("r2", -3700, 1), ("r3", -3700, 1)]


# Taking back ----------------------------------------------------------------------------------


def test_only_my_own_acts_are_taken_back_and_only_where_nobody_wrote_since(
    sheet: SheetPage,
) -> None:
    sheet.put(1, "メモ", "一")
    sheet.put(2, "メモ", "二")
    sheet.call("remote", "r5", "memo", "相手の行")
    sheet.call("remote", "r1", "memo", "相手の値")
    sheet.keys("Control+z")
    assert (sheet.value("r2", "memo"), sheet.status) == ("メモ2", "元に戻しました。")
    sheet.keys("Control+z")
    assert sheet.value("r1", "memo") == "相手の値"
    assert sheet.status == "その後保証協会 鈴木が変更したため、1個のセルは戻していません。"
    sheet.keys("Control+z")
    assert (sheet.value("r5", "memo"), sheet.status) == ("相手の行", "元に戻す操作はありません。")
    sheet.keys("Control+y")
    assert (sheet.value("r2", "memo"), sheet.status) == ("二", "やり直しました。")
