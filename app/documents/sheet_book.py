"""The sheet as an Excel workbook: sheets of data to go on working with, and 印刷用 to print."""

import io
import math
import re
import unicodedata
import zipfile
from datetime import date
from itertools import groupby
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.clock import in_japan
from app.domain.figures import format_thousands
from app.domain.sheet_columns import CellType, Column, RowKind
from app.domain.sheet_file import MACHINE, OWNED, TABLE_NAMES, SheetFile, Table, told
from app.domain.sheet_labels import AGENCY, DATA, EXPORT, MARKS, PRINT, ROW_ID
from app.domain.sheet_values import CellValue

_LABEL = {key: str(label) for label, key in MARKS.items()}
_FACE = "游ゴシック"
_HEAD = Font(name=_FACE, size=10, bold=True)
_BODY = Font(name=_FACE, size=10)
_SHADE = PatternFill("solid", fgColor="E8EEF4")
_THIN = Border(*(Side("thin", color="8A949E"),) * 4)
_TOP = Alignment(vertical="top", wrap_text=True)
_WIDTHS = {
    CellType.LONGTEXT: 42,
    CellType.TEXT: 20,
    CellType.ENUM: 16,
    CellType.MULTI: 24,
    CellType.DATE: 12,
    CellType.MONEY: 14,
    CellType.INT: 10,
}
_FORMATS = {
    CellType.DATE: "yyyy/mm/dd",
    CellType.MONEY: '#,##0;"▲"#,##0',
    CellType.INT: '#,##0;"▲"#,##0',
}
_TEXT = "@"
# 印刷用: one column of labels and three of values, together as wide as A4 with its margins.
_PRINT_WIDTHS = (22, 26, 22, 22)
_LINE_HEIGHT, _MOST_LINES = 15.0, 26  # Excel's tallest row holds 27
_FIXED = (1980, 1, 1, 0, 0, 0)
_MOMENTS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def sheet_book(file: SheetFile) -> bytes:
    """The same content always gives the same bytes; nothing in it is a formula."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in file.tables[:1]:
        _data(book.create_sheet(str(TABLE_NAMES[table.kind])), table)
    _print(book.create_sheet(str(PRINT)), file)
    for table in file.tables[1:]:
        _data(book.create_sheet(str(TABLE_NAMES[table.kind])), table)
    machine = book.create_sheet(str(MACHINE))
    _write(machine.cell(1, 1), _LABEL[EXPORT])
    _write(machine.cell(1, 2), file.number)
    machine.sheet_state = "hidden"
    book.properties.creator = file.agency
    book.properties.title = str(DATA)
    made = io.BytesIO()
    book.save(made)
    return _alike(made.getvalue(), f"{file.at:%Y-%m-%dT%H:%M:%SZ}")


def _data(page: Worksheet, table: Table) -> None:
    """One row of labels, no merged cells, the labels in sight and on every printed page."""
    owned, listed = table.kind in OWNED, table.kind is not RowKind.CASE
    heads = [*([_LABEL[AGENCY]] if owned else []), *(str(one.label) for one in table.columns)]
    heads += [_LABEL[ROW_ID]] if listed else []
    widths = [*([20] if owned else []), *(_WIDTHS[one.type] for one in table.columns)]
    for number, label in enumerate(heads, 1):
        cell = page.cell(1, number)
        _write(cell, label, _HEAD)
        cell.fill, cell.border = _SHADE, _THIN
        width = widths[number - 1] if number <= len(widths) else 10
        page.column_dimensions[get_column_letter(number)].width = max(width, _wide(label) + 2)
    for at, row in enumerate(table.rows, 2):
        number = 1
        if owned:
            _write(page.cell(at, number), row.owner)
            number += 1
        for column, value in zip(table.columns, row.values, strict=True):
            cell = page.cell(at, number)
            shown = told(column, value)
            _write(cell, shown)
            if shown is None or not isinstance(shown, str):
                cell.number_format = _FORMATS.get(column.type, _TEXT)
            number += 1
        if listed:
            _write(page.cell(at, number), row.id)
    if listed:
        page.column_dimensions[get_column_letter(len(heads))].hidden = True
    page.freeze_panes = "B2"
    _on_paper(page, "landscape")
    page.print_title_rows = "1:1"


def _write(cell: Cell | MergedCell, value: str | int | date | None, font: Font = _BODY) -> None:
    """Text stays text whatever it begins with, in Excel too once somebody edits it."""
    if isinstance(cell, MergedCell):
        raise TypeError("a merged area is written in its first cell")
    cell.value = value
    cell.font, cell.alignment, cell.border = font, _TOP, _THIN
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = _TEXT
        cell.quotePrefix = True


def _on_paper(page: Worksheet, orientation: Literal["portrait", "landscape"]) -> None:
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.orientation = orientation
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins.left = page.page_margins.right = 0.5
    page.page_margins.top, page.page_margins.bottom = 0.6, 0.7


def _print(page: Worksheet, file: SheetFile) -> None:
    """A form as offices print it; the foot says who took it out, when, and 取扱注意."""
    for number, width in enumerate(_PRINT_WIDTHS, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    _across(page, 1, 1, 4, f"{DATA}　{file.firm_name}", Font(name=_FACE, size=14, bold=True))
    page.row_dimensions[1].height = 26
    at = 2
    for table in file.tables:
        at = _form(page, at, table, file) if table.kind is RowKind.CASE else _list(page, at, table)
    when = in_japan(file.at)
    _on_paper(page, "portrait")
    page.print_title_rows = "1:1"
    who = _plain(f"{file.agency} {file.person} {when:%Y/%m/%d %H:%M}")
    page.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart("取扱注意"),
        center=_HeaderFooterPart("&P / &N"),
        right=_HeaderFooterPart(who),
    )


def _form(page: Worksheet, at: int, table: Table, file: SheetFile) -> int:
    keys = (column.key for column in table.columns)
    values = dict(zip(keys, table.rows[0].values, strict=True))
    for group, columns in groupby(table.columns, key=lambda one: one.group):
        _across(page, at, 1, 4, file.groups[group], _HEAD, shade=True)
        at += 1
        for column in columns:
            pieces = _pieces(_printed(column, values[column.key]), sum(_PRINT_WIDTHS[1:]))
            for offset, piece in enumerate(pieces):
                _across(page, at + offset, 2, 4, piece)
                page.row_dimensions[at + offset].height = _height(piece, sum(_PRINT_WIDTHS[1:]))
            last = at + len(pieces) - 1
            _across(page, at, 1, 1, str(column.label), _HEAD, shade=True, last=last)
            at = last + 1
    return at


def _list(page: Worksheet, at: int, table: Table) -> int:
    """A blank row before it; of columns beyond the fourth, one row each below the others."""
    if not table.rows:
        return at
    owned = table.kind in OWNED
    _across(page, at + 1, 1, 4, str(TABLE_NAMES[table.kind]), _HEAD, shade=True)
    at += 2
    for row in table.rows:
        pairs = [(_LABEL[AGENCY], row.owner)] if owned else []
        pairs += [
            (str(column.label), _printed(column, value))
            for column, value in zip(table.columns, row.values, strict=True)
        ]
        for label, text in pairs:
            width = sum(_PRINT_WIDTHS[1:])
            _across(page, at, 1, 1, label, _HEAD, shade=True)
            _across(page, at, 2, 4, text)
            page.row_dimensions[at].height = _height(text, width)
            at += 1
        at += 1
    return at


def _printed(column: Column, value: CellValue) -> str:
    shown = told(column, value)
    if isinstance(shown, int):
        return format_thousands(shown)
    return f"{shown:%Y/%m/%d}" if isinstance(shown, date) else shown or ""


def _across(
    page: Worksheet,
    row: int,
    first: int,
    last_column: int,
    text: str,
    font: Font = _BODY,
    *,
    shade: bool = False,
    last: int = 0,
) -> None:
    for line in range(row, max(last, row) + 1):
        for column in range(first, last_column + 1):
            page.cell(line, column).border = _THIN
    _write(page.cell(row, first), text, font)
    if shade:
        page.cell(row, first).fill = _SHADE
    if last_column > first or last > row:
        page.merge_cells(
            start_row=row, start_column=first, end_row=max(last, row), end_column=last_column
        )


def _pieces(text: str, width: float) -> list[str]:
    """A text longer than one row can be, cut at its lines."""
    pieces: list[str] = []
    for line in text.split("\n"):
        longer = f"{pieces[-1]}\n{line}" if pieces else line
        if pieces and _lines(longer, width) <= _MOST_LINES:
            pieces[-1] = longer
        else:
            pieces.append(line)
    return pieces


def _height(text: str, width: float) -> float:
    return min(_lines(text, width), _MOST_LINES + 1) * _LINE_HEIGHT + 3


def _lines(text: str, width: float) -> int:
    return sum(max(1, math.ceil(_wide(line) / (width - 2))) for line in text.split("\n"))


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)


def _plain(text: str) -> str:
    """In a foot & begins a code."""
    return text.replace("&", "&&")


def _alike(made: bytes, moment: str) -> bytes:
    """The archive with the moment of the export instead of that of the saving."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                content = _MOMENTS.sub(rb"\g<1>" + moment.encode(), content)
            fixed = zipfile.ZipInfo(part.filename, _FIXED)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, content)
    return out.getvalue()
