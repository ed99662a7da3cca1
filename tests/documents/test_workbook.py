"""A table as a workbook: what is put in is what is read out of it."""

import io

from openpyxl import load_workbook

from app.documents.workbook import workbook

ROWS: list[list[str | int]] = [["項目（千円）", "2026-04", "2026-05"], ["月末残高", 27588, -1274]]


def test_a_table_is_read_out_of_its_workbook_as_it_was_put_in() -> None:
    book = load_workbook(io.BytesIO(workbook("資金繰り表", ROWS)))
    assert book.sheetnames == ["資金繰り表"]
    page = book.worksheets[0]
    assert [list(row) for row in page.iter_rows(values_only=True)] == ROWS
    assert page.freeze_panes == "B2"
