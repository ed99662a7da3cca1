"""The sheet taken out as a workbook, edited elsewhere, and brought back by way of the dry run."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

from app.store import sheets
from tests import papers
from tests.journeys.hands import Hands
from tests.journeys.told_house import House, house_told

pytestmark = pytest.mark.browser


@pytest.fixture
def house(tmp_path: Path, browser: Browser) -> Iterator[House]:
    with house_told(tmp_path, browser, "add an issue") as told_so_far:
        writes(told_so_far, "cga", "issue", "来店客数の減少", row=told_so_far.c.ids["issue"])
        yield told_so_far


def writes(
    house: House, who: str, column: str, value: str, base: int = 0, row: str = "case"
) -> None:
    cell: dict[str, Any] = {"row": row, "column": column, "value": value, "base_version": base}
    house.c.database = house.server.database
    house.c.does(who, "write_cell", case_id=house.c.ids["case"], **cell)


def edited(content):
    """As in Excel: some cells typed over, one emptied, a line added to a list, rows sorted."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book["情報共有シート"]
    where = {cell.value: cell.column for cell in page[1]}
    typed = {
        "緊急度": "至急",
        "受付日": "令和８年１０月５日",
        "実質純資産（千円）": "▲３９，４９５",
        "事業者の希望": "返済額を半分にして、\n雇用を守りたい。",
        "強み": "駅前の立地と20年来の固定客",
        "相談の背景": None,
        "売上高（千円）": 1,
    }
    for label, value in typed.items():
        page.cell(2, where[label]).value = value
    issues = book["経営課題"]
    issues.insert_rows(2)
    issues.cell(2, 1).value = "後継者が決まっていない"
    issues.cell(2, 2).value = "高"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def brings(hands: Hands, name: str, content: bytes) -> None:
    page = hands.page
    file: Any = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="読み取る").click()


def test_out_to_excel_and_back_again(house: House) -> None:
    hands = house.enter("bank", path="room")
    page = hands.page
    sheet = f"/cases/{house.c.ids['case']}/sheet"
    writes(house, "bank", "strengths", "立地")
    hands.goto(sheet)
    with page.expect_download() as coming:
        page.get_by_role("link", name="Excelに書き出す").click()
    assert coming.value.suggested_filename.startswith("情報共有シート_")
    content = edited(Path(coming.value.path()).read_bytes())
    writes(house, "cga", "strengths", "立地と味", base=1)
    hands.goto(sheet)
    hands.shot("exchange-card")
    assert hands.violations() == []

    page.get_by_role("link", name="ファイルから取り込む").click()
    hands.full_shot("exchange-begin")
    brings(hands, "様式.xlsm", papers.with_parts(content, **{"xl/vbaProject.bin": b"x"}))
    expect(page.locator("#refusal")).to_contain_text("マクロを含むブックは受け付けられません")
    hands.full_shot("exchange-refused")
    assert hands.violations() == []
    brings(hands, "情報共有シート.xlsx", content)
    expect(page.get_by_role("heading", level=1)).to_have_text("2. 項目の対応を確認")
    hands.full_shot("exchange-mapping")
    assert hands.violations() == []

    page.get_by_role("button", name="変わる内容を確認する").click()
    expect(page.locator("main")).to_contain_text("選択肢にありません：至急")
    expect(page.locator("main")).to_contain_text("登録内容のため取り込みません。")
    expect(page.locator("main")).to_contain_text("新しい行")
    expect(page.get_by_role("checkbox")).to_have_count(1)
    hands.full_shot("exchange-check")
    assert hands.violations() == []
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="この内容で取り込む").click()
    expect(page.locator(".notice-success")).to_contain_text("欄を取り込みました")
    hands.full_shot("exchange-result")
    assert hands.violations() == []

    writes(house, "cga", "wishes", "後から変更", base=_version(house, "wishes"))
    page.locator("summary", has_text="この取込みを元に戻す").click()
    page.get_by_role("button", name="元に戻す", exact=True).click()
    expect(page.locator(".notice-success")).to_contain_text("取込みを元に戻しました")
    expect(page.locator(".notice-warning")).to_contain_text("事業者の希望")
    hands.full_shot("exchange-undone")
    assert hands.violations() == []
    page.get_by_role("link", name="シートを見る").click()
    expect(page.locator("#case-strengths")).to_contain_text("立地と味")
    assert hands.problems == []
    hands.close()


def _version(house: House, column: str) -> int:
    with house.server.database.read() as desk:
        cell = sheets.cell_of(desk.session, house.c.ids["case"], "case", column)
        return cell.version if cell else 0


def test_letters_without_a_place_in_shift_jis_are_shown_first(house: House) -> None:
    writes(house, "bank", "strengths", "𠮷田髙〜商店の🍜と評判")
    hands = house.enter("bank", path="room", script=False)
    hands.goto(f"/cases/{house.c.ids['case']}/sheet")
    page = hands.page
    page.locator("summary", has_text="CSVに書き出す").click()
    page.get_by_role("button", name="CSV（Shift_JIS）").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Shift_JISにない文字")
    hands.full_shot("exchange-letters")
    with page.expect_download() as coming:
        page.get_by_role("link", name="置き換えてShift_JISで書き出す").click()
    assert "〓田髙～商店" in Path(coming.value.path()).read_bytes().decode("cp932")
    hands.close()


def test_a_form_of_ones_own_office_is_read_by_its_labels(house: House) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "連絡票"
    rows: list[list[Any]] = [
        ["経営支援 連絡票", None, None, None],
        ["事業者名", "株式会社灯夜ダイニング", "受付日", "令和8年10月5日"],
        ["緊 急 度", "Ｂ ３か月以内", "実質純資産（円）", "▲39,495,000"],
        ["社長の声", "厨房を直したい", None, None],
        ["直近試算表", "2026年9月分", None, None],
    ]
    for row in rows:
        page.append(row)
    page.merge_cells("A1:D1")
    made = io.BytesIO()
    book.save(made)
    hands = house.enter("bank", path="room")
    hands.goto(f"/cases/{house.c.ids['case']}/sheet/import")
    brings(hands, "連絡票.xlsx", made.getvalue())
    hands.page.get_by_label("社長の声を取り込む欄").select_option(label="事業者の希望")
    hands.full_shot("exchange-form-mapping")
    hands.page.get_by_role("button", name="変わる内容を確認する").click()
    expect(hands.page.locator("main")).to_contain_text("円から千円に換算しました")
    expect(hands.page.locator("main")).to_contain_text("連絡票 B5")
    hands.full_shot("exchange-form-check")
    assert hands.violations() == []
    hands.close()
