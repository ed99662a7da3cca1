"""履歴: every version of one cell, read in the journal where the table of versions points to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from app.clock import iso
from app.domain.access import Act
from app.domain.case_life import CaseStatus
from app.domain.errors import NotFound
from app.domain.facts import RoomKind
from app.domain.people import Actor
from app.domain.sheet_columns import COLUMN, Column
from app.domain.sheet_schema import is_frozen, may_edit, may_see, right_at, visible_tags
from app.queries.sheet_snapshot import Snapshot
from app.store import journal, reach, sheets
from app.store.agencies import by_ids
from app.store.tables.journal import EntryRow
from app.store.tables.sheets import CellVersionRow
from app.store.unit_of_work import Desk

# Versions in one answer.
PAGE = 50


@dataclass(frozen=True, slots=True)
class Version:
    """``before`` is what stood there until then; of an entry that was erased nothing is known."""

    version: int
    at: datetime
    person: str
    agency: str
    agency_kind: str
    before: Any
    value: Any
    source: str
    reason: str
    is_known: bool

    def as_json(self) -> Snapshot:
        return {name: getattr(self, name) for name in self.__slots__} | {"at": iso(self.at)}


@dataclass(frozen=True, slots=True)
class CellHistory:
    """The newest first; ``earlier``: the version before which the next page goes on, if any."""

    column: Column
    versions: tuple[Version, ...]
    earlier: int | None
    may_write: bool
    is_frozen: bool


def cell_history(
    desk: Desk, actor: Actor, case_id: str, row: str, key: str, before: int | None = None
) -> CellHistory:
    """By the rights of this moment; a cell out of sight answers as one that does not exist."""
    case = reach.case(desk, actor, case_id, Act.SEE_SHEET)
    column, line = COLUMN.get(key), sheets.row_of(desk.session, case_id, row)
    if column is None or line is None or line.kind != column.row_kind:
        raise NotFound
    status = CaseStatus(case.row.status)
    right = right_at(actor, case.standing, column, status)
    if not may_see(right, line.owner_agency_id, actor.agency_id):
        raise NotFound
    found = _entries(desk, case_id, row, key, before, visible_tags(actor, case.standing))
    kinds = {key: one.kind for key, one in _agencies(desk, found).items()}
    pairs = zip(found, [*found[1:], None], strict=False)
    versions = tuple(_version(number, entry, prior, kinds) for (number, entry), prior in pairs)
    return CellHistory(
        column=column,
        versions=versions[:PAGE],
        earlier=versions[PAGE - 1].version if len(versions) > PAGE else None,
        may_write=may_edit(right, line.owner_agency_id, actor.agency_id),
        is_frozen=is_frozen(column.group, status),
    )


# Its number in the cell, and its entry.
Found = tuple[int, EntryRow]


def _entries(
    desk: Desk, case_id: str, row: str, key: str, before: int | None, tags: frozenset[str]
) -> list[Found]:
    """One more than a page, whose value the page's last one replaced."""
    query = (
        select(CellVersionRow.version, EntryRow)
        .join(EntryRow, col(EntryRow.seq) == CellVersionRow.seq)
        .where(
            CellVersionRow.case_id == case_id,
            CellVersionRow.row == row,
            CellVersionRow.column == key,
            EntryRow.room_id == journal.room_id(RoomKind.SHEET, case_id),
            col(EntryRow.visibility).in_(["", *sorted(tags)]),
        )
        .order_by(col(CellVersionRow.version).desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        query = query.where(CellVersionRow.version < before)
    return list(desk.session.exec(query))


def _agencies(desk: Desk, found: list[Found]) -> dict[str, Any]:
    return by_ids(desk.session, {entry.agency_id for _number, entry in found})


def _version(number: int, entry: EntryRow, prior: Found | None, kinds: dict[str, str]) -> Version:
    body, earlier = entry.body or {}, (prior[1].body or {}) if prior else {}
    return Version(
        version=number,
        at=entry.at,
        person=entry.person_name,
        agency=entry.agency_name,
        agency_kind=kinds.get(entry.agency_id, ""),
        before=earlier.get("value"),
        value=body.get("value"),
        source=body.get("source", ""),
        reason=body.get("reason", ""),
        is_known="value" in body,
    )
