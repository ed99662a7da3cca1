"""取込み: the cells of a file into the sheet as one act, which can be undone as one."""

from typing import Annotated, Any

from pydantic import Field
from sqlmodel import col, func, select

from app.domain.access import Act
from app.domain.cell_sources import CellSource
from app.domain.errors import Malformed, NotFound, StaleVersion, StateForbids, TooMany
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.sheet_columns import COLUMN, RowKind
from app.domain.sheet_grid import Grid, grids_to_json
from app.domain.sheet_import import Item
from app.domain.sheet_reading import export_number
from app.domain.sheet_schema import may_edit
from app.services.commands import Command, Digest, Done, Id
from app.services.use_case import use_case
from app.store import reach, sheet_exchange, sheets
from app.store.columns import new_id
from app.store.sheet_exchange import APPLIED, READ, UNDONE, Choices
from app.store.tables.exchange import SheetExportRow, SheetImportRow
from app.store.unit_of_work import Database, UnitOfWork

MOST_AN_HOUR = 60
_Told = Annotated[str, Field(max_length=60)]


class ImportSheet(Command):
    """``mapping``: ``block.field=column``. ``take``: of the cells that clash, those to overwrite.

    ``seen`` is the fingerprint of the dry run that was looked at.
    """

    import_id: Id
    mapping: tuple[_Told, ...] = Field(max_length=600)
    heads: tuple[_Told, ...] = Field(default=(), max_length=40)
    take: tuple[Annotated[str, Field(max_length=90)], ...] = Field(default=(), max_length=2000)
    seen: Digest


class UndoImport(Command):
    import_id: Id


def require_turn(database: Database, actor: Actor, case_id: str) -> None:
    """Before a file is taken apart: who may not write the sheet has nothing to import."""
    with database.read() as desk:
        reach.case(desk, actor, case_id, Act.EDIT_SHEET)
        recent = select(func.count()).where(
            SheetImportRow.person_id == actor.person_id,
            col(SheetImportRow.at) > desk.now() - sheet_exchange.KEPT_FOR / 24,
        )
        if desk.session.exec(recent).one() >= MOST_AN_HOUR:
            raise TooMany(_("短い時間に多くのファイルが送られたため、受け付けを止めています。"))


def keep_reading(
    database: Database, actor: Actor, case_id: str, name: str, grids: tuple[Grid, ...]
) -> str:
    """No command, as for uploads: bytes travel by one door only, and nothing changes yet."""
    number = export_number(grids)
    with database.begin() as uow:
        case = reach.case(uow, actor, case_id, Act.EDIT_SHEET)
        of = uow.session.get(SheetExportRow, number) if number else None
        if of is not None and of.case_id != case.row.id:
            raise Malformed(
                _("このファイルは取り込めません。"),
                fields={"file": _("別の案件から書き出されたファイルです。")},
            )
        sheet_exchange.put_away_old(uow)
        row = SheetImportRow(
            id=new_id(),
            case_id=case.row.id,
            person_id=actor.person_id,
            person_name=actor.person_name,
            agency_id=actor.agency_id,
            agency_name=actor.agency_name,
            file_name=name,
            state=READ,
            export_id=number if of else "",
            grids=grids_to_json(grids),
            at=uow.now(),
        )
        uow.session.add(row)
        return row.id


@use_case
def import_sheet(uow: UnitOfWork, actor: Actor, command: ImportSheet) -> Done:
    """All that the dry run showed, or nothing: if anybody wrote meanwhile, it is shown again."""
    row, case = _in_hand(uow, actor, command.import_id)
    if row.state != READ:
        raise StateForbids(_("このファイルはすでに取り込まれています。"))
    choices = Choices.of(command.heads, command.mapping)
    blocks, plan = sheet_exchange.plan_now(uow, actor, case, row, choices)
    if plan.fingerprint != command.seen:
        raise StaleVersion(
            _("確認の後にシートが変更されたため、まだ取り込んでいません。"),
            remedy=_("新しい内容で確認し直してください。"),
        )
    chosen = plan.chosen(frozenset(command.take))
    if not chosen:
        raise Malformed(_("取り込む変更がありません。"))
    lines = _lines(uow, actor, case.row.id, chosen)
    row.written = [
        _write(uow, actor, case.row.id, lines.get(one.row, one.row), one) for one in chosen
    ]
    row.state, row.applied_at, row.grids = APPLIED, uow.now(), []
    uow.session.add(row)
    sheet_exchange.remember(uow, actor, case, blocks, choices.mapping)
    return Done(id=row.id, version=len(chosen))


