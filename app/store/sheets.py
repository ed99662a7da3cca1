"""Rows and cells of the information-sharing sheet; every write is also a journal entry."""

from typing import Any

from sqlmodel import Session, func, select

from app.clock import iso
from app.domain.cell_sources import CellSource
from app.domain.errors import StaleVersion
from app.domain.facts import CellWritten, RoomKind, SheetRowAdded
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.sheet_columns import COLUMN, RowKind
from app.store import journal
from app.store.prepared import Prepared
from app.store.tables.sheets import CellRow, CellVersionRow, SheetRowRow
from app.store.unit_of_work import UnitOfWork

CASE_ROW = "case"
_GROUP_OF_KIND = {column.row_kind: column.group for column in COLUMN.values()}
_FOUND_AGAIN = Prepared.insert_into(CellVersionRow)


def add_row(
    uow: UnitOfWork, case_id: str, row: str, kind: RowKind, owner_agency_id: str | None = None
) -> str:
    """Add a line to the sheet; return the cursor of its entry."""
    count = uow.session.exec(
        select(func.count()).select_from(SheetRowRow).where(SheetRowRow.case_id == case_id)
    ).one()
    uow.session.add(
        SheetRowRow(
            case_id=case_id,
            row=row,
            kind=kind,
            owner_agency_id=owner_agency_id,
            position=count,
        )
    )
    uow.session.flush()
    group = COLUMN["phase"].group if kind is RowKind.CASE else _GROUP_OF_KIND[kind]
    fact = SheetRowAdded(row=row, row_kind=kind, owner_id=owner_agency_id, group=group)
    return uow.record(journal.room_of(uow.session, RoomKind.SHEET, case_id), fact)


def row_of(session: Session, case_id: str, row: str) -> SheetRowRow | None:
    return session.get(SheetRowRow, (case_id, row))


def cell_of(session: Session, case_id: str, row: str, column: str) -> CellRow | None:
    return session.get(CellRow, (case_id, row, column), populate_existing=True)


def put_cell(
    uow: UnitOfWork,
    case_id: str,
    row: str,
    column: str,
    value: Any,
    actor: Actor,
    *,
    source: CellSource,
    reason: str = "",
) -> tuple[str, int]:
    """Write the cell unconditionally and record it; return cursor and new version.

    Rights, the base version and the type of the value are the caller's business.
    """
    cell = cell_of(uow.session, case_id, row, column)
    if cell is None:
        cell = CellRow(
            case_id=case_id,
            row=row,
            column=column,
            value=None,
            version=0,
            person_name="",
            agency_id=actor.agency_id,
            agency_name="",
            at=uow.now(),
        )
    cell.value, cell.version = value, cell.version + 1
    cell.person_name, cell.at = actor.person_name, uow.now()
    cell.agency_id, cell.agency_name = actor.agency_id, actor.agency_name
    cell.reason = reason
    uow.session.add(cell)
    held = row_of(uow.session, case_id, row)
    fact = CellWritten(
        row=row,
        column=column,
        value=value,
        version=cell.version,
        group=COLUMN[column].group,
        owner_id=held.owner_agency_id if held else None,
        source=source,
        reason=reason,
    )
    cursor = uow.record(journal.room_of(uow.session, RoomKind.SHEET, case_id), fact)
    place = {"case_id": case_id, "row": row, "column": column, "version": cell.version}
    _FOUND_AGAIN.run(uow.session, **place, seq=uow.entries[-1].seq)
    return cursor, cell.version


def clash(held: CellRow | None) -> StaleVersion:
    """Both values stay: the writer's on its screen, the other's in the refusal."""
    if held is None:
        return StaleVersion(_("この欄は先に変更されています。"), detail={"version": 0})
    return StaleVersion(
        _("{agency} {person}が先に変更しました。"),
        agency=held.agency_name,
        person=held.person_name,
        detail={
            "row": held.row,
            "column": held.column,
            "value": held.value,
            "version": held.version,
            "agency": held.agency_name,
            "person": held.person_name,
            "at": iso(held.at),
        },
    )
