"""A table as an Excel workbook (.xlsx), for those who go on calculating with it."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter


def workbook(sheet: str, rows: Iterable[Sequence[str | int]]) -> bytes:
    """One sheet; its first row and column are heads and stay in sight."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for number, cell in enumerate(page[1], 1):
        cell.font = Font(bold=True)
        page.column_dimensions[get_column_letter(number)].width = 12
    page.column_dimensions["A"].width = 24
    page.freeze_panes = "B2"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