@use_case
def undo_import(uow: UnitOfWork, actor: Actor, command: UndoImport) -> Done:
    """What nobody has changed since goes back; what others wrote stays, and is named."""
    row, case = _in_hand(uow, actor, command.import_id)
    if row.state != APPLIED:
        raise StateForbids(_("この取込みは元に戻せる状態ではありません。"))
    rights, kept = sheet_exchange.rights_of(actor, case), []
    for one in row.written:
        held = sheets.cell_of(uow.session, case.row.id, one["row"], one["column"])
        line = sheets.row_of(uow.session, case.row.id, one["row"])
        right = rights.get(one["column"])
        owner = line.owner_agency_id if line else None
        if right is None or not may_edit(right, owner, actor.agency_id):
            kept.append({"row": one["row"], "column": one["column"], "version": 0})
        elif held is None or held.version != one["version"]:
            version = held.version if held else 0
            kept.append({"row": one["row"], "column": one["column"], "version": version})
        else:
            at = (case.row.id, one["row"], one["column"])
            sheets.put_cell(uow, *at, one["before"], actor, source=CellSource.UNDO)
    if len(kept) == len(row.written):
        raise StateForbids(
            _("元に戻せる欄がありません。"),
            remedy=_("取り込んだ欄はすべて後から変更されたか、編集する権限がなくなっています。"),
        )
    row.state, row.undone_at, row.kept = UNDONE, uow.now(), kept
    uow.session.add(row)
    return Done(id=row.id, version=len(row.written) - len(kept))


def _in_hand(
    uow: UnitOfWork, actor: Actor, import_id: str
) -> tuple[SheetImportRow, reach.CaseInHand]:
    """The case is locked first: then whatever is read of the sheet stays as it is."""
    case = reach.case(
        uow, actor, sheet_exchange.import_of(uow, actor, import_id).case_id, Act.EDIT_SHEET
    )
    return sheet_exchange.import_of(uow, actor, import_id), case


def _lines(uow: UnitOfWork, actor: Actor, case_id: str, chosen: tuple[Item, ...]) -> dict[str, str]:
    """Make the lines that are not there yet; name in the plan → row."""
    made: dict[str, str] = {}
    for one in chosen:
        if one.row in made or sheets.row_of(uow.session, case_id, one.row) is not None:
            continue
        kind = COLUMN[one.column].row_kind
        if kind is RowKind.CASE:
            raise NotFound
        made[one.row] = one.row if kind is RowKind.PROPOSAL else new_id()
        owner = {RowKind.PROPOSAL: one.row, RowKind.PROGRESS: actor.agency_id}.get(kind)
        sheets.add_row(uow, case_id, made[one.row], kind, owner)
    return made


def _write(uow: UnitOfWork, actor: Actor, case_id: str, row: str, one: Item) -> dict[str, Any]:
    """Against the version the plan was made from; the case is locked since."""
    held = sheets.cell_of(uow.session, case_id, row, one.column)
    if (held.version if held else 0) != one.version:
        raise sheets.clash(held)
    _cursor, version = sheets.put_cell(
        uow, case_id, row, one.column, one.after, actor, source=CellSource.IMPORT
    )
    told = {"row": row, "column": one.column, "version": version, "sheet": one.sheet}
    return told | {"before": one.before, "after": one.after, "address": one.address}
