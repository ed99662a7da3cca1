"""Exports, files that were read, and what a file would change in the sheet as it is now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from app.domain.case_life import CaseStatus
from app.domain.errors import NotFound
from app.domain.people import Actor
from app.domain.sheet_columns import COLUMN, RowKind
from app.domain.sheet_grid import grids_from_json
from app.domain.sheet_import import (
    EXCHANGED,
    Held,
    Plan,
    Sheet,
    fingerprints,
    known_labels,
    numbered,
)
from app.domain.sheet_import_plan import plan_of
from app.domain.sheet_labels import fold
from app.domain.sheet_reading import Block, blocks_of_file
from app.domain.sheet_schema import Right, is_frozen, may_see, right_at
from app.store.reach import CaseInHand
from app.store.tables.agencies import AgencyRow
from app.store.tables.exchange import SheetExportRow, SheetImportRow, SheetLabelRow
from app.store.tables.sheets import CellRow, SheetRowRow
from app.store.unit_of_work import Desk, UnitOfWork

READ, APPLIED, UNDONE = "read", "applied", "undone"
KEPT_FOR = timedelta(days=1)
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person who imports has said: rows of labels, and columns for labels."""

    heads: Mapping[int, int]
    mapping: Mapping[tuple[int, int], str]

    @staticmethod
    def of(heads: Iterable[str], mapping: Iterable[str]) -> "Choices":
        told = {key[0]: value for key, value in numbered(heads).items()}
        return Choices({k: int(v) for k, v in told.items() if v.isdigit()}, numbered(mapping))


def import_of(desk: Desk, actor: Actor, import_id: str) -> SheetImportRow:
    """Only for the person who brought the file, and for the agency it was brought for."""
    row = desk.session.get(SheetImportRow, import_id, populate_existing=True)
    if row is None or (row.person_id, row.agency_id) != (actor.person_id, actor.agency_id):
        raise NotFound
    return row


def rights_of(actor: Actor, case: CaseInHand) -> dict[str, Right]:
    """Of the columns that go into files; what is hidden is not among them."""
    status = CaseStatus(case.row.status)
    rights = {column.key: right_at(actor, case.standing, column, status) for column in EXCHANGED}
    return {
        key: Right.VIEW if COLUMN[key].record else right
        for key, right in rights.items()
        if right is not Right.HIDDEN
    }


def sheet_now(desk: Desk, actor: Actor, case: CaseInHand, export_id: str = "") -> Sheet:
    rights = rights_of(actor, case)
    kinds = {COLUMN[key].row_kind for key in rights}
    rows = desk.session.exec(
        select(SheetRowRow.row, SheetRowRow.kind, SheetRowRow.owner_agency_id)
        .where(SheetRowRow.case_id == case.row.id)
        .order_by(col(SheetRowRow.position))
    ).all()
    lines: dict[RowKind, dict[str, str | None]] = {kind: {} for kind in kinds}
    for row, kind, owner in rows:
        if RowKind(kind) in lines:
            lines[RowKind(kind)][row] = owner
    owners = {row: owner for of in lines.values() for row, owner in of.items()}
    cells = desk.session.execute(
        columns(
            col(CellRow.row),
            col(CellRow.column),
            col(CellRow.value),
            col(CellRow.version),
            col(CellRow.agency_name),
            col(CellRow.person_name),
        ).where(col(CellRow.case_id) == case.row.id)
    )
    return Sheet(
        agency_id=actor.agency_id,
        rights=rights,
        cells={
            (row, column): Held(value, version, agency, person)
            for row, column, value, version, agency, person in cells
            if row in owners
            and column in rights
            and may_see(rights[column], owners[row], actor.agency_id)
        },
        lines=lines,
        agencies=_names(desk.session, actor, set(owners.values())),
        base=_base(desk.session, case.row.id, export_id),
        fingerprint=fingerprints(desk.secret),
        frozen=frozenset(
            key for key in rights if is_frozen(COLUMN[key].group, CaseStatus(case.row.status))
        ),
    )


def _names(session: Session, actor: Actor, owners: set[str | None]) -> dict[str, str]:
    ids = {one for one in owners if one} | {actor.agency_id}
    rows = session.exec(select(AgencyRow.id, AgencyRow.name).where(col(AgencyRow.id).in_(ids)))
    return dict(rows.all())


def _base(session: Session, case_id: str, export_id: str) -> dict[str, tuple[int, str]] | None:
    row = session.get(SheetExportRow, export_id) if export_id else None
    if row is None or row.case_id != case_id:
        return None
    return {name: (version, told) for name, (version, told) in row.base.items()}


def remembered(session: Session, agency_id: str) -> dict[str, str]:
    rows = session.exec(
        select(SheetLabelRow.label, SheetLabelRow.column).where(
            SheetLabelRow.agency_id == agency_id
        )
    )
    return dict(rows.all())


def blocks_now(
    desk: Desk, actor: Actor, case: CaseInHand, row: SheetImportRow, heads: Mapping[int, int]
) -> tuple[Block, ...]:
    visible = frozenset(rights_of(actor, case))
    known = known_labels(visible, remembered(desk.session, actor.agency_id))
    return blocks_of_file(grids_from_json(row.grids), known, heads)


def plan_now(
    desk: Desk, actor: Actor, case: CaseInHand, row: SheetImportRow, choices: Choices
) -> tuple[tuple[Block, ...], Plan]:
    blocks = blocks_now(desk, actor, case, row, choices.heads)
    sheet = sheet_now(desk, actor, case, row.export_id)
    return blocks, plan_of(blocks, choices.mapping, sheet)


def remember(
    uow: UnitOfWork,
    actor: Actor,
    case: CaseInHand,
    blocks: tuple[Block, ...],
    mapping: Mapping[tuple[int, int], str],
) -> None:
    """What this agency calls a column, where it differs from what we would take it for."""
    ours = known_labels(frozenset(rights_of(actor, case)), {})
    told: dict[str, str] = {}
    for (number, f), key in mapping.items():
        if number < len(blocks) and f < len(blocks[number].fields):
            told[fold(blocks[number].fields[f].label)[:_LONGEST]] = key
    for label, key in told.items():
        held = uow.session.get(SheetLabelRow, (actor.agency_id, label))
        if ours.get(label, "") == key:
            if held is not None:
                uow.session.delete(held)
            continue
        if not label or (key not in COLUMN and key != ""):
            continue
        held = held or SheetLabelRow(
            agency_id=actor.agency_id, label=label, column=key, at=uow.now()
        )
        held.column, held.at = key, uow.now()
        uow.session.add(held)


def put_away_old(uow: UnitOfWork) -> None:
    """A file nobody went on with is not kept: it holds what perhaps was never to be shared."""
    query = select(SheetImportRow).where(
        SheetImportRow.state == READ, col(SheetImportRow.at) < uow.now() - KEPT_FOR
    )
    for row in uow.session.exec(query):
        uow.session.delete(row)
