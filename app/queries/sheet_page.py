"""The information-sharing sheet as plain tables: each cell, and whether it may be changed."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlmodel import col, select

from app.domain.access import Act
from app.domain.conference import UNDER_WAY, ItemStatus
from app.domain.people import Actor
from app.domain.sheet_columns import COLUMNS, Column, RowKind
from app.domain.sheet_schema import Right, may_edit
from app.queries.sheet_at import sheet_at
from app.queries.sheet_snapshot import owners_of, sheet_columns, sheet_snapshot
from app.store import reach
from app.store.sheets import CASE_ROW
from app.store.tables.agencies import AgencyRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow, SeatRow
from app.store.tables.firms import FirmRow
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``version`` 0 means that nobody has written it yet."""

    row: str
    column: Column
    value: Any
    version: int
    person: str
    agency: str
    at: str | None
    editable: bool
    reason: str  # of the 訂正 by which it got its value
    is_frozen: bool  # changes only as a 訂正


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list (issues, proposals, notes), with the agency it belongs to."""

    id: str
    owner_id: str | None
    owner: str
    owner_kind: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Cells of the case itself that stand together."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class List:
    """A list of the sheet; ``may_add`` says whether the actor may add a line."""

    kind: RowKind
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    may_add: bool


@dataclass(frozen=True, slots=True)
class SheetPage:
    case_id: str
    case_no: str
    firm_name: str
    groups: tuple[Group, ...]
    lists: tuple[List, ...]
    room: tuple[str, str] | None  # conference and item at which the case is discussed now
    at: datetime | None  # as it stood then, and nothing can be changed; None: as it stands

    def of_kind(self, kind: str) -> List | None:
        return next((one for one in self.lists if one.kind == kind), None)


class _Reader:
    """Finds cells in a snapshot and says whether this actor may change them."""

    def __init__(
        self, actor: Actor, snapshot: dict[str, Any], rights: dict[str, Right], frozen: Set[str]
    ) -> None:
        self._actor, self._cells, self._rights = actor, snapshot["cells"], rights
        self._frozen = frozen

    def cell(self, row: str, owner_id: str | None, column: Column) -> Cell:
        held = self._cells.get(f"{row}|{column.key}", {})
        return Cell(
            row=row,
            column=column,
            value=held.get("value"),
            version=held.get("version", 0),
            person=held.get("person", ""),
            agency=held.get("agency", ""),
            at=held.get("at"),
            editable=may_edit(self._rights[column.key], owner_id, self._actor.agency_id),
            reason=held.get("reason", ""),
            is_frozen=column.key in self._frozen,
        )


def sheet_page(desk: Desk, actor: Actor, case_id: str, at: datetime | None = None) -> SheetPage:
    """As it stands, or as it stood at a moment; always by what the actor may see today."""
    case = reach.case(desk, actor, case_id, Act.SEE_SHEET)
    firm = desk.session.get(FirmRow, case.row.firm_id)
    snapshot = sheet_at(desk, actor, case_id, at) if at else sheet_snapshot(desk, actor, case_id)
    known = sheet_columns(desk, actor, case_id)
    rights = {column["key"]: Right.VIEW if at else Right(column["right"]) for column in known}
    frozen = {column["key"] for column in known if column["frozen"]}
    labels = {column["key"]: str(column["group_label"]) for column in known}
    columns = [column for column in COLUMNS if column.key in rights]
    reader = _Reader(actor, snapshot, rights, frozen)
    of_case = [column for column in columns if column.row_kind is RowKind.CASE]
    groups = tuple(
        Group(
            label=labels[members[0].key],
            cells=tuple(reader.cell(CASE_ROW, None, column) for column in members),
        )
        for _key, one in groupby(of_case, key=lambda column: column.group)
        for members in [list(one)]
    )
    agencies = _agencies(desk, actor, case_id)
    lines = {row["id"]: row for row in snapshot["rows"]}
    if not at:
        # Every agency at the table has its line, written or not.
        seats = {key: {"id": key, "owner_id": key, "kind": RowKind.PROPOSAL} for key in agencies}
        lines = seats | lines
    lists = tuple(
        _list(reader, actor, kind, columns, lines, agencies)
        for kind in (RowKind.PROPOSAL, RowKind.ISSUE, RowKind.PROGRESS, RowKind.NOTE)
        if any(column.row_kind is kind for column in columns)
    )
    return SheetPage(
        case_id=case_id,
        case_no=case.row.case_no,
        firm_name=firm.name if firm else "",
        groups=groups,
        lists=lists,
        room=None if at else _room(desk, actor, case_id),
        at=at,
    )


def _list(
    reader: _Reader,
    actor: Actor,
    kind: RowKind,
    columns: list[Column],
    rows: dict[str, dict[str, Any]],
    agencies: dict[str, dict[str, Any]],
) -> List:
    own = tuple(column for column in columns if column.row_kind is kind)
    held = {row: one["owner_id"] for row, one in rows.items() if one["kind"] == kind}
    if kind is RowKind.PROPOSAL:
        order = list(agencies)  # of the office
        known = sorted((row for row in held if row in agencies), key=order.index)
        held = {row: row for row in [*known, *(row for row in held if row not in agencies)]}
    lines = tuple(
        Line(
            id=row,
            owner_id=owner,
            owner=agencies.get(owner or "", {}).get("name", ""),
            owner_kind=agencies.get(owner or "", {}).get("kind", ""),
            cells=tuple(reader.cell(row, owner, column) for column in own),
        )
        for row, owner in held.items()
    )
    owner = None if kind is RowKind.ISSUE else actor.agency_id
    may_add = kind is not RowKind.PROPOSAL and reader.cell("", owner, own[0]).editable
    return List(kind=kind, columns=own, lines=lines, may_add=may_add)


def _agencies(desk: Desk, actor: Actor, case_id: str) -> dict[str, dict[str, Any]]:
    """Member seats of the conference that last took the case up, then other owners of rows."""
    query = (
        select(AgencyRow)
        .join(SeatRow, col(SeatRow.agency_id) == col(AgencyRow.id))
        .where(SeatRow.conference_id == _last_conference(desk, case_id), SeatRow.role == "member")
        .order_by(col(SeatRow.position))
    )
    seated = {row.id: {"name": row.name, "kind": row.kind} for row in desk.session.exec(query)}
    owners = owners_of(desk, actor, case_id)
    return seated | {k: v for k, v in owners.items() if k not in seated}


def _last_conference(desk: Desk, case_id: str) -> str | None:
    query = (
        select(ConferenceRow.id)
        .join(AgendaItemRow, col(AgendaItemRow.conference_id) == col(ConferenceRow.id))
        .where(AgendaItemRow.case_id == case_id)
        .order_by(col(ConferenceRow.starts_at).desc())
        .limit(1)
    )
    return desk.session.exec(query).first()


def _room(desk: Desk, actor: Actor, case_id: str) -> tuple[str, str] | None:
    """Where the case is discussed at this moment, if the actor's agency has a seat there."""
    query = (
        select(ConferenceRow.id, AgendaItemRow.id)
        .join(AgendaItemRow, col(AgendaItemRow.conference_id) == col(ConferenceRow.id))
        .join(SeatRow, col(SeatRow.conference_id) == col(ConferenceRow.id))
        .where(
            AgendaItemRow.case_id == case_id,
            AgendaItemRow.status == ItemStatus.RUNNING,
            col(ConferenceRow.status).in_(UNDER_WAY),
            SeatRow.agency_id == actor.agency_id,
        )
    )
    found = desk.session.exec(query).first()
    return (found[0], found[1]) if found else None
