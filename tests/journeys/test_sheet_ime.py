"""Typing Japanese into the sheet: nothing composed is ever lost, moved or sent too early."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.sheet_page import Ime, Platform, SheetPage, open_sheet, sheet_house

House = tuple[Browser, str]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[House]:
    with sheet_house(tmp_path_factory.mktemp("sheet"), browser) as made:
        yield made


@pytest.fixture
def sheet(house: House) -> Iterator[SheetPage]:
    with open_sheet(house, viewport={"width": 1366, "height": 768}) as made:
        yield made


@pytest.fixture(params=["windows", "mac"])
def platform(request: pytest.FixtureRequest) -> Platform:
    named: Platform = request.param
    return named


@pytest.fixture
def ime(sheet: SheetPage, platform: Platform) -> Ime:
    return Ime(sheet.page, platform)


KEIEI = (("k", "k"), ("e", "け"), ("i", "けい"))


def test_the_first_composed_character_over_a_selected_cell_is_kept(
    sheet: SheetPage, ime: Ime
) -> None:
    sheet.click(2, "メモ")
    ime.compose(*KEIEI)
    assert sheet.editor.input_value() == "けい"
    ime.convert("経営")
    ime.confirm("経営")
    assert (sheet.editor.input_value(), sheet.writes) == ("経営", [])
    sheet.keys("Enter")
    assert sheet.writes_to("memo") == [("r2", "経営", 1)]
    assert sheet.here == "株式会社テスト4 メモ"


def test_the_next_cell_takes_composed_text_right_after_enter(sheet: SheetPage, ime: Ime) -> None:
    sheet.click(2, "メモ")
    for word in ("一", "二", "三"):
        ime.compose(*KEIEI)
        ime.confirm(word)
        sheet.keys("Enter")
    assert sheet.writes_to("memo") == [("r2", "一", 1), ("r3", "二", 1), ("r4", "三", 1)]


def test_keys_that_belong_to_the_ime_do_nothing_to_the_sheet(sheet: SheetPage, ime: Ime) -> None:
    sheet.click(2, "メモ")
    ime.compose(*KEIEI)
    for key in ("Enter", "Tab", "Escape", "ArrowDown", "F2", "Delete", "Home"):
        ime.claimed(key, key)
    assert (sheet.editor.input_value(), sheet.editing, sheet.writes) == ("けい", True, [])
    ime.confirm("経営")
    sheet.keys("Enter")
    assert sheet.writes_to("memo") == [("r2", "経営", 1)]


def test_the_enter_that_safari_sends_after_the_composition_still_belongs_to_the_ime(
    sheet: SheetPage, ime: Ime
) -> None:
    sheet.click(2, "メモ")
    ime.compose(*KEIEI)
    ime.confirm("経営")
    ime.claimed("Enter", "Enter")
    assert (sheet.editor.input_value(), sheet.editing, sheet.writes) == ("経営", True, [])


def test_a_given_up_composition_leaves_the_cell_as_it_was(sheet: SheetPage, ime: Ime) -> None:
    sheet.click(2, "メモ")
    ime.compose(*KEIEI)
    ime.confirm("")
    sheet.keys("Escape")
    assert (sheet.editing, sheet.writes, sheet.value("r2", "memo")) == (False, [], "メモ2")


def test_what_another_writes_into_my_cell_while_i_compose_waits_for_my_choice(
    sheet: SheetPage, ime: Ime
) -> None:
    sheet.click(6, "メモ")
    ime.compose(*KEIEI)
    sheet.call("remote", "r6", "memo", "相手の入力")
    assert sheet.editor.input_value() == "けい"
    assert "保証協会 鈴木" in sheet.notice.inner_text()
    assert sheet.notice.locator("dd").all_inner_texts() == ["相手の入力"]
    ime.confirm("経営")
    sheet.read_notice()
    sheet.keys("Enter")
    assert sheet.writes_to("memo") == [("r6", "経営", 2)]
    assert sheet.notice.is_hidden()


def test_escape_leaves_what_the_other_wrote(sheet: SheetPage, ime: Ime) -> None:
    sheet.click(6, "メモ")
    ime.compose(*KEIEI)
    sheet.call("remote", "r6", "memo", "相手の入力")
    ime.confirm("経営")
    sheet.keys("Escape")
    assert (sheet.writes, sheet.value("r6", "memo")) == ([], "相手の入力")
    assert sheet.editor.input_value() == "相手の入力"


@pytest.mark.parametrize(
    ("button", "written"), [("相手の値にする", []), ("自分の値にする", [("r6", "けい", 2)])]
)
def test_a_click_on_the_choice_ends_the_composition_first(
    sheet: SheetPage, ime: Ime, button: str, written: list[object]
) -> None:
    sheet.click(6, "メモ")
    ime.compose(*KEIEI)
    sheet.call("remote", "r6", "memo", "相手の入力")
    sheet.read_notice()
    sheet.notice.get_by_role("button", name=button).click()
    assert (sheet.writes_to("memo"), sheet.editing) == (written, False)
    shown = "けい" if written else "相手の入力"
    assert (sheet.editor.input_value(), sheet.value("r6", "memo")) == (shown, shown)
    ime.type("次")
    sheet.keys("Enter")
    assert sheet.value("r6", "memo") == "次"


def test_enter_before_anybody_could_read_the_other_value_does_not_write_over_it(
    sheet: SheetPage,
) -> None:
    sheet.click(6, "メモ")
    sheet.page.keyboard.insert_text("経営")
    sheet.page.evaluate(
        """() => { window.harness.remote('r6', 'memo', '相手の入力');
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter'})); }"""
    )
    assert sheet.writes_to("memo") == [("r6", "経営", 1)]  # the server will refuse: it has 2


