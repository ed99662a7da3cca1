"""Invitations (案内) and replies (出欠): an agency is asked, and an agency answers."""

from typing import Annotated, Literal

from app.domain.access import Act
from app.domain.conference import (
    CONFERENCE_STATUS_LABELS,
    ConferenceStatus,
    ItemStatus,
    Reply,
    SeatRole,
)
from app.domain.errors import Duplicate, Malformed, NotFound, StateForbids
from app.domain.facts import InvitationAnswered, InvitationsSent
from app.domain.people import Actor
from app.domain.sentences import _
from app.services.commands import Command, Day, Done, Id, line, paragraph
from app.services.use_case import use_case
from app.store import conferences, reach, recusals, standings
from app.store.tables.conferences import ConferenceRow, SeatRow
from app.store.unit_of_work import UnitOfWork


class SendInvitations(Command):
    conference_id: Id
    reply_by: Day


class AnswerInvitation(Command):
    """``agency_id`` is given when the host notes a reply that reached it by another way."""

    conference_id: Id
    reply: Literal[Reply.ATTEND, Reply.SUBSTITUTE, Reply.WRITTEN, Reply.ABSENT]
    attendees: Annotated[str, line(200, required=False)] = ""
    note: Annotated[str, paragraph(500, required=False)] = ""
    agency_id: Id | None = None


class InviteAgency(Command):
    """One more agency at a table that is laid already; an observer gives no stance."""

    conference_id: Id
    agency_id: Id
    role: SeatRole = SeatRole.MEMBER


@use_case
def send_invitations(uow: UnitOfWork, actor: Actor, command: SendInvitations) -> Done:
    """Sending again moves the date to reply by; the first sending keeps its time."""
    held = reach.conference(uow, actor, command.conference_id, Act.MANAGE_CONFERENCE)
    row = held.row
    if row.status != ConferenceStatus.PLANNED:
        raise StateForbids(
            _("会議は「{status}」のため、案内は送れません。"),
            status=CONFERENCE_STATUS_LABELS[ConferenceStatus(row.status)],
        )
    if not uow.today() <= command.reply_by <= conferences.held_on(row):
        raise Malformed(
            _("回答期限を確認してください。"),
            fields={"reply_by": _("今日から開催日までの日付を入力してください。")},
        )
    row.reply_by = command.reply_by
    row.invited_at = row.invited_at or uow.now()
    uow.session.add(row)
    cursor = uow.record(held.room, InvitationsSent(reply_by=command.reply_by.isoformat()))
    return Done(id=row.id, cursor=cursor)


@use_case
def answer_invitation(uow: UnitOfWork, actor: Actor, command: AnswerInvitation) -> Done:
    """The latest answer counts, also after the date and while the conference is open."""
    agency_id = command.agency_id or actor.agency_id
    own = agency_id == actor.agency_id
    act = Act.REPLY_INVITATION if own else Act.MANAGE_CONFERENCE
    held = reach.conference(uow, actor, command.conference_id, act)
    row = held.row
    if conferences.is_over(row):
        raise StateForbids(
            _("会議は「{status}」のため、出欠は変更できません。"),
            status=CONFERENCE_STATUS_LABELS[ConferenceStatus(row.status)],
        )
    if row.invited_at is None and actor.agency_id != row.host_agency_id:
        raise StateForbids(_("案内がまだ送られていないため、回答できません。"))
    if command.reply is Reply.SUBSTITUTE and not command.attendees:
        raise Malformed(
            _("代理で出席する方の氏名を入力してください。"),
            fields={"attendees": _("入力してください。")},
        )
    seat = uow.session.get(SeatRow, (row.id, agency_id))
    if seat is None:
        raise NotFound
    seat.reply, seat.attendees, seat.note = command.reply, command.attendees, command.note
    seat.replied_by, seat.replied_at = actor.person_name, uow.now()
    uow.session.add(seat)
    cursor = uow.record(
        held.room,
        InvitationAnswered(agency_id=agency_id, reply=seat.reply, attendees=seat.attendees),
    )
    return Done(id=row.id, cursor=cursor)


@use_case
def invite_agency(uow: UnitOfWork, actor: Actor, command: InviteAgency) -> Done:
    held = reach.conference(uow, actor, command.conference_id, Act.MANAGE_CONFERENCE)
    row = held.row
    if conferences.is_over(row):
        raise StateForbids(
            _("会議は「{status}」のため、参加機関は追加できません。"),
            status=CONFERENCE_STATUS_LABELS[ConferenceStatus(row.status)],
        )
    found = conferences.agencies_in_order(
        uow.session, [command.agency_id], conferences.held_on(row)
    )
    if not found:
        raise Malformed(
            _("登録されている機関から選んでください。"),
            fields={"agency_id": _("機関を選び直してください。")},
        )
    seats = conferences.seats_of(uow.session, row.id)
    if any(seat.agency_id == command.agency_id for seat, _agency in seats):
        raise Duplicate(_("この機関はすでに参加機関です。"))
    position = max(seat.position for seat, _agency in seats) + 1
    cursor = conferences.take_seat(uow, held.room, row, found[0], position, command.role)
    _let_into_cases(uow, row)
    recusals.carry_to_newcomer(uow, actor, row.id)
    return Done(id=row.id, cursor=cursor)


def _let_into_cases(uow: UnitOfWork, row: ConferenceRow) -> None:
    """A newcomer within a firm's consent takes part in the cases tabled before it came."""
    day = conferences.held_on(row)
    for item in conferences.items_of(uow, row.id):
        if item.case_id is not None and item.status != ItemStatus.DONE:
            consent = standings.consent_in_force(uow.session, item.case_id)
            if consent is not None:
                conferences.let_take_part(uow, row.id, item.case_id, consent, day)
