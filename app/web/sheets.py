"""The information-sharing sheet as plain tables with a form per cell, for those without script."""

from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import Any

from flask import Blueprint, g, jsonify, render_template, request
from werkzeug.wrappers import Response

from app.clock import JAPAN
from app.domain.cell_sources import SOURCE_LABELS
from app.domain.dates import parse_date
from app.domain.figures import format_thousands
from app.domain.sentences import _
from app.domain.sheet_columns import CellType, Column
from app.domain.sheet_file import TABLE_NAMES
from app.domain.text import listed
from app.queries.cell_history import CellHistory, cell_history
from app.queries.sheet_import import may_import, own_exports
from app.queries.sheet_page import Cell, sheet_page
from app.store.unit_of_work import Desk
from app.web.context import current_actor, reading
from app.web.days import western
from app.web.words import told

bp = Blueprint("sheets", __name__)


@bp.get("/cases/<case_id>/sheet")
def show(case_id: str) -> str | tuple[str, int]:
    """With ``at``, a day or a day and a time in Japan, the sheet as it stood then."""
    with reading() as desk:
        at, problem = _moment(desk, request.args.get("at"), request.args.get("time"))
        page = sheet_page(desk, current_actor(), case_id, at)
        today = desk.today()
        exports = own_exports(desk, current_actor(), case_id)
        importing = may_import(desk, current_actor(), case_id)
    refused = g.get("refused_command")
    shown = render_template(
        "room/sheet_plain.html",
        page=page,
        today=today,
        asked=_asked(at),
        at_problem=problem,
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
    return (shown, 400) if problem else shown


@bp.get("/cases/<case_id>/sheet/history")
def history(case_id: str) -> str:
    """Every version of one cell, for those without script."""
    with reading() as desk:
        page = _history(desk, case_id)
        sheet = sheet_page(desk, current_actor(), case_id)
    return render_template(
        "room/cell_history.html",
        page=page,
        sheet=sheet,
        row=request.args.get("row", ""),
        value_text=value_text,
        parts=changed_parts,
        sources=SOURCE_LABELS,
    )


@bp.get("/api/cases/<case_id>/sheet/history")
def versions(case_id: str) -> Response:
    """The same for the live sheet; values as the sheet itself carries them."""
    with reading() as desk:
        page = _history(desk, case_id)
    return jsonify(
        {
            "versions": [one.as_json() for one in page.versions],
            "earlier": page.earlier,
            "may_write": page.may_write,
            "frozen": page.is_frozen,
        }
    )


def _history(desk: Desk, case_id: str) -> CellHistory:
    asked = request.args
    row, column = asked.get("row", ""), asked.get("column", "")
    before = asked.get("before", None, int)
    return cell_history(desk, current_actor(), case_id, row, column, before)


def _moment(desk: Desk, day: str | None, clock: str | None) -> tuple[datetime | None, str]:
    """A day means its last moment; what cannot be read, or has not come, is a problem."""
    if not day:
        return None, ""
    written, _t, inside = day.partition("T")
    read, clock = parse_date(written), clock or inside
    try:
        at: time | None = time.fromisoformat(clock) if clock else time.max
    except ValueError:
        at = None
    if at is None or at.tzinfo is not None:
        return None, _("時刻は 15:30 のように入力してください。")
    if read is None:
        return None, _("日付として読み取れません（例：2026/4/1、令和8年4月1日）。")
    moment = datetime.combine(read, at, JAPAN)
    if moment > desk.now() and (clock or read > desk.today()):
        return None, _("いまより前の日付と時刻を入力してください。")
    # A minute is meant with its seconds: what was written at 15:30:20 stood at 15:30.
    return (moment + timedelta(seconds=59.999999) if clock else moment), ""


def _asked(at: datetime | None) -> tuple[str, str]:
    """Day and time as they stand in the fields again."""
    day, _t, inside = request.args.get("at", "").partition("T")
    return at.date().isoformat() if at else day, request.args.get("time") or inside


def changed_parts(before: str, after: str) -> tuple[str, str, str, str]:
    """What stayed in front, what went, what came, what stayed behind."""
    front = _alike(before, after)
    rest, came = before[front:], after[front:]
    behind = _alike(rest[::-1], came[::-1])
    cut = len(rest) - behind
    return before[:front], rest[:cut], came[: len(came) - behind], rest[cut:]


def _alike(one: str, other: str) -> int:
    return sum(
        1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
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
