"""出席をとる: an agency notes how it takes part, or chair and host note it for the table."""

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.domain import attendance as rules
from app.domain.access import Act
from app.domain.attendance import Attendance, Attendee, Mode
from app.domain.conference import CONFERENCE_STATUS_LABELS, ConferenceStatus, Reply
from app.domain.errors import NotFound, StateForbids
from app.domain.people import Actor
from app.domain.sentences import _
from app.services.commands import ClockTime, Command, Done, Id, line
from app.services.use_case import use_case
from app.store import attendance, conferences, reach
from app.store.tables.conferences import ConferenceRow, SeatRow
from app.store.unit_of_work import UnitOfWork


class Person(BaseModel):
    """Somebody who attends; a line without a name counts for nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, line(80, required=False)] = ""
    title: Annotated[str, line(60, required=False)] = ""


class TakeAttendance(Command):
    """``agency_id`` is given when chair or host note it for another agency.

    ``only`` names the parts that are meant: the others stay as they stand by then, so that a
    screen which has not seen the last word yet takes nothing of it back. Without it, and while
    nothing is noted yet, everything given counts.
    """

    conference_id: Id
    mode: Mode
    people: list[Person] = Field(default_factory=list, max_length=rules.MOST_PEOPLE)
    arrived: ClockTime | None = None
    left: ClockTime | None = None
    agency_id: Id | None = None
    only: tuple[Literal["mode", "people", "arrived", "left"], ...] = Field((), max_length=4)


class TakeAttendanceAsReplied(Command):
    """Everybody who replied and has not been noted yet, as the reply announced it."""

    conference_id: Id


@use_case
def take_attendance(uow: UnitOfWork, actor: Actor, command: TakeAttendance) -> Done:
    """The latest word counts; each is an entry, so that coming late and leaving early are told."""
    agency_id = command.agency_id or actor.agency_id
    own = agency_id == actor.agency_id
    act = Act.NOTE_OWN_ATTENDANCE if own else Act.RUN_CONFERENCE
    held = reach.conference(uow, actor, command.conference_id, act)
    _require_not_over(held.row)
    seat = uow.session.get(SeatRow, (held.row.id, agency_id))
    if seat is None:
        raise NotFound
    people = [Attendee(one.name, one.title) for one in command.people if one.name]
    said = Attendance(command.mode, tuple(people), command.arrived or "", command.left or "")
    noted = attendance.noted(uow.session, held.row.id, agency_id)
    if noted is not None and command.only:
        said = replace(noted, **{part: getattr(said, part) for part in command.only})
    given = rules.checked(said.mode, said.people, said.arrived, said.left)
    cursor = attendance.note(uow, actor, held.room, held.row.id, agency_id, given)
    return Done(id=held.row.id, cursor=cursor)


@use_case
def take_attendance_as_replied(
    uow: UnitOfWork, actor: Actor, command: TakeAttendanceAsReplied
) -> Done:
    held = reach.conference(uow, actor, command.conference_id, Act.RUN_CONFERENCE)
    _require_not_over(held.row)
    noted = attendance.attendance_of(uow.session, held.row.id)
    cursor = None
    for seat, agency in conferences.seats_of(uow.session, held.row.id):
        proposed = rules.proposed_from(Reply(seat.reply), seat.attendees)
        if proposed is not None and agency.id not in noted:
            cursor = attendance.note(uow, actor, held.room, held.row.id, agency.id, proposed)
    if cursor is None:
        raise StateForbids(_("出欠の回答から新たに記録できる機関はありません。"))
    return Done(id=held.row.id, cursor=cursor)


def _require_not_over(row: ConferenceRow) -> None:
    if conferences.is_over(row):
        raise StateForbids(
            _("会議は「{status}」のため、出席の記録は変更できません。"),
            status=CONFERENCE_STATUS_LABELS[ConferenceStatus(row.status)],
        )
