"""利益相反: an agency leaves the item of a case, or is taken out of it, and may come back."""

from typing import Annotated

from sqlmodel import select

from app.domain import interest
from app.domain.access import Act
from app.domain.conference import ConferenceStatus, ItemStatus, SeatRole
from app.domain.errors import Malformed, NotFound
from app.domain.facts import RecusalDenied, RecusalSuggested
from app.domain.interest import Origin, RecusalState, Situation
from app.domain.people import Actor
from app.domain.sentences import _
from app.services.commands import Command, Done, Id, paragraph
from app.services.use_case import use_case
from app.store import reach, recusals
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow, SeatRow
from app.store.tables.recusals import RecusalRow
from app.store.unit_of_work import UnitOfWork

Reason = Annotated[str, paragraph(500)]


class DeclareRecusal(Command):
    """申出: the agency itself leaves; it sees nothing more of the case from this moment on."""

    item_id: Id
    reason: Reason


class DenyRecusal(Command):
    """The agency was asked, and says why there is no conflict."""

    item_id: Id
    reason: Reason


class SuggestRecusal(Command):
    item_id: Id
    agency_id: Id
    reason: Reason


class PinRecusal(Command):
    """議長の判断: the chair takes another agency out and says why."""

    item_id: Id
    agency_id: Id
    reason: Reason


class LiftRecusal(Command):
    item_id: Id
    agency_id: Id
    reason: Reason


@use_case
def declare_recusal(uow: UnitOfWork, actor: Actor, command: DeclareRecusal) -> Done:
    item = _in_hand(uow, actor, command.item_id, Act.DECLARE_RECUSAL)
    interest.require_declarable(_situation(uow, item, actor.agency_id))
    row, cursor = recusals.recuse(
        uow, actor, item.row, actor.agency_id, Origin.DECLARED, command.reason
    )
    return Done(id=row.id, cursor=cursor)


@use_case
def suggest_recusal(uow: UnitOfWork, actor: Actor, command: SuggestRecusal) -> Done:
    item = _in_hand(uow, actor, command.item_id, Act.SUGGEST_RECUSAL)
    _require_member(uow, item, command.agency_id)
    interest.require_suggestible(_situation(uow, item, command.agency_id), actor.agency_id)
    row = RecusalRow(
        item_id=item.row.id,
        agency_id=command.agency_id,
        state=RecusalState.SUGGESTED,
        origin=Origin.SUGGESTED,
        reason=command.reason,
        person_name=actor.person_name,
        agency_name=actor.agency_name,
        at=uow.now(),
    )
    uow.session.add(row)
    fact = RecusalSuggested(recusal_id=row.id, agency_id=row.agency_id, reason=row.reason)
    return Done(id=row.id, cursor=uow.record(item.room, fact))


@use_case
def deny_recusal(uow: UnitOfWork, actor: Actor, command: DenyRecusal) -> Done:
    item = _in_hand(uow, actor, command.item_id, Act.DECLARE_RECUSAL)
    interest.require_deniable(_situation(uow, item, actor.agency_id))
    row = recusals.newest(uow.session, item.row.id, actor.agency_id)
    if row is None:
        raise NotFound
    row.state, row.answer = RecusalState.DENIED, command.reason
    row.answered_by, row.answered_at = actor.person_name, uow.now()
    uow.session.add(row)
    fact = RecusalDenied(recusal_id=row.id, agency_id=row.agency_id, reason=row.answer)
    return Done(id=row.id, cursor=uow.record(item.room, fact))


@use_case
def pin_recusal(uow: UnitOfWork, actor: Actor, command: PinRecusal) -> Done:
    item = _in_hand(uow, actor, command.item_id, Act.PIN_RECUSAL)
    _require_member(uow, item, command.agency_id)
    interest.require_pinnable(_situation(uow, item, command.agency_id))
    row, cursor = recusals.recuse(
        uow, actor, item.row, command.agency_id, Origin.PINNED, command.reason
    )
    return Done(id=row.id, cursor=cursor)


@use_case
def lift_recusal(uow: UnitOfWork, actor: Actor, command: LiftRecusal) -> Done:
    """Taken back as a mistake: the agency sees the case again wherever it was kept from it."""
    item = _in_hand(uow, actor, command.item_id, Act.LIFT_RECUSAL)
    interest.require_liftable(_situation(uow, item, command.agency_id))
    case_id = item.case.id if item.case else ""
    cursor = recusals.lift(uow, actor, case_id, command.agency_id, command.reason)
    return Done(id=item.row.id, cursor=cursor)


def _in_hand(uow: UnitOfWork, actor: Actor, item_id: str, act: Act) -> reach.ItemInHand:
    """Conference, item and case are locked, in this order: who chairs, who is asked, who may see.

    So no stance, no cell and no question can slip in between the decision and its effect.
    """
    query = select(AgendaItemRow.conference_id).where(AgendaItemRow.id == item_id)
    conference_id = uow.session.exec(query).first()
    if conference_id is None:
        raise NotFound
    reach.load(uow, ConferenceRow, conference_id)
    item = reach.item(uow, actor, item_id, act)
    if item.case is not None:
        reach.load(uow, CaseRow, item.case.id)
    return item


def _situation(uow: UnitOfWork, item: reach.ItemInHand, agency_id: str) -> Situation:
    newest = recusals.newest(uow.session, item.row.id, agency_id)
    return Situation(
        is_case=item.case is not None,
        conference=ConferenceStatus(item.conference.status),
        item=ItemStatus(item.row.status),
        agency_id=agency_id,
        chair_id=item.conference.chair_agency_id,
        state=RecusalState(newest.state) if newest else None,
    )


def _require_member(uow: UnitOfWork, item: reach.ItemInHand, agency_id: str) -> None:
    seat = uow.session.get(SeatRow, (item.conference.id, agency_id))
    if seat is None or seat.role != SeatRole.MEMBER:
        raise Malformed(
            _("この会議の参加機関から選んでください。"),
            fields={"agency_id": _("参加機関ではありません。")},
        )
