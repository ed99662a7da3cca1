"""Editing the information-sharing sheet: one cell at a time, against the version one saw."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from app.domain.access import Act
from app.domain.case_life import CaseStatus
from app.domain.cell_sources import REASON_LENGTH, CellSource
from app.domain.errors import Malformed, NotEntitled, NotFound
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.sheet_columns import COLUMN, Column, RowKind
from app.domain.sheet_schema import is_frozen, may_edit, may_see, right_at
from app.domain.sheet_values import CellValue, value_for
from app.domain.text import TextProblem
from app.services.commands import Command, Done, Id, paragraph
from app.services.use_case import use_case
from app.store import reach, sheets
from app.store.columns import new_id
from app.store.unit_of_work import UnitOfWork

_ADDABLE = frozenset(RowKind) - {RowKind.CASE}
Given = Annotated[
    str | int | list[str] | None,
    BeforeValidator(lambda v: None if v == "" else v),
]


class WriteCell(Command):
    """``base_version`` is the version the writer saw: 0 for a cell never written.

    ``reason``: 訂正理由 of a cell that stands as it was decided; all others take none.
    """

    case_id: Id
    row: str = Field(max_length=40)
    column: str = Field(max_length=40)
    value: Given = None
    base_version: int = Field(ge=0)
    source: str = Field(default="typed", pattern="^(typed|paste|undo|form|choice)$")
    reason: Annotated[str, paragraph(REASON_LENGTH, required=False)] = ""


class AddSheetRow(Command):
    case_id: Id
    kind: RowKind


@use_case
def write_cell(uow: UnitOfWork, actor: Actor, command: WriteCell) -> Done:
    """Different cells never disturb each other; the same cell refuses a version that is old."""
    case = reach.case(uow, actor, command.case_id, Act.EDIT_SHEET)
    column = COLUMN.get(command.column)
    if column is None:
        raise NotFound
    owner = _owner(uow, actor, case, column, command.row)
    status = CaseStatus(case.row.status)
    right = right_at(actor, case.standing, column, status)
    if not may_see(right, owner, actor.agency_id):
        raise NotFound
    if column.record:
        raise NotEntitled(
            _("この欄には、登録された内容がそのまま表示されます。"),
            remedy=_("元の登録（企業、同意、決定）を改めると、ここも変わります。"),
        )
    if not may_edit(right, owner, actor.agency_id):
        raise NotEntitled(_("この欄を編集する権限がありません。"))
    value = _checked(column, command.value)
    _require_reason(is_frozen(column.group, status), command.reason)
    if (
        column.row_kind is RowKind.PROPOSAL
        and sheets.row_of(uow.session, case.row.id, command.row) is None
    ):
        sheets.add_row(uow, case.row.id, command.row, RowKind.PROPOSAL, owner)
    held = sheets.cell_of(uow.session, case.row.id, command.row, column.key)
    version = held.version if held else 0
    if version != command.base_version:
        raise sheets.clash(held)
    cursor, version = sheets.put_cell(
        uow,
        case.row.id,
        command.row,
        column.key,
        value,
        actor,
        source=CellSource(command.source),
        reason=command.reason,
    )
    return Done(id=command.row, cursor=cursor, version=version)


@use_case
def add_sheet_row(uow: UnitOfWork, actor: Actor, command: AddSheetRow) -> Done:
    """A new line in one of the sheet's lists; each agency has one line of proposals."""
    case = reach.case(uow, actor, command.case_id, Act.EDIT_SHEET)
    if command.kind not in _ADDABLE:
        raise Malformed(_("この行は追加できません。"), fields={"kind": _("追加できません。")})
    column = next(c for c in COLUMN.values() if c.row_kind is command.kind)
    owner = None if command.kind is RowKind.ISSUE else actor.agency_id
    right = right_at(actor, case.standing, column, CaseStatus(case.row.status))
    if not may_edit(right, owner, actor.agency_id):
        raise NotEntitled(_("この欄を編集する権限がありません。"))
    row = actor.agency_id if command.kind is RowKind.PROPOSAL else new_id()
    if sheets.row_of(uow.session, case.row.id, row) is not None:
        return Done(id=row)
    cursor = sheets.add_row(uow, case.row.id, row, command.kind, owner)
    return Done(id=row, cursor=cursor)


def _require_reason(frozen: bool, reason: str) -> None:
    if frozen and not reason:
        raise Malformed(
            _("決定後の訂正には理由が必要です。"),
            fields={"reason": _("訂正の理由を入力してください。")},
        )
    if reason and not frozen:
        raise Malformed(
            _("訂正理由は、決定後の訂正にだけ記入します。"),
            fields={"reason": _("理由を空欄にしてください。")},
        )


def _owner(
    uow: UnitOfWork, actor: Actor, case: reach.CaseInHand, column: Column, row: str
) -> str | None:
    """Whose line it is; the line of an agency's own proposals need not exist before."""
    held = sheets.row_of(uow.session, case.row.id, row)
    if held is not None:
        if held.kind != column.row_kind:
            raise NotFound
        return held.owner_agency_id
    if column.row_kind is RowKind.PROPOSAL and row == actor.agency_id:
        return actor.agency_id
    raise NotFound


def _checked(column: Column, given: object) -> CellValue:
    try:
        return value_for(column, given)
    except TextProblem as problem:
        raise Malformed(
            _("この値は保存できませんでした。"), fields={"value": problem.sentence}
        ) from problem
