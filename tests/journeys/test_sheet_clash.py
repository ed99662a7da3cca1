"""Two values for one cell: both are shown, and nothing typed is lost whichever is chosen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

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


def test_a_refused_write_shows_both_values_at_its_cell_and_enter_takes_mine(
    sheet: SheetPage,
) -> None:
    sheet.put(3, "メモ", "私の値")
    sheet.call("clash", "r3", "memo", "相手の値", "私の値")
    assert sheet.here == "株式会社テスト4 メモ"
    assert sheet.notice.locator("dd").all_inner_texts() == ["相手の値", "私の値"]
    assert sheet.notice.inner_text().startswith("保証協会 鈴木が")
    sheet.keys("Enter")  # before anybody can have read it
    assert sheet.notice.is_visible()
    sheet.read_notice()
    sheet.keys("Enter")
    assert sheet.writes_to("memo") == [("r3", "私の値", 1), ("r3", "私の値", 3)]
    assert sheet.notice.is_hidden()


@pytest.mark.parametrize("by", ["key", "click"])
def test_escape_or_one_click_leaves_theirs(sheet: SheetPage, by: str) -> None:
    sheet.put(3, "メモ", "私の値")
    sheet.call("clash", "r3", "memo", "相手の値", "私の値")
    if by == "key":
        sheet.keys("Escape")
    else:
        sheet.notice.get_by_role("button", name="相手の値にする").click()
    assert (sheet.value("r3", "memo"), sheet.notice.is_hidden()) == ("相手の値", True)
    assert sheet.status == "相手の値のままにしました。"
    sheet.keys("Control+z")
    assert sheet.status == "元に戻す操作はありません。"


def test_a_clash_waits_below_while_i_write_elsewhere(sheet: SheetPage) -> None:
    sheet.put(3, "メモ", "私の値")
    sheet.page.keyboard.insert_text("次の")
    sheet.call("clash", "r3", "memo", "相手の値", "私の値")
    assert (sheet.editor.input_value(), sheet.here) == ("次の", "株式会社テスト5 メモ")
    assert sheet.problems.locator("dd").all_inner_texts() == ["相手の値", "私の値"]
    sheet.call("remote", "r3", "memo", "相手の新しい値")
    assert sheet.problems.locator("dd").all_inner_texts() == ["相手の新しい値", "私の値"]
    sheet.read_notice()
    sheet.problems.get_by_role("button", name="自分の値にする").click()
    assert sheet.writes_to("memo")[-1] == ("r3", "私の値", 4)
    assert sheet.problems.is_hidden()


def test_what_the_server_refuses_stands_in_the_open_editor_again(sheet: SheetPage) -> None:
    sheet.put(3, "メモ", "髙橋")
    sheet.call("refuse", "r3", "memo", "髙橋", "この案件では変更できません。")
    assert (sheet.here, sheet.editor.input_value()) == ("株式会社テスト4 メモ", "髙橋")
    assert sheet.notice.inner_text() == "この案件では変更できません。"
    sheet.keys("Escape")
    sheet.put(3, "メモ", "二度目")
    sheet.page.keyboard.insert_text("次の")
    sheet.call("refuse", "r3", "memo", "二度目", "この案件では変更できません。")
    assert (sheet.editor.input_value(), sheet.here) == ("次の", "株式会社テスト5 メモ")
    assert sheet.problems.locator("dd").all_inner_texts() == ["二度目"]
    sheet.keys("Enter")
    sheet.problems.get_by_role("button", name="セルへ移動して直す").click()
    assert (sheet.here, sheet.editor.input_value()) == ("株式会社テスト4 メモ", "二度目")


def test_a_clash_that_comes_while_the_cell_is_open_again_keeps_what_i_had_written(
    sheet: SheetPage,
) -> None:
    sheet.put(3, "メモ", "私の値")
    sheet.keys("ArrowUp", "F2")
    sheet.call("clash", "r3", "memo", "相手の値", "私の値")
    assert sheet.editor.input_value() == "私の値"
    assert sheet.notice.locator("dd").all_inner_texts() == ["相手の値"]
    sheet.read_notice()
    sheet.keys("Enter")
    assert sheet.writes_to("memo")[-1] == ("r3", "私の値", 3)


def test_a_cell_opened_but_not_yet_changed_follows_the_other(sheet: SheetPage) -> None:
    sheet.click(3, "メモ")
    sheet.keys("F2")
    sheet.call("remote", "r3", "memo", "相手の値")
    assert (sheet.editor.input_value(), sheet.notice.is_hidden()) == ("相手の値", True)
    sheet.keys("Enter")
    assert sheet.writes == []


def test_typing_over_a_clash_takes_it_into_the_edit(sheet: SheetPage) -> None:
    sheet.put(3, "メモ", "私の値")
    sheet.call("clash", "r3", "memo", "相手の値", "私の値")
    sheet.page.keyboard.insert_text("第三の値")
    assert sheet.notice.locator("dd").all_inner_texts() == ["相手の値"]
    sheet.read_notice()
    sheet.keys("Enter")
    assert sheet.writes_to("memo")[-1] == ("r3", "第三の値", 3)
    assert sheet.problems.is_hidden()


def test_a_refused_text_of_a_cell_i_may_no_longer_change_is_still_shown(sheet: SheetPage) -> None:
    sheet.put(3, "メモ", "私の値")
    sheet.call("lock", "memo")
    sheet.call("refuse", "r3", "memo", "私の値", "この案件では変更できません。")
    assert sheet.problems.locator("dd").all_inner_texts() == ["私の値"]
    sheet.problems.get_by_role("button", name="セルへ移動して直す").click()
    assert sheet.problems.locator("dd").all_inner_texts() == ["私の値"]
    sheet.problems.get_by_role("button", name="入力を取り消す").click()
    assert sheet.problems.is_hidden()