def test_a_row_inserted_above_takes_the_editor_along_and_keeps_it_on_the_screen(
    sheet: SheetPage, ime: Ime
) -> None:
    sheet.click(6, "メモ")
    sheet.page.evaluate("window.field = document.activeElement")
    ime.compose(*KEIEI)
    sheet.settle()
    before = sheet.editor.bounding_box()
    sheet.call("insertAbove", "r2", "new")
    sheet.settle()
    assert sheet.editor.bounding_box() == before
    assert sheet.editor.input_value() == "けい"
    row = sheet.cell(7, "メモ").bounding_box()
    assert row is not None
    assert before is not None
    assert abs(row["y"] - before["y"]) <= 2
    ime.convert("経営")
    ime.confirm("経営")
    sheet.keys("Enter")
    assert sheet.writes_to("memo") == [("r6", "経営", 1)]
    assert sheet.page.evaluate("window.field === document.activeElement")


def test_changes_elsewhere_never_touch_the_text_being_composed(sheet: SheetPage, ime: Ime) -> None:
    sheet.click(6, "メモ")
    ime.compose(*KEIEI)
    sheet.page.evaluate(
        """() => { window.touched = 0; const field = document.activeElement;
        new MutationObserver(() => { window.touched += 1; }).observe(field, {childList: true});
        const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value');
        Object.defineProperty(field, 'value', { get() { return set.get.call(this); },
          set(text) { window.touched += 1; set.set.call(this, text); } }); }"""
    )
    person = {"name": "鈴木", "mark": "保", "kind": "guarantee_association", "editing": True}
    sheet.call("presence", [{"row": "r6", "column": "memo", **person}])
    sheet.call("unsaved", [{"row": "r6", "column": "memo"}])
    sheet.call("remote", "r5", "memo", "別の行")
    sheet.call("remote", "r6", "memo", "同じセル")
    sheet.call("insertAbove", "r1", "new")
    sheet.call("remove", "r4")
    sheet.settle()
    assert sheet.page.evaluate("window.touched") == 0
    ime.confirm("経営")
    assert sheet.editor.input_value() == "経営"


def test_a_row_that_goes_away_while_i_type_leaves_me_my_words(sheet: SheetPage, ime: Ime) -> None:
    sheet.click(6, "メモ")
    ime.compose(*KEIEI)
    sheet.call("remove", "r6")
    ime.confirm("経営")
    sheet.keys("Enter")
    assert (sheet.editor.input_value(), sheet.editing, sheet.writes) == ("経営", True, [])
    assert sheet.notice.inner_text().startswith("このセルは表示できなくなりました。")
    sheet.keys("Escape")
    assert (sheet.editing, sheet.here) == (False, "株式会社テスト8 メモ")


def test_a_click_elsewhere_takes_what_was_being_composed(sheet: SheetPage, ime: Ime) -> None:
    sheet.click(2, "メモ")
    ime.compose(*KEIEI)
    sheet.click(4, "メモ")
    assert sheet.writes_to("memo") == [("r2", "けい", 1)]
    assert (sheet.here, sheet.editing) == ("株式会社テスト5 メモ", False)


def test_an_ime_left_on_still_types_figures_dates_and_choices(sheet: SheetPage, ime: Ime) -> None:
    sheet.click(0, "借入残高")
    for typed in ("１２、３４５", "（５００）", "ー１２億円"):
        ime.type(typed)
        sheet.keys("Enter")
    assert sheet.writes_to("debt") == [("r0", 12345, 1), ("r1", -500, 1), ("r2", -1_200_000, 1)]
    sheet.click(0, "次回確認日")
    for typed in ("令和８年４月１日", "Ｒ８。１２。３１", "２０２６・５・７"):
        ime.type(typed)
        sheet.keys("Enter")
    assert [value for _, value, _ in sheet.writes_to("due")] == [
        "2026-04-01",
        "2026-12-31",
        "2026-05-07",
    ]
    sheet.click(0, "支援段階")
    ime.type("支援")
    sheet.keys("Enter")
    assert sheet.writes_to("phase") == [("r0", "p2", 1)]


@pytest.mark.parametrize(
    ("column", "typed", "why", "mended", "stored"),
    [
        ("借入残高", "百円くらい", "数値ではありません。", "１００", 100),
        ("次回確認日", "来月", "日付として読み取れません。", "2026/4/1", "2026-04-01"),
        ("支援段階", "完了", "選択肢から選んでください。", "検討", "p1"),
        ("メモ", "長" * 21, "20文字以内で入力してください（現在21文字）。", "短い", "短い"),
    ],
)
def test_a_value_that_is_not_right_keeps_the_editor_open_and_says_why(
    sheet: SheetPage, column: str, typed: str, why: str, mended: str, stored: object
) -> None:
    ime = Ime(sheet.page, "windows")
    sheet.click(0, column)
    ime.type(typed)
    sheet.keys("Enter")
    assert (sheet.editor.input_value(), sheet.writes) == (typed, [])
    assert sheet.notice.inner_text().startswith(why)
    assert sheet.editor.get_attribute("aria-invalid") == "true"
    sheet.click(5, "メモ")  # not even a click elsewhere loses it
    assert (sheet.editor.input_value(), sheet.writes) == (typed, [])
    sheet.keys("Control+a")
    ime.type(mended)
    assert sheet.notice.is_hidden()
    sheet.keys("Enter")
    assert [one["value"] for one in sheet.writes] == [stored]
