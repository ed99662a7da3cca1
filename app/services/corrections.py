"""訂正の扱い: an agency takes over what the firm says is right, or sets it aside and says why."""

from typing import Annotated

from pydantic import Field
from sqlmodel import select

from app.domain.access import Act
from app.domain.cell_sources import CellSource
from app.domain.errors import NotEntitled, NotFound
from app.domain.facts import CorrectionSetAside, CorrectionTaken
from app.domain.guests import CorrectionState, require_waiting
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.sheet_columns import COLUMN
from app.domain.sheet_schema import may_edit, right_to
from app.services.commands import Command, Done, Id, Whole, paragraph
from app.services.use_case import use_case
from app.store import reach, sheets
from app.store.tables.conferences import AgendaItemRow, ConferenceRow
from app.store.tables.guests import FirmCorrectionRow
from app.store.unit_of_work import UnitOfWork


class TakeCorrection(Command):
    """``base_version`` is the version of the cell that was seen: 0 for one never written."""

    correction_id: Id
    base_version: Annotated[Whole, Field(ge=0)]


class SetCorrectionAside(Command):
    correction_id: Id
    reason: Annotated[str, paragraph(500)]


@use_case
def take_correction(uow: UnitOfWork, actor: Actor, command: TakeCorrection) -> Done:
    """The value goes into the sheet under the name of the agency that takes it over."""
    item, row = _in_hand(uow, actor, command.correction_id)
    held = sheets.cell_of(uow.session, _case_id(item), sheets.CASE_ROW, row.column)
    version = held.version if held else 0
    if version != command.base_version:
        raise sheets.clash(held)
    _cursor, version = sheets.put_cell(
        uow,
        _case_id(item),
        sheets.CASE_ROW,
        row.column,
        row.value,
        actor,
        source=CellSource.FIRM,
    )
    _answer(uow, actor, row, CorrectionState.TAKEN)
    cursor = uow.record(item.room, CorrectionTaken(correction_id=row.id))
    return Done(id=row.id, cursor=cursor, version=version)


@use_case
def set_correction_aside(uow: UnitOfWork, actor: Actor, command: SetCorrectionAside) -> Done:
    """The sheet stays as it is; the reason is told to the firm as well."""
    item, row = _in_hand(uow, actor, command.correction_id)
    row.answer = command.reason
    _answer(uow, actor, row, CorrectionState.SET_ASIDE)
    fact = CorrectionSetAside(correction_id=row.id, reason=command.reason)
    return Done(id=row.id, cursor=uow.record(item.room, fact))


def _in_hand(
    uow: UnitOfWork, actor: Actor, correction_id: str
) -> tuple[reach.ItemInHand, FirmCorrectionRow]:
    """Whoever may edit the column answers; conference, item and case are locked in this order."""
    query = (
        select(AgendaItemRow.id, AgendaItemRow.conference_id)
        .join(FirmCorrectionRow)
        .where(FirmCorrectionRow.id == correction_id)
    )
    found = uow.session.exec(query).first()
    if found is None:
        raise NotFound
    reach.load(uow, ConferenceRow, found[1])
    item = reach.item(uow, actor, found[0], Act.ANSWER_CORRECTION)
    case = reach.case(uow, actor, _case_id(item), Act.EDIT_SHEET)
    row = reach.load(uow, FirmCorrectionRow, correction_id)
    right = right_to(actor, case.standing, COLUMN[row.column].group)
    if not may_edit(right, None, actor.agency_id):
        raise NotEntitled(_("この欄を編集する権限がありません。"))
    require_waiting(CorrectionState(row.state))
    return item, row


def _answer(uow: UnitOfWork, actor: Actor, row: FirmCorrectionRow, state: CorrectionState) -> None:
    row.state, row.answered_at = state, uow.now()
    row.answered_by, row.answered_agency = actor.person_name, actor.agency_name
    uow.session.add(row)


def _case_id(item: reach.ItemInHand) -> str:
    if item.case is None:
        raise NotFound
    return item.case.id
