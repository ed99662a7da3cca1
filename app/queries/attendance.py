"""出席の記録: the table of seats, members and observers apart, with what was replied beforehand."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.access import Act, decide
from app.domain.attendance import Attendance, Attendee, Mode, proposed_from
from app.domain.conference import ConferenceStatus, Reply, SeatRole
from app.domain.people import Actor
from app.store import attendance, conferences, reach
from app.store.tables.attendance import AttendanceRow
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class SeatAttendance:
    """``noted`` is what was written down; until then ``proposed`` is what the reply announced."""

    agency_id: str
    name: str
    kind: str
    is_member: bool
    reply: Reply
    noted: Attendance | None
    proposed: Attendance | None
    noted_by: str
    noted_at: datetime | None
    may_note: bool


@dataclass(frozen=True, slots=True)
class AttendancePage:
    id: str
    name: str
    status: ConferenceStatus
    is_over: bool
    may_run: bool
    seats: tuple[SeatAttendance, ...]

    @property
    def members(self) -> tuple[SeatAttendance, ...]:
        return tuple(seat for seat in self.seats if seat.is_member)

    @property
    def observers(self) -> tuple[SeatAttendance, ...]:
        return tuple(seat for seat in self.seats if not seat.is_member)

    @property
    def takes_part(self) -> int:
        """Member seats that were noted as taking part, in whatever way."""
        return sum(
            seat.noted is not None and seat.noted.mode is not Mode.ABSENT for seat in self.members
        )

    @property
    def can_follow_replies(self) -> bool:
        return any(seat.noted is None and seat.proposed is not None for seat in self.seats)


def attendance_page(desk: Desk, actor: Actor, conference_id: str) -> AttendancePage:
    held = reach.conference(desk, actor, conference_id, Act.SEE_CONFERENCE)
    row = held.row
    over = conferences.is_over(row)
    may_run = decide(actor, Act.RUN_CONFERENCE, held.standing) and not over
    own = decide(actor, Act.NOTE_OWN_ATTENDANCE, held.standing) and not over
    noted = attendance.attendance_of(desk.session, row.id)
    return AttendancePage(
        id=row.id,
        name=row.name,
        status=ConferenceStatus(row.status),
        is_over=over,
        may_run=may_run,
        seats=tuple(
            SeatAttendance(
                agency_id=agency.id,
                name=agency.name,
                kind=agency.kind,
                is_member=seat.role == SeatRole.MEMBER,
                reply=Reply(seat.reply),
                noted=given_in(noted[agency.id]) if agency.id in noted else None,
                proposed=proposed_from(Reply(seat.reply), seat.attendees),
                noted_by=noted[agency.id].noted_by if agency.id in noted else "",
                noted_at=noted[agency.id].noted_at if agency.id in noted else None,
                may_note=may_run or (own and agency.id == actor.agency_id),
            )
            for seat, agency in conferences.seats_of(desk.session, row.id)
        ),
    )


def given_in(row: AttendanceRow) -> Attendance:
    people = tuple(Attendee(one["name"], one["title"]) for one in row.people)
    return Attendance(Mode(row.mode), people, row.arrived, row.left)
