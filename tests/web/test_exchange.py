"""The sheet out as a file and back in, as one actor after the other meets it."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlmodel import select
from werkzeug.test import TestResponse

from app.services.sheets import WriteCell, write_cell
from app.services.validation import validated
from app.store.tables.exchange import SheetExportRow
from app.store.unit_of_work import Database
from tests.factories import Table, op, table
from tests.web.pages import Pages, words_of

HOST = "http://localhost:8000"


@pytest.fixture
def pages(database: Database, tmp_path: Path) -> Pages:
    return Pages(database, tmp_path)


@pytest.fixture
def at(database: Database) -> Table:
    at = table(database)
    cells = {
        "wishes": "雇用を守りたい",
        "urgency": "B",
        "adjusted_net_assets": -39495,
        "repayment_status": "modified",
        "received_on": "2026-04-01",
    }
    for column, value in cells.items():
        write(database, at, column, value)
    return at


def write(
    database: Database, at: Table, column: str, value: Any, base: int = 0, who: str = "bank"
) -> None:
    given = {"row": "case", "column": column, "value": value, "base_version": base}
    command = validated(WriteCell, {"op_id": op(), "case_id": at.case.id, **given})
    write_cell(database, at[who], command)


def brings(pages: Pages, at: Table, content: bytes, who: str = "bank") -> TestResponse:
    pages.actor = at[who]
    return pages.app.test_client().post(
        f"/cases/{at.case.id}/sheet/import",
        data={"csrf": "token", "op_id": op(), "file": (io.BytesIO(content), "様式.xlsx")},
        base_url=HOST,
    )


def checked(pages: Pages, at: Table, content: bytes, who: str = "bank") -> tuple[str, TestResponse]:
    """Bring a file and go on with every guess as it is; the address, and the dry run."""
    answer = brings(pages, at, content, who)
    assert answer.status_code == 303, words_of(answer)
    here = answer.headers["Location"]
    shown = pages.get(at[who], here).text
    fields = {
        name: (re.search(r'<option value="([^"]*)" selected', body) or ["", ""])[1]
        for name, body in re.findall(r'name="(m[0-9.]+)".*?>(.*?)</select>', shown, re.S)
    }
    query = "&".join(f"{name}={value}" for name, value in fields.items())
    return f"{here}/check?{query}", pages.get(at[who], f"{here}/check?{query}")


def applies(pages: Pages, at: Table, here: str, shown: str, who: str = "bank", **more: Any) -> Any:
    seen = re.findall(r'name="seen" value="([0-9a-f]{64})"', shown)[0]
    mapping = re.findall(r'name="mapping" value="([^"]*)"', shown)
    import_id = re.findall(r"/import/([0-9a-f]{32})", here)[0]
    given = {"import_id": import_id, "seen": seen, "mapping": mapping, **more}
    return pages.post(at[who], "import_sheet", here, **given)


def exported(pages: Pages, at: Table, who: str = "bank") -> bytes:
    answer = pages.get(at[who], f"/cases/{at.case.id}/sheet/file.xlsx")
    assert answer.status_code == 200
    return bytes(answer.data)


def edited(content, **cells):
    """As somebody does it in Excel: by the label in the first row."""
    book = load_workbook(io.BytesIO(content))
    page = book["情報共有シート"]
    where = {cell.value: cell.column for cell in page[1]}
    for label, value in cells.items():
        page.cell(2, where[label]).value = value
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def workbook(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def sheet_words(pages: Pages, at: Table) -> str:
    """What stands in the cells, without the forms to change them."""
    page = pages.get(at["cga"], f"/cases/{at.case.id}/sheet")
    return " ".join(re.findall(r'<div class="prewrap">(.*?)</div>', page.text, re.S))


def test_only_what_was_edited_in_the_file_is_changed(pages: Pages, at: Table) -> None:
    content = edited(exported(pages, at), 事業者の希望="返済を緩めたい", 緊急度=None, 強み="固定客")
    here, run = checked(pages, at, content)
    assert "追加 1欄 変更 2欄 衝突 0欄 取り込めない 0欄" in words_of(run)
    assert applies(pages, at, here, run.text).status_code == 303
    assert "返済を緩めたい" in sheet_words(pages, at)
    assert "固定客" in sheet_words(pages, at)
    assert "B 3か月以内" not in sheet_words(pages, at)


def test_an_untouched_file_changes_nothing(pages: Pages, at: Table) -> None:
    _here, run = checked(pages, at, exported(pages, at))
    assert "追加 0欄 変更 0欄 衝突 0欄 取り込めない 0欄" in words_of(run)
    assert "取り込む変更はありません" in words_of(run)


def test_a_file_of_another_lender_has_no_column_it_may_not_see(pages: Pages, at: Table) -> None:
    book = load_workbook(io.BytesIO(exported(pages, at, "chamber")))
    said = {str(cell.value) for page in book for row in page.iter_rows() for cell in row}
    assert "返済状況" not in said
    assert "条件変更中" not in said
    assert "事業者の希望" in said


def test_each_export_is_on_record_before_it_is_sent(
    pages: Pages, at: Table, database: Database
) -> None:
    exported(pages, at)
    pages.get(at["cga"], f"/cases/{at.case.id}/sheet/file.csv?table=case")
    assert pages.get(at.outsider, f"/cases/{at.case.id}/sheet/file.xlsx").status_code == 404
    with database.read() as desk:
        rows = desk.session.exec(select(SheetExportRow)).all()
        assert {(row.way, row.person_name) for row in rows} == {
            ("xlsx", at["bank"].person_name),
            ("csv_utf8", at["cga"].person_name),
        }
    own = pages.text(at["bank"], f"/cases/{at.case.id}/sheet")
    assert "自機関の書き出しの記録" in own


def test_a_clash_keeps_ours_unless_the_file_is_chosen(
    pages: Pages, at: Table, database: Database
) -> None:
    content = edited(exported(pages, at), 事業者の希望="ファイル", 緊急度="A 1か月以内")
    write(database, at, "wishes", "協会が先に", base=1, who="cga")
    write(database, at, "urgency", "C", base=1, who="cga")
    here, run = checked(pages, at, content)
    assert "衝突 2欄" in words_of(run)
    assert "東京信用保証協会 鈴木 花子" in words_of(run)
    applies(pages, at, here, run.text, take=["case|urgency"])
    assert "協会が先に" in sheet_words(pages, at)
    assert "A 1か月以内" in sheet_words(pages, at)


def test_a_change_after_the_dry_run_shows_it_again(
    pages: Pages, at: Table, database: Database
) -> None:
    here, run = checked(pages, at, edited(exported(pages, at), 事業者の希望="ファイル"))
    write(database, at, "wishes", "途中で", base=1, who="cga")
    again = applies(pages, at, here, run.text)
    assert again.status_code == 409
    assert "確認の後にシートが変更されたため、まだ取り込んでいません。" in words_of(again)
    assert "衝突 1欄" in words_of(again)
    assert applies(pages, at, here, again.text, take=["case|wishes"]).status_code == 303
    assert "ファイル" in sheet_words(pages, at)


def test_an_import_is_undone_as_one_but_for_what_others_changed_since(
    pages: Pages, at: Table, database: Database
) -> None:
    content = edited(exported(pages, at), 事業者の希望="ファイル", 強み="固定客", 受付日=None)
    here, run = checked(pages, at, content)
    applies(pages, at, here, run.text)
    write(database, at, "strengths", "立地", base=1, who="cga")
    import_id = re.findall(r"/import/([0-9a-f]{32})", here)[0]
    result = f"/cases/{at.case.id}/sheet/import/{import_id}/result"
    assert "3欄を取り込みました" in pages.text(at["bank"], result)
    assert pages.get(at["cga"], result).status_code == 404
    assert pages.post(at["cga"], "undo_import", "/", import_id=import_id).status_code == 404
    assert pages.post(at["bank"], "undo_import", result, import_id=import_id).status_code == 303
    told = pages.text(at["bank"], result)
    assert "取込みを元に戻しました（2欄" in told
    assert re.search("元に戻さなかった欄 強み.*東京信用保証協会 鈴木 花子", told)
    words = sheet_words(pages, at)
    assert "雇用を守りたい" in words
    assert "立地" in words
    assert "2026年4月1日" in words
    again = pages.post(at["bank"], "undo_import", result, import_id=import_id)
    assert again.status_code == 409


def test_a_sheet_from_elsewhere_says_what_it_cannot_bring(pages: Pages, at: Table) -> None:
    content = workbook(
        ["経営支援 連絡票"],
        [],
        ["No", "受付日", "実質純資産（円）", "緊 急 度", "フェーズ", "要望", "返済状況", "代表者"],
        [1, "令和８年４月３日", "▲３９,４９５,５００", "至急", "成長期", "", "約定返済中", "別人"],
    )
    _here, run = checked(pages, at, content)
    told = words_of(run)
    assert "追加 1欄 変更 2欄 衝突 0欄 取り込めない 3欄" in told
    refused = re.search(r"取り込めない欄 (.*?)変更する欄", told)
    assert refused is not None
    assert "Sheet C4 千円未満の端数" in refused[1]
    assert "Sheet D4 選択肢にありません：至急" in refused[1]
    assert "Sheet H4 登録内容のため取り込みません。" in refused[1]


def test_the_columns_of_a_file_are_remembered_for_the_agency(pages: Pages, at: Table) -> None:
    content = workbook(["受付日", "社長の要望"], ["2026/4/2", "設備を直したい"])
    here, run = checked(pages, at, content)
    chosen = here.replace("m0.1=", "m0.1=wishes")
    run = pages.get(at["bank"], chosen)
    applies(pages, at, chosen, run.text)
    assert "設備を直したい" in sheet_words(pages, at)
    later, _run = checked(pages, at, content)
    assert "m0.1=wishes" in later
    others, _run = checked(pages, at, content, "cga")
    assert "m0.1=wishes" not in others


def test_letters_shift_jis_lacks_are_named_before_the_file_is_made(
    pages: Pages, at: Table, database: Database
) -> None:
    write(database, at, "strengths", "髙橋さんの🍜〜評判", who="bank")
    address = f"/cases/{at.case.id}/sheet/file.csv?table=case&code=cp932"
    told = pages.text(at["bank"], address)
    assert re.search("🍜 U\\+1F35C 〓 強み", told)
    assert re.search("〜 U\\+301C ～（形の近い文字） 強み", told)
    assert "髙 U+9AD9" not in told
    content = pages.get(at["bank"], f"{address}&replace=1").data
    assert "髙橋さんの〓～評判" in content.decode("cp932")
    _here, run = checked(pages, at, content)
    assert "追加 0欄 変更 0欄 衝突 0欄 取り込めない 0欄" in words_of(run)


def test_a_file_that_is_no_table_is_refused_in_its_own_place(pages: Pages, at: Table) -> None:
    for content, told in (
        (b"%PDF-1.7", "Excelブック（.xlsx）またはCSVファイルを選んでください。"),
        (b"PK\x03\x04broken", "読み取れません"),
        (b"", "ファイルが空です。"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧形式（.xls）"),
        (b"a,b\n\xff\xfe\x81", "文字コードを読み取れません"),
    ):
        answer = brings(pages, at, content)
        assert answer.status_code == 400, told
        assert told in words_of(answer)
        assert "このファイルは取り込めません。" in words_of(answer)


def test_who_may_not_write_the_sheet_brings_nothing(pages: Pages, at: Table) -> None:
    content = exported(pages, at)
    assert brings(pages, at, content, "bank").status_code == 303
    pages.actor = at.outsider
    answer = pages.app.test_client().post(
        f"/cases/{at.case.id}/sheet/import",
        data={"csrf": "token", "op_id": op(), "file": (io.BytesIO(content), "a.xlsx")},
        base_url=HOST,
    )
    assert answer.status_code == 404
