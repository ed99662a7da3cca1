"""The information-sharing sheet as plain tables with a form per cell, for those without script."""

from datetime import date, datetime
from typing import Any

from flask import Blueprint, g, render_template

from app.domain.figures import format_thousands
from app.domain.sheet_columns import CellType, Column
from app.domain.sheet_file import TABLE_NAMES
from app.domain.text import listed
from app.queries.sheet_import import may_import, own_exports
from app.queries.sheet_page import Cell, sheet_page
from app.web.context import current_actor, reading
from app.web.days import western
from app.web.words import told

bp = Blueprint("sheets", __name__)


@bp.get("/cases/<case_id>/sheet")
def show(case_id: str) -> str:
    with reading() as desk:
        page = sheet_page(desk, current_actor(), case_id)
        exports = own_exports(desk, current_actor(), case_id)
        importing = may_import(desk, current_actor(), case_id)
    refused = g.get("refused_command")
    return render_template(
        "room/sheet_plain.html",
        page=page,
        exports=exports,
        may_import=importing,
        tables=TABLE_NAMES,
        cell_text=cell_text,
        cell_input=cell_input,
        cell_options=cell_options,
        moment=datetime.fromisoformat,
        refused_cell=(g.typed.get("row"), g.typed.get("column"))
        if refused == "write_cell"
        else None,
    )


def cell_text(cell: Cell) -> str:
    return value_text(cell.column, cell.value)


def value_text(column: Column, value: Any) -> str:
    """The value as people read it; empty for an empty cell."""
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
