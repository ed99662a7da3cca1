"""時点: the sheet as it stood at a moment, by what its reader may see now.

The newest version each cell had by then is found in the table of versions; what it says is read in
the journal. So nothing of what came later is needed, and nothing of it is seen.
"""

from datetime import datetime

from sqlmodel import and_, col, func, select

from app.clock import iso
from app.domain.access import Act
from app.domain.consent import ItemGroup
from app.domain.facts import RoomKind, SheetRowAdded
from app.domain.people import Actor
from app.domain.sheet_columns import COLUMN, COLUMNS, RowKind
from app.domain.sheet_schema import may_see, right_to, visible_tags
from app.queries.sheet_snapshot import Snapshot
from app.store import journal, reach
from app.store.tables.journal import EntryRow
from app.store.tables.sheets import CellVersionRow
from app.store.unit_of_work import Desk

# A number no journal comes to.
_NEVER = 2**31 - 1


def sheet_at(desk: Desk, actor: Actor, case_id: str, moment: datetime) -> Snapshot:
    """Rows and cells as ``sheet_snapshot`` gives those of now."""
    case = reach.case(desk, actor, case_id, Act.SEE_SHEET)
    rights = {column.group: right_to(actor, case.standing, column.group) for column in COLUMNS}
    room = journal.room_id(RoomKind.SHEET, case_id)
    tags = ["", *sorted(visible_tags(actor, case.standing))]
    end = _first_after(desk, room, moment)
    rows = [
        {"id": body["row"], "kind": body["row_kind"], "owner_id": body["owner_id"]}
        for body in _added(desk, room, end)
        if body["row_kind"] == RowKind.CASE
        or may_see(rights[ItemGroup(body["group"])], body["owner_id"], actor.agency_id)
    ]
    owners = {row["id"]: row["owner_id"] for row in rows}
    return {
        "id": case_id,
        "rows": rows,
        "cells": {
            f"{row}|{column}": {
                "value": (entry.body or {}).get("value"),
                "version": version,
                "person": entry.person_name,
                "agency": entry.agency_name,
                "at": iso(entry.at),
                "reason": (entry.body or {}).get("reason", ""),
            }
            for row, column, version, entry in _written(desk, case_id, room, tags, end)
            if row in owners and may_see(rights[COLUMN[column].group], owners[row], actor.agency_id)
        },
    }


def _first_after(desk: Desk, room: str, moment: datetime) -> int:
    """Number of the first entry that came later; a clock put back does not turn the order around.

    So the sheet is always one that stood so, with all that was before in it.
    """
    query = select(EntryRow.seq).where(EntryRow.room_id == room, EntryRow.at > moment)
    first = desk.session.exec(query.order_by(col(EntryRow.seq)).limit(1)).first()
    return first if first is not None else _NEVER


def _added(desk: Desk, room: str, end: int) -> list[Snapshot]:
    query = select(EntryRow.body).where(
        EntryRow.room_id == room,
        EntryRow.kind == SheetRowAdded.wire_name(),
        EntryRow.seq < end,
    )
    bodies = desk.session.exec(query.order_by(col(EntryRow.seq)))
    return [dict(body) for body in bodies if body and "row" in body]


def _written(
    desk: Desk, case_id: str, room: str, tags: list[str], end: int
) -> list[tuple[str, str, int, EntryRow]]:
    place = (CellVersionRow.row, CellVersionRow.column)
    newest = (
        select(*place, func.max(CellVersionRow.version).label("version"))
        .where(CellVersionRow.case_id == case_id, CellVersionRow.seq < end)
        .group_by(*place)
        .subquery()
    )
    query = (
        select(CellVersionRow.row, CellVersionRow.column, CellVersionRow.version, EntryRow)
        .join(
            newest,
            and_(
                CellVersionRow.row == newest.c.row,
                CellVersionRow.column == newest.c.column,
                CellVersionRow.version == newest.c.version,
            ),
        )
        .join(EntryRow, col(EntryRow.seq) == CellVersionRow.seq)
        .where(
            CellVersionRow.case_id == case_id,
            EntryRow.room_id == room,
            col(EntryRow.visibility).in_(tags),
        )
    )
    return list(desk.session.exec(query))
