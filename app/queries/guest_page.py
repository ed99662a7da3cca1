"""What the firm's owner is shown as a guest: the layer shared with the firm, and nothing else.

Everything here is picked by name. No row of remarks, lanes, stances, papers or rounds is read.
"""

from collections.abc import Callable
from typing import Any

from sqlmodel import col, select

from app.clock import iso
from app.domain.conference import ConferenceStatus, ItemStatus, SeatRole
from app.domain.confidentiality import STATEMENTS
from app.domain.firm_layer import is_correctable, shown
from app.domain.guests import CORRECTION_STATE_LABELS, CorrectionState, happening
from app.domain.item_course import ItemStep
from app.domain.people import Guest
from app.domain.sheet_columns import COLUMN, CellType, Column, RowKind
from app.domain.telling import say
from app.domain.text import listed
from app.store import conferences, guests, pauses, recusals, standings
from app.store.guests import AtTable
from app.store.pictures.guests import corrections_at, preferences_at
from app.store.sheets import CASE_ROW
from app.store.tables.sheets import CellRow, SheetRowRow
from app.store.unit_of_work import Desk

Snapshot = dict[str, Any]
Translate = Callable[[str], str]


def guest_picture(desk: Desk, guest: Guest, translate: Translate) -> tuple[Snapshot, AtTable]:
    """The whole page as plain values in the guest's language; GuestOver once it is over."""
    at = guests.admitted(desk, guest)
    version = guests.version_to_accept(at)
    picture = {
        "guest": guest.person_name,
        "firm": at.firm.name,
        "conference": at.conference.name,
        "expires_at": iso(at.invitation.expires_at),
        "statement": None if version is None else _statement(version, translate),
        "table": _table(desk, at, translate) if version is None else None,
    }
    return picture, at


def _statement(version: int, translate: Translate) -> Snapshot:
    text = STATEMENTS[version]
    return {
        "version": version,
        "lead": translate(text.lead),
        "points": [translate(point) for point in text.points],
        "close": translate(text.close),
    }


def _table(desk: Desk, at: AtTable, translate: Translate) -> Snapshot:
    pause = pauses.going_on(desk.session, at.conference.id)
    cells = _shared_cells(desk, at)
    agencies = _agencies(desk, at)
    names = {one["id"]: one["name"] for one in agencies}
    return {
        "is_running": at.item.status == ItemStatus.RUNNING and pause is None,
        "now": translate(
            happening(
                ConferenceStatus(at.conference.status),
                ItemStatus(at.item.status),
                ItemStep(at.item.step) if at.item.step else None,
            )
        ),
        "ends_at": iso(at.item.ends_at) if at.item.ends_at else None,
        "resumes_at": iso(pause.resumes_at) if pause else None,
        "agencies": agencies,
        "facts": [
            {
                "column": column.key,
                "label": translate(column.label),
                "value": _text(column, cells.get((CASE_ROW, column.key)), translate),
                "correctable": is_correctable(column),
            }
            for column in shown(at.groups)
            if column.row_kind is RowKind.CASE
        ],
        "issues": _issues(desk, at, cells),
        "offers": _offers(at, cells, agencies, translate),
        "corrections": [
            {
                "id": one["id"],
                "column": one["column"],
                "label": translate(COLUMN[one["column"]].label),
                **{key: one[key] for key in ("value", "words", "at", "state", "answer")},
                "told": translate(CORRECTION_STATE_LABELS[CorrectionState(one["state"])]),
            }
            for one in corrections_at(desk, at.item.id)
        ],
        "preferences": [
            {
                "id": one["id"],
                "agency": names.get(one["agency_id"], ""),
                "text": one["text"],
                "at": one["at"],
            }
            for one in preferences_at(desk, at.item.id)
        ],
    }


def _agencies(desk: Desk, at: AtTable) -> list[Snapshot]:
    """Those the firm itself agreed to have at the table, without any that left it."""
    consent = standings.consent_in_force(desk.session, at.case.id)
    out = recusals.out_of(desk.session, at.item.id)
    return [
        {"id": agency.id, "name": agency.name}
        for seat, agency in conferences.seats_of(desk.session, at.conference.id)
        if seat.role == SeatRole.MEMBER
        and agency.id not in out
        and consent is not None
        and agency.id in consent.agencies
    ]


def _shared_cells(desk: Desk, at: AtTable) -> dict[tuple[str, str], Any]:
    keys = [column.key for column in shown(at.groups)]
    query = select(CellRow).where(CellRow.case_id == at.case.id, col(CellRow.column).in_(keys))
    return {(cell.row, cell.column): cell.value for cell in desk.session.exec(query)}


def _issues(desk: Desk, at: AtTable, cells: dict[tuple[str, str], Any]) -> list[str]:
    query = select(SheetRowRow.row).where(
        SheetRowRow.case_id == at.case.id, SheetRowRow.kind == RowKind.ISSUE
    )
    rows = desk.session.exec(query.order_by(col(SheetRowRow.position)))
    texts = (cells.get((row, "issue")) for row in rows)
    return [text for text in texts if text]


def _offers(
    at: AtTable,
    cells: dict[tuple[str, str], Any],
    agencies: list[Snapshot],
    translate: Translate,
) -> list[Snapshot]:
    """An agency's own line of offers stands under the agency's id."""
    columns = {c.key: c for c in shown(at.groups) if c.row_kind is RowKind.PROPOSAL}
    found = []
    for agency in agencies:
        told = {
            key: _text(column, cells.get((agency["id"], key)), translate)
            for key, column in columns.items()
        }
        if told.get("menu"):
            found.append({"agency": agency["name"], **told})
    return found


def _text(column: Column, value: Any, translate: Translate) -> str:
    if value is None:
        return ""
    options = {str(key): translate(label) for key, label in (column.options or {}).items()}
    match column.type:
        case CellType.ENUM:
            return options.get(str(value), str(value))
        case CellType.MULTI:
            return say(listed(options.get(str(one), str(one)) for one in value), translate)
        case _:
            return str(value)
