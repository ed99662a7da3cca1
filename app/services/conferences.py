"""Conferences before they open: founding a single one, changing it, calling it off."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import AfterValidator, Field

from app.clock import iso
from app.domain.access import Act
from app.domain.conference import (
    CONFERENCE_STATUS_LABELS,
    ConferenceStatus,
    ItemStatus,
    Reply,
)
from app.domain.errors import Malformed, StateForbids
from app.domain.facts import ConferenceCancelled, ConferenceChanged
from app.domain.meeting_link import meeting_link
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.text import listed
from app.domain.vocabulary import ConferenceKind
from app.services.commands import ClockTime, Command, Day, Done, Id, Whole, line, paragraph
from app.services.use_case import use_case
from app.store import agenda, conferences, reach, standings
from app.store.columns import new_id
from app.store.tables.conferences import AgendaItemRow, ConferenceRow
from app.store.unit_of_work import UnitOfWork

FARTHEST = timedelta(days=2 * 366)
Minutes = Annotated[Whole, Field(ge=5, le=600)]
Link = Annotated[str, AfterValidator(meeting_link)]


class CreateConference(Command):
    """A conference that is held once."""

    kind: ConferenceKind
    name: Annotated[str, line(120)]
    held: Day
    start_time: ClockTime
    minutes: Minutes
    place: Annotated[str, line(200, required=False)] = ""
    online_url: Link = ""
    quorum: Annotated[Whole, Field(ge=2, le=60)] | None = None
    agency_ids: Annotated[list[Id], Field(min_length=1, max_length=60)]
    chair_agency_id: Id | None = None


class ChangeConference(Command):
    conference_id: Id
    name: Annotated[str, line(120)]
    held: Day
    start_time: ClockTime
    minutes: Minutes
    place: Annotated[str, line(200, required=False)] = ""
    online_url: Link = ""


class CancelConference(Command):
    conference_id: Id
    reason: Annotated[str, paragraph(500)]


@use_case
def create_conference(uow: UnitOfWork, actor: Actor, command: CreateConference) -> Done:
    reach.network(actor, Act.SET_UP_SERIES)
    _require_day(command.held, uow.today())
    agencies = conferences.invited_with(
        uow.session, actor.agency_id, command.agency_ids, command.held
    )
    chair = command.chair_agency_id or actor.agency_id
    if all(agency.id != chair for agency in agencies):
        raise Malformed(
            _("議長は参加機関から選んでください。"),
            fields={"chair_agency_id": _("参加機関ではありません。")},
        )
    template = conferences.pinned_template(command.kind, command.quorum, agencies)
    row = ConferenceRow(
        id=new_id(),
        host_agency_id=actor.agency_id,
        kind=command.kind,
        name=command.name,
        starts_at=conferences.begins_at(command.held, command.start_time),
        minutes=command.minutes,
        place=command.place,
        online_url=command.online_url,
        template=template.as_mapping(),
        status=ConferenceStatus.PLANNED,
        chair_agency_id=chair,
        created_at=uow.now(),
    )
    return Done(id=row.id, cursor=conferences.found(uow, row, agencies))


@use_case
def change_conference(uow: UnitOfWork, actor: Actor, command: ChangeConference) -> Done:
    """A new time asks every agency again; calendars follow by the higher sequence."""
    held = reach.conference(uow, actor, command.conference_id, Act.MANAGE_CONFERENCE)
    row = held.row
    _require_planned(row)
    _require_day(command.held, uow.today())
    starts_at = conferences.begins_at(command.held, command.start_time)
    moved = starts_at != row.starts_at
    if moved:
        _require_consents(uow, row, command.held)
    row.name, row.starts_at, row.minutes = command.name, starts_at, command.minutes
    row.place, row.online_url = command.place, command.online_url
    row.sequence += 1
    asked_again = moved and row.invited_at is not None
    if asked_again:
        row.reply_by = min(row.reply_by, command.held) if row.reply_by else None
        for seat, _agency in conferences.seats_of(uow.session, row.id):
            seat.reply, seat.attendees, seat.replied_by = Reply.WAITING, "", ""
            seat.replied_at = None
            uow.session.add(seat)
    uow.session.add(row)
    cursor = uow.record(
        held.room,
        ConferenceChanged(
            name=row.name,
            starts_at=iso(row.starts_at),
            minutes=row.minutes,
            place=row.place,
            online_url=row.online_url,
            asked_again=asked_again,
        ),
    )
    return Done(id=row.id, cursor=cursor, version=row.sequence)


@use_case
def cancel_conference(uow: UnitOfWork, actor: Actor, command: CancelConference) -> Done:
    """Cases on its agenda go back to where they can be tabled again."""
    held = reach.conference(uow, actor, command.conference_id, Act.MANAGE_CONFERENCE)
    row = held.row
    _require_planned(row)
    row.status = ConferenceStatus.CANCELLED
    row.sequence += 1
    uow.session.add(row)
    waiting = [item for item in conferences.items_of(uow, row.id) if _awaits(item)]
    cursor = uow.record(held.room, ConferenceCancelled(reason=command.reason))
    for item in waiting:
        agenda.put_back(uow, row, item)
    return Done(id=row.id, cursor=cursor, version=row.sequence)


def _awaits(item: AgendaItemRow) -> bool:
    return item.case_id is not None and item.status == ItemStatus.WAITING


def _require_planned(row: ConferenceRow) -> None:
    if row.status != ConferenceStatus.PLANNED:
        raise StateForbids(
            _("会議は「{status}」のため、この操作はできません。"),
            status=CONFERENCE_STATUS_LABELS[ConferenceStatus(row.status)],
        )


def _require_day(day: date, today: date) -> None:
    if day < today:
        problem = _("今日以降の日付を入力してください。")
    elif day - today > FARTHEST:
        problem = _("2年以内の日付を入力してください。")
    else:
        return
    raise Malformed(_("開催日を確認してください。"), fields={"held": problem})


def _require_consents(uow: UnitOfWork, row: ConferenceRow, day: date) -> None:
    """A case may only be moved to a day on which its firm's consent is still in force."""
    lapsed = []
    for item in conferences.items_of(uow, row.id):
        if _awaits(item):
            consent = standings.consent_in_force(uow.session, item.case_id or "")
            if consent is None or not consent.live_on(day):
                lapsed.append(str(item.position))
    if lapsed:
        raise StateForbids(
            _("変更後の開催日に、同意が有効でない案件があります（議題{items}）。"),
            items=listed(lapsed),
        )
