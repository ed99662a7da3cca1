"""An import before and after it: what was found in the file, what it would do, what it did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from app.domain.access import Act
from app.domain.errors import NotEntitled, NotFound
from app.domain.people import Actor
from app.domain.sheet_columns import COLUMN, Column, RowKind
from app.domain.sheet_grid import grids_from_json
from app.domain.sheet_import import EXCHANGED, Plan, Sheet
from app.domain.sheet_reading import Block
from app.domain.sheet_schema import may_edit
from app.store import reach, sheet_exchange
from app.store.sheet_exchange import Choices
from app.store.tables.exchange import SheetExportRow, SheetImportRow
from app.store.tables.firms import FirmRow
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class Place:
    """The case somebody imports into."""

    case_id: str
    case_no: str
    firm_name: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The file as it was read: its tables, and the columns they can go into."""

    at: Place
    id: str
    file_name: str
    state: str
    ours: bool  # it came from an export of this sheet, whose versions are known
    sheets: tuple[str, ...]
    blocks: tuple[Block, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class DryRun:
    opened: Opened
    plan: Plan
    lines: Mapping[str, str]  # row → what it is called; the row of the case is not among them


@dataclass(frozen=True, slots=True)
class Written:
    column: Column
    row: str
    before: Any
    after: Any
    kept: bool
    by: str  # who has changed it since, where undoing left it


@dataclass(frozen=True, slots=True)
class Outcome:
    at: Place
    id: str
    file_name: str
    state: str
    applied_at: datetime | None
    undone_at: datetime | None
    cells: tuple[Written, ...]
    lines: Mapping[str, str]


def place_of(desk: Desk, actor: Actor, case_id: str, act: Act = Act.EDIT_SHEET) -> Place:
    case = reach.case(desk, actor, case_id, act)
    firm = desk.session.get_one(FirmRow, case.row.firm_id)
    return Place(case.row.id, case.row.case_no, firm.name)


def opened(
    desk: Desk, actor: Actor, case_id: str, import_id: str, heads: Mapping[int, int]
) -> Opened:
    row, case = _in_hand(desk, actor, case_id, import_id)
    return _opened(desk, actor, row, case, sheet_exchange.blocks_now(desk, actor, case, row, heads))


def _opened(
    desk: Desk,
    actor: Actor,
    row: SheetImportRow,
    case: reach.CaseInHand,
    blocks: tuple[Block, ...],
) -> Opened:
    rights = sheet_exchange.rights_of(actor, case)
    return Opened(
        at=place_of(desk, actor, case.row.id),
        id=row.id,
        file_name=row.file_name,
        state=row.state,
        ours=bool(row.export_id),
        sheets=tuple("" if one.hidden else one.name for one in grids_from_json(row.grids)),
        blocks=blocks,
        columns=tuple(one for one in EXCHANGED if one.key in rights),
    )


def dry_run(desk: Desk, actor: Actor, case_id: str, import_id: str, choices: Choices) -> DryRun:
    row, case = _in_hand(desk, actor, case_id, import_id)
    blocks, plan = sheet_exchange.plan_now(desk, actor, case, row, choices)
    sheet = sheet_exchange.sheet_now(desk, actor, case)
    return DryRun(_opened(desk, actor, row, case, blocks), plan, line_names(sheet))


def outcome(desk: Desk, actor: Actor, case_id: str, import_id: str) -> Outcome:
    row, case = _in_hand(desk, actor, case_id, import_id)
    sheet = sheet_exchange.sheet_now(desk, actor, case)
    # Version 0: nobody wrote it since, but it may no longer be edited.
    kept = {(one["row"], one["column"]): one["version"] for one in row.kept}
    cells = []
    for one in row.written:
        if one["column"] not in sheet.rights:
            continue
        name = one["row"], one["column"]
        held = sheet.held(*name)
        left = name in kept
        cells.append(
            Written(
                column=COLUMN[one["column"]],
                row=one["row"],
                before=one["before"],
                after=one["after"],
                kept=left,
                by=f"{held.agency} {held.person}" if left and kept[name] else "",
            )
        )
    return Outcome(
        at=place_of(desk, actor, case_id),
        id=row.id,
        file_name=row.file_name,
        state=row.state,
        applied_at=row.applied_at,
        undone_at=row.undone_at,
        cells=tuple(cells),
        lines=line_names(sheet),
    )


def line_names(sheet: Sheet) -> dict[str, str]:
    """An agency's proposals are called by its name, other lines by their place in the list."""
    listed = (sheet.lines.get(kind, {}) for kind in (RowKind.ISSUE, RowKind.PROGRESS))
    proposals = {sheet.agency_id, *sheet.lines.get(RowKind.PROPOSAL, {})}
    return {
        **{row: str(number) for lines in listed for number, row in enumerate(lines, 1)},
        **{row: sheet.agencies.get(row, "") for row in proposals},
    }


def own_exports(desk: Desk, actor: Actor, case_id: str) -> list[SheetExportRow]:
    """The newest files one's own agency has taken out of the sheet."""
    case = reach.case(desk, actor, case_id, Act.SEE_SHEET)
    query = (
        select(SheetExportRow)
        .where(SheetExportRow.case_id == case.row.id, SheetExportRow.agency_id == actor.agency_id)
        .order_by(col(SheetExportRow.at).desc(), col(SheetExportRow.id))
        .limit(5)
    )
    return list(desk.session.exec(query))


def may_import(desk: Desk, actor: Actor, case_id: str) -> bool:
    """Whether there is any cell at all this person could bring something into."""
    try:
        case = reach.case(desk, actor, case_id, Act.EDIT_SHEET)
    except (NotEntitled, NotFound):
        return False
    rights = sheet_exchange.rights_of(actor, case)
    return any(
        may_edit(right, actor.agency_id, actor.agency_id)
        for key, right in rights.items()
        if not COLUMN[key].record
    )


def _in_hand(
    desk: Desk, actor: Actor, case_id: str, import_id: str
) -> tuple[SheetImportRow, reach.CaseInHand]:
    case = reach.case(desk, actor, case_id, Act.EDIT_SHEET)
    row = sheet_exchange.import_of(desk, actor, import_id)
    if row.case_id != case.row.id:
        raise NotFound
    return row, case
