"""The information-sharing sheet as plain tables with a form per cell, for those without script."""

from datetime import date, datetime

from flask import Blueprint, g, render_template

from app.domain.figures import format_thousands
from app.domain.sheet_columns import CellType
from app.domain.text import listed
from app.queries.sheet_page import Cell, sheet_page
from app.web.context import current_actor, reading
from app.web.days import western
from app.web.words import told

bp = Blueprint("sheets", __name__)


@bp.get("/cases/<case_id>/sheet")
def show(case_id: str) -> str:
    with reading() as desk:
        page = sheet_page(desk, current_actor(), case_id)
    refused = g.get("refused_command")
    return render_template(
        "room/sheet_plain.html",
        page=page,
        cell_text=cell_text,
        cell_input=cell_input,
        cell_options=cell_options,
        moment=datetime.fromisoformat,
        refused_cell=(g.typed.get("row"), g.typed.get("column"))
        if refused == "write_cell"
        else None,
    )


def cell_text(cell: Cell) -> str:
    """The value as people read it; empty for an empty cell."""
    value, column = cell.value, cell.column
    if value is None:
        return ""
    options = {str(key): told(label) for key, label in (column.options or {}).items()}
    match column.type:
        case CellType.ENUM:
            return options.get(str(value), str(value))
        case CellType.MULTI:
            return told(listed(options.get(str(one), str(one)) for one in value))
        case CellType.DATE:
            return western(date.fromisoformat(value))
        case CellType.MONEY | CellType.INT:
            return format_thousands(value)
        case _:
            return str(value)


def cell_input(cell: Cell) -> str:
    """The value as it is put into a form field."""
    if cell.column.type in {CellType.MONEY, CellType.INT} and cell.value is not None:
        return format_thousands(cell.value)
    return "" if cell.value is None else str(cell.value)


def cell_options(cell: Cell) -> list[tuple[str, str]]:
    return [(str(value), told(label)) for value, label in (cell.column.options or {}).items()]
