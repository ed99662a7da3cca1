"""The sheet for everybody: assistive technology, keyboard, finger, small and large."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.sheet_page import HOUSE, SheetPage, open_sheet, sheet_house

House = tuple[Browser, str]
PEOPLE = [
    {"row": "r4", "column": "phase", "name": "保証協会 鈴木", "mark": "保",
     "kind": "guarantee_association", "editing": True},
    {"row": "r0", "column": "debt", "name": "よろず 佐藤", "mark": "よ",
     "kind": "yorozu", "editing": False},
]  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[House]:
    with sheet_house(tmp_path_factory.mktemp("sheet"), browser) as made:
        yield made


@pytest.fixture
def sheet(house: House) -> Iterator[SheetPage]:
    with open_sheet(house, viewport={"width": 1366, "height": 768}) as made:
        yield made


def violations(sheet: SheetPage) -> list[str]:
    sheet.settle()
    if not sheet.page.evaluate("'axe' in window"):
        axe = HOUSE / "node_modules" / "axe-core" / "axe.min.js"
        sheet.page.evaluate(axe.read_text(encoding="utf-8"))
    found: dict[str, Any] = sheet.page.evaluate("axe.run(document)")
    return [
        f"{rule['id']}: {node['html']}" for rule in found["violations"] for node in rule["nodes"]
    ]


def test_no_state_of_the_sheet_violates_a_rule_of_axe(sheet: SheetPage) -> None:
    sheet.call("presence", PEOPLE)
    sheet.call("unsaved", [{"row": "r3", "column": "memo"}])
    assert violations(sheet) == []
    sheet.click(9, "支援段階")
    sheet.keys("F2")
    assert violations(sheet) == []
    sheet.keys("Escape")
    sheet.click(2, "借入残高")
    sheet.page.keyboard.insert_text("abc")
    sheet.keys("Enter")
    assert violations(sheet) == []
    sheet.keys("Escape")
    sheet.page.keyboard.insert_text("5")
    sheet.keys("Enter")
    sheet.call("clash", "r2", "debt", 7, 5)
    assert violations(sheet) == []
    sheet.click(8, "メモ")
    assert violations(sheet) == []


def test_a_sheet_without_rows_says_so_and_violates_nothing(house: House) -> None:
    with open_sheet(house, "?rows=0") as sheet:
        assert sheet.page.get_by_text("表示できる行はありません。").is_visible()
        assert violations(sheet) == []
        sheet.call("focus")
        sheet.keys("F2", "Delete", "Enter", "Control+z", "Control+End")
        sheet.page.keyboard.insert_text("字")
        assert sheet.writes == []


def test_the_grid_tells_its_size_and_each_cell_its_place_and_state(sheet: SheetPage) -> None:
    grid = sheet.page.get_by_role("grid", name="情報共有シート")
    assert grid.get_attribute("aria-rowcount") == "201"
    assert grid.get_attribute("aria-colcount") == "14"
    name = sheet.cell(5, "事業者名")
    assert name.get_attribute("aria-required") == "true"
    assert name.get_attribute("aria-readonly") is None
    assert sheet.cell(5, "案件番号").get_attribute("aria-readonly") == "true"
    assert sheet.cell(5, "案件番号").get_attribute("role") == "rowheader"
    sheet.click(5, "事業者名")
    sheet.settle()
    assert name.get_attribute("aria-selected") == "true"


def test_only_what_is_in_sight_exists_of_a_large_sheet(house: House) -> None:
    with open_sheet(
        house, "?rows=10000&extra=50", viewport={"width": 1366, "height": 768}
    ) as sheet:
        sheet.settle()
        assert sheet.page.locator(".sg-cell").count() < 500
        sheet.click(0, "事業者名")
        sheet.keys("Control+End")
        sheet.settle()
        assert sheet.here == "株式会社テスト10000 項目50"
        assert sheet.cell(9999, "項目50").get_attribute("aria-selected") == "true"
        assert sheet.page.locator(".sg-cell").count() < 500
        rows = sheet.page.locator(".sg-body [role=row]").evaluate_all(
            "rows => rows.map(row => Number(row.getAttribute('aria-rowindex')))"
        )
        assert rows == sorted(rows)


def test_a_required_empty_cell_asks_for_its_value_in_words(sheet: SheetPage) -> None:
    sheet.click(1, "事業者名")
    sheet.keys("Delete")
    sheet.settle()
    assert sheet.cell(1, "事業者名").inner_text() == "要入力"


def test_acts_are_announced_and_so_is_the_cell_i_come_to(sheet: SheetPage) -> None:
    sheet.click(1, "メモ")
    sheet.keys("ArrowDown", "ArrowRight")
    live = sheet.page.locator('.sg [aria-live="polite"]')
    live.get_by_text("株式会社テスト3 経過、十月に来所。").wait_for(state="attached")
    sheet.keys("Delete")
    assert sheet.page.get_by_role("status").inner_text() == "1個のセルを空欄にしました。"


def test_others_are_shown_with_mark_name_and_what_they_do(sheet: SheetPage) -> None:
    sheet.call("presence", PEOPLE)
    sheet.settle()
    assert sheet.cell(4, "支援段階").text_content() == "相談保 保証協会 鈴木（入力中）"
    sheet.call("presence", [])
    sheet.settle()
    assert sheet.cell(4, "支援段階").text_content() == "相談"


def test_my_place_is_published_once_i_have_come(sheet: SheetPage) -> None:
    assert sheet.page.evaluate("window.harness.places") == []
    sheet.click(1, "メモ")
    sheet.keys("F2", "Escape", "ArrowDown")
    assert sheet.page.evaluate("window.harness.places") == [
        {"row": "r1", "column": "memo", "editing": False},
        {"row": "r1", "column": "memo", "editing": True},
        {"row": "r1", "column": "memo", "editing": False},
        {"row": "r2", "column": "memo", "editing": False},
    ]


def width_of(sheet: SheetPage, column: str) -> float:
    box = sheet.page.get_by_role("columnheader", name=column).bounding_box()
    assert box is not None
    return box["width"]


def test_a_column_changes_its_width_by_keys_by_button_and_by_dragging(sheet: SheetPage) -> None:
    sheet.click(1, "メモ")
    handle = sheet.page.get_by_role("separator", name="「メモ」の列幅")
    handle.focus()
    sheet.keys("ArrowRight", "ArrowRight", "ArrowLeft")
    sheet.settle()
    assert (width_of(sheet, "メモ"), handle.get_attribute("aria-valuenow")) == (136, "136")
    sheet.page.get_by_role("button", name="列を広く").click()
    sheet.settle()
    assert width_of(sheet, "メモ") == 152
    sheet.page.get_by_role("button", name="列を狭く").click()
    sheet.settle()
    box = handle.bounding_box()
    assert box is not None
    sheet.page.mouse.move(box["x"] + 4, box["y"] + 8)
    sheet.page.mouse.down()
    sheet.page.mouse.move(box["x"] + 64, box["y"] + 8)
    sheet.page.mouse.up()
    sheet.settle()
    assert width_of(sheet, "メモ") == 196


def test_the_second_tap_opens_the_cell_with_the_screen_keyboard(house: House) -> None:
    phone = {"width": 390, "height": 844}
    with open_sheet(house, viewport=phone, has_touch=True, is_mobile=True) as sheet:
        sheet.cell(2, "事業者名").tap()
        assert (sheet.editing, sheet.editor.get_attribute("inputmode")) == (False, "none")
        sheet.cell(2, "事業者名").tap()
        assert (sheet.editing, sheet.editor.get_attribute("inputmode")) == (True, "text")
        assert sheet.editor.input_value() == "株式会社テスト3"
        sheet.page.keyboard.insert_text("！")
        sheet.cell(4, "事業者名").tap()
        assert sheet.writes_to("name") == [("r2", "株式会社テスト3！", 1)]
        assert violations(sheet) == []
        assert sheet.page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_sheet_that_is_taken_down_leaves_nothing_behind(sheet: SheetPage) -> None:
    sheet.click(1, "メモ")
    sheet.call("destroy")
    sheet.settle()
    root = sheet.page.locator("#sheet")
    assert (root.inner_html(), root.get_attribute("class")) == ("", "")


def test_long_texts_take_the_lines_they_are_given_and_my_cell_stays_in_place(house: House) -> None:
    with open_sheet(house, "?lines=8", viewport={"width": 1366, "height": 768}) as sheet:
        sheet.click(6, "メモ")
        sheet.keys("F2")
        sheet.settle()
        short, before = sheet.cell(2, "経過").bounding_box(), sheet.editor.bounding_box()
        sheet.call("remote", "r2", "story", "一\n二\n三\n四\n五")
        sheet.settle()
        tall, after = sheet.cell(2, "経過").bounding_box(), sheet.editor.bounding_box()
        assert short is not None
        assert tall is not None
        assert tall["height"] > short["height"]
        assert after == before


def test_larger_letters_make_the_whole_sheet_larger(house: House) -> None:
    with open_sheet(house, "?large=1", viewport={"width": 1366, "height": 768}) as sheet:
        sheet.click(1, "メモ")
        sheet.settle()
        box = sheet.cell(1, "メモ").bounding_box()
        assert box is not None
        assert (box["width"], box["height"]) == (165, 50)
        editor = sheet.editor.bounding_box()
        assert editor is not None
        assert abs(editor["height"] - box["height"]) <= 1
