"""The course of a conference: opening, the chair, one item after the other, closing."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from app.clock import iso
from app.domain import conference as rules
from app.domain.access import Act
from app.domain.conference import (
    CONFERENCE_STATUS_LABELS,
    ConferenceStatus,
    ItemKind,
    ItemStatus,
    Reply,
    SeatRole,
)
from app.domain.errors import Incomplete, Malformed, NotEntitled, StateForbids
from app.domain.facts import (
    ChairHandedOver,
    ConferenceClosed,
    ConferenceOpened,
    ItemExtended,
    ItemStarted,
)
from app.domain.item_course import ItemStep
from app.domain.item_results import lacks, told_lack
from app.domain.opening import Lacking
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.text import listed
from app.services.commands import Command, Done, Id, OptionalDay, Whole, line
from app.services.use_case import use_case
from app.store import carrying, conferences, item_results, opening, reach, recusals
from app.store.agenda import case_on, end, in_agenda, leave_open, take_up
from app.store.item_results import ending_of
from app.store.pictures.keeping import keep_conference, keep_item
from app.store.tables.conferences import ConferenceRow, SeatRow
from app.store.unit_of_work import UnitOfWork


class OpenConference(Command):
    """``chair_name`` is needed when somebody else than the chair's agency opens.

    ``preliminary``: 事前協議扱い, opened although somebody the template requires is missing.
    """

    conference_id: Id
    chair_name: Annotated[str, line(80, required=False)] = ""
    preliminary: bool = False


class HandOverChair(Command):
    conference_id: Id
    agency_id: Id
    person: Annotated[str, line(80)]


class StartItem(Command):
    item_id: Id


class ExtendItem(Command):
    item_id: Id
    minutes: Annotated[Whole, Field(ge=1, le=120)]


class EndItem(Command):
    item_id: Id


class CarryOverItem(Command):
    """継続: the item ends without a result, and says who answers for it and when it goes on.

    With ``conference_id`` it stands on that agenda from now on; otherwise its case can be
    tabled again. What is left out here can be given later, but before the conference closes.
    """

    item_id: Id
    owner_agency_id: Id | None = None
    owner_person: Annotated[str, line(80, required=False)] = ""
    next_date: OptionalDay = None
    conference_id: Id | None = None


class CloseConference(Command):
    conference_id: Id


@use_case
def open_conference(uow: UnitOfWork, actor: Actor, command: OpenConference) -> Done:
    held = reach.conference(uow, actor, command.conference_id, Act.RUN_CONFERENCE)
    row = held.row
    if row.status != ConferenceStatus.PLANNED:
        raise StateForbids(
            _("会議は「{status}」のため、開始できません。"),
            status=CONFERENCE_STATUS_LABELS[ConferenceStatus(row.status)],
        )
    missing = opening.missing_at(uow.session, row)
    if missing and not command.preliminary:
        raise opening.refusal(missing, may_be_preliminary=actor.agency_id == row.chair_agency_id)
    if missing:
        _require_preliminary(actor, row, missing)
        row.preliminary = opening.who_is_missing(missing)
    own = actor.person_name if actor.agency_id == row.chair_agency_id else row.chair_name
    name = command.chair_name or own
    if not name:
        raise Malformed(
            _("議長の氏名を入力してください。"),
            fields={"chair_name": _("入力してください。")},
        )
    row.chair_name, row.status, row.opened_at = name, ConferenceStatus.OPEN, uow.now()
    uow.session.add(row)
    opened = ConferenceOpened(
        chair_agency_id=row.chair_agency_id,
        chair_name=name,
        at=iso(row.opened_at),
        preliminary=row.preliminary or [],
    )
    return Done(id=row.id, cursor=uow.record(held.room, opened))


@use_case
def hand_over_chair(uow: UnitOfWork, actor: Actor, command: HandOverChair) -> Done:
    held = reach.conference(uow, actor, command.conference_id, Act.RUN_CONFERENCE)
    row = held.row
    if conferences.is_over(row):
        raise StateForbids(
            _("会議は「{status}」のため、議長は交代できません。"),
            status=CONFERENCE_STATUS_LABELS[ConferenceStatus(row.status)],
        )
    seat = uow.session.get(SeatRow, (row.id, command.agency_id))
    if seat is None or seat.role != SeatRole.MEMBER or seat.reply == Reply.ABSENT:
        raise Malformed(
            _("議長は、出席する参加機関から選んでください。"),
            fields={"agency_id": _("機関を選び直してください。")},
        )
    for item in conferences.items_of(uow, row.id):
        if item.status == ItemStatus.RUNNING:
            recusals.require_chair_stays(uow.session, item, command.agency_id)
    row.chair_agency_id, row.chair_name = command.agency_id, command.person
    uow.session.add(row)
    fact = ChairHandedOver(chair_agency_id=row.chair_agency_id, chair_name=row.chair_name)
    return Done(id=row.id, cursor=uow.record(held.room, fact))


@use_case
def start_item(uow: UnitOfWork, actor: Actor, command: StartItem) -> Done:
    """One item runs at a time: starting the next ends the one before it."""
    held, item = in_agenda(uow, actor, command.item_id)
    rules.require_open(ConferenceStatus(held.row.status))
    if item.status != ItemStatus.WAITING:
        raise StateForbids(_("この議題はすでに始まっています。"))
    recusals.require_chair_stays(uow.session, item, held.row.chair_agency_id)
    before = conferences.running_of(uow, held.row.id)
    if before is not None:
        end(uow, actor, held.room, before, ending_of(uow, before, case_on(uow, before)))
    item.status, item.started_at = ItemStatus.RUNNING, uow.now()
    item.ends_at = item.started_at + timedelta(minutes=item.minutes)
    if item.kind == ItemKind.CASE:
        item.step = item.step or ItemStep.EXPLANATION
    uow.session.add(item)
    uow.session.flush()
    cursor = uow.record(
        held.room,
        ItemStarted(item_id=item.id, started_at=iso(item.started_at), ends_at=iso(item.ends_at)),
    )
    take_up(uow, actor, held.row, item)
    return Done(id=item.id, cursor=cursor)


@use_case
def extend_item(uow: UnitOfWork, actor: Actor, command: ExtendItem) -> Done:
    """From the planned end, or from now if that has passed."""
    held, item = in_agenda(uow, actor, command.item_id)
    rules.require_open(ConferenceStatus(held.row.status))
    rules.require_running(ItemStatus(item.status))
    item.ends_at = max(item.ends_at or uow.now(), uow.now()) + timedelta(minutes=command.minutes)
    uow.session.add(item)
    fact = ItemExtended(item_id=item.id, ends_at=iso(item.ends_at))
    return Done(id=item.id, cursor=uow.record(held.room, fact))


@use_case
def end_item(uow: UnitOfWork, actor: Actor, command: EndItem) -> Done:
    held, item = in_agenda(uow, actor, command.item_id)
    rules.require_open(ConferenceStatus(held.row.status))
    rules.require_running(ItemStatus(item.status))
    settled = ending_of(uow, item, case_on(uow, item))
    return Done(id=item.id, cursor=end(uow, actor, held.room, item, settled))


@use_case
def carry_over_item(uow: UnitOfWork, actor: Actor, command: CarryOverItem) -> Done:
    """For an item there was no time for, and for one that ends without a proposed lead."""
    held, item = in_agenda(uow, actor, command.item_id)
    carrying.require_may_leave(uow, held.row, item)
    case = case_on(uow, item)
    if command.owner_agency_id is not None:
        conferences.require_seat(
            uow.session, held.row.id, command.owner_agency_id, "owner_agency_id"
        )
    settled = carrying.goes_on(
        held.row,
        case,
        owner_agency_id=command.owner_agency_id,
        owner_person=command.owner_person,
        next_date=command.next_date,
    )
    if case is not None:
        leave_open(uow, held.row, case)
    if command.conference_id is not None:
        settled = carrying.onto(uow, actor, held.row, item, case, command.conference_id, settled)
    return Done(id=item.id, cursor=end(uow, actor, held.room, item, settled))


@use_case
def close_conference(uow: UnitOfWork, actor: Actor, command: CloseConference) -> Done:
    """Every item leaves the table with a result, and with somebody who answers for it."""
    held = reach.conference(uow, actor, command.conference_id, Act.RUN_CONFERENCE)
    row = held.row
    rules.require_open(ConferenceStatus(row.status))
    items = conferences.items_of(uow, row.id)
    running = [str(i.position) for i in items if i.status == ItemStatus.RUNNING]
    if running:
        raise StateForbids(_("議題{items}が進行中です。"), items=listed(running))
    results = item_results.results_of(uow.session, (item.id for item in items))
    unsettled = {
        item.position: lack
        for item in items
        if (lack := lacks(ItemKind(item.kind), ItemStatus(item.status), results.get(item.id)))
    }
    if unsettled:
        raise Incomplete(
            _("まだ会議を終了できません。足りないもの：{items}"),
            remedy=_("それぞれの議題に、結果と担当を登録してから会議を終えてください。"),
            items=listed(told_lack(position, lack) for position, lack in unsettled.items()),
            detail={"missing": [str(position) for position in unsettled]},
        )
    for item in items:
        keep_item(uow, item)
    row.status, row.closed_at = ConferenceStatus.CLOSED, uow.now()
    uow.session.add(row)
    cursor = uow.record(held.room, ConferenceClosed(at=iso(row.closed_at)))
    keep_conference(uow, row)
    return Done(id=row.id, cursor=cursor)


def _require_preliminary(actor: Actor, row: ConferenceRow, missing: Lacking) -> None:
    """Only the chair's own agency may decide to go ahead, and only where the template lets it."""
    if not missing.allow_preliminary:
        raise opening.refusal(missing, may_be_preliminary=False)
    if actor.agency_id != row.chair_agency_id:
        raise NotEntitled(_("事前協議扱いで開始できるのは、議長の機関だけです。"))
