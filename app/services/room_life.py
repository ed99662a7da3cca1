"""The course of a conference: opening, the chair, one item after the other, closing."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from app.clock import iso
from app.domain import conference as rules
from app.domain.access import Act
from app.domain.case_life import CaseStatus
from app.domain.conference import (
    CONFERENCE_STATUS_LABELS,
    ConferenceStatus,
    ItemStatus,
    Reply,
    SeatRole,
)
from app.domain.errors import Incomplete, Malformed, StateForbids
from app.domain.facts import (
    ChairHandedOver,
    ConferenceClosed,
    ConferenceOpened,
    ItemExtended,
    ItemStarted,
)
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.text import listed
from app.services.commands import Command, Done, Id, Whole, line
from app.services.use_case import use_case
from app.store import conferences, reach, recusals
from app.store.agenda import case_on, end, in_agenda, leave_open, take_up
from app.store.tables.conferences import AgendaItemRow, SeatRow
from app.store.unit_of_work import UnitOfWork

PRESENT = frozenset({Reply.ATTEND, Reply.SUBSTITUTE, Reply.WRITTEN})
UNDECIDED = frozenset({CaseStatus.SCHEDULED, CaseStatus.IN_CONFERENCE})


class OpenConference(Command):
    """``chair_name`` is needed when somebody else than the chair's agency opens."""

    conference_id: Id
    chair_name: Annotated[str, line(80, required=False)] = ""


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
    """継続: the item ends without a result and its case can be tabled again."""

    item_id: Id


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
    _require_quorum(uow, row.id, int(row.template.get("quorum", 2)))
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
        chair_agency_id=row.chair_agency_id, chair_name=name, at=iso(row.opened_at)
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
    before = next(
        (i for i in conferences.items_of(uow, held.row.id) if i.status == ItemStatus.RUNNING), None
    )
    if before is not None:
        _require_result(uow, before)
        end(uow, held.room, before)
    item.status, item.started_at = ItemStatus.RUNNING, uow.now()
    item.ends_at = item.started_at + timedelta(minutes=item.minutes)
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
    rules.require_running(ItemStatus(item.status))
    item.ends_at = max(item.ends_at or uow.now(), uow.now()) + timedelta(minutes=command.minutes)
    uow.session.add(item)
    fact = ItemExtended(item_id=item.id, ends_at=iso(item.ends_at))
    return Done(id=item.id, cursor=uow.record(held.room, fact))


@use_case
def end_item(uow: UnitOfWork, actor: Actor, command: EndItem) -> Done:
    held, item = in_agenda(uow, actor, command.item_id)
    rules.require_running(ItemStatus(item.status))
    _require_result(uow, item)
    return Done(id=item.id, cursor=end(uow, held.room, item))


@use_case
def carry_over_item(uow: UnitOfWork, actor: Actor, command: CarryOverItem) -> Done:
    """For an item there was no time for, and for one that ends without a proposed lead."""
    held, item = in_agenda(uow, actor, command.item_id)
    if conferences.is_over(held.row) or item.status == ItemStatus.DONE:
        raise StateForbids(_("この議題はすでに終わっています。"))
    cursor = end(uow, held.room, item)
    leave_open(uow, held.row, item)
    return Done(id=item.id, cursor=cursor)


@use_case
def close_conference(uow: UnitOfWork, actor: Actor, command: CloseConference) -> Done:
    """Every case leaves the table with a result; other items may stay unheard."""
    held = reach.conference(uow, actor, command.conference_id, Act.RUN_CONFERENCE)
    row = held.row
    rules.require_open(ConferenceStatus(row.status))
    items = conferences.items_of(uow, row.id)
    running = [str(i.position) for i in items if i.status == ItemStatus.RUNNING]
    if running:
        raise StateForbids(_("議題{items}が進行中です。"), items=listed(running))
    open_ = [str(item.position) for item in items if _is_undecided(uow, item)]
    if open_:
        raise Incomplete(
            _("結果の出ていない案件があります（議題{items}）。"),
            remedy=_("議題を進めるか、「継続」にしてから会議を終えてください。"),
            items=listed(open_),
            detail={"missing": open_},
        )
    row.status, row.closed_at = ConferenceStatus.CLOSED, uow.now()
    uow.session.add(row)
    closed = ConferenceClosed(at=iso(row.closed_at))
    return Done(id=row.id, cursor=uow.record(held.room, closed))


def _require_quorum(uow: UnitOfWork, conference_id: str, quorum: int) -> None:
    members = [
        (seat, agency)
        for seat, agency in conferences.seats_of(uow.session, conference_id)
        if seat.role == SeatRole.MEMBER
    ]
    coming = sum(seat.reply in PRESENT for seat, _agency in members)
    if coming < quorum:
        silent = [agency.name for seat, agency in members if seat.reply == Reply.WAITING]
        raise Incomplete(
            _("定足数{quorum}機関に対し、出席（代理・書面を含む）の回答は{coming}機関です。"),
            remedy=_("未回答の機関に出欠を確認し、回答を登録してください。"),
            quorum=quorum,
            coming=coming,
            detail={"missing": silent},
        )


def _require_result(uow: UnitOfWork, item: AgendaItemRow) -> None:
    case = case_on(uow, item)
    if case is not None and case.status == CaseStatus.IN_CONFERENCE:
        raise Incomplete(
            _("議題{item}の結果がまだ宣言されていません。"),
            remedy=_("結果を宣言するか、「継続」にしてください。"),
            item=item.position,
            detail={"missing": [str(item.position)]},
        )


def _is_undecided(uow: UnitOfWork, item: AgendaItemRow) -> bool:
    if item.status == ItemStatus.DONE:
        return False
    case = case_on(uow, item)
    return case is not None and case.status in UNDECIDED
