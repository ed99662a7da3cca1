"""Attendance as it stands, and noting it."""

from dataclasses import asdict

from sqlmodel import Session, select

from app.domain.attendance import Attendance, Attendee, Mode
from app.domain.facts import AttendanceTaken
from app.domain.people import Actor
from app.store.tables.attendance import AttendanceRow
from app.store.tables.journal import RoomRow
from app.store.unit_of_work import UnitOfWork


def attendance_of(session: Session, conference_id: str) -> dict[str, AttendanceRow]:
    """Agency → how it takes part; an agency nobody noted yet is not in it."""
    query = select(AttendanceRow).where(AttendanceRow.conference_id == conference_id)
    return {row.agency_id: row for row in session.exec(query)}


def noted(session: Session, conference_id: str, agency_id: str) -> Attendance | None:
    """How one agency takes part as noted so far, held until the end of the transaction.

    None while nobody noted it.
    """
    row = session.get(AttendanceRow, (conference_id, agency_id), with_for_update=True)
    if row is None:
        return None
    people = tuple(Attendee(one["name"], one["title"]) for one in row.people)
    return Attendance(Mode(row.mode), people, row.arrived, row.left)


def note(
    uow: UnitOfWork,
    actor: Actor,
    room: RoomRow,
    conference_id: str,
    agency_id: str,
    given: Attendance,
) -> str:
    """Write it down and tell the room; return the cursor."""
    row = uow.session.get(AttendanceRow, (conference_id, agency_id))
    if row is None:
        row = AttendanceRow(
            conference_id=conference_id,
            agency_id=agency_id,
            mode=given.mode,
            noted_by=actor.person_name,
            noted_at=uow.now(),
        )
    row.mode, row.arrived, row.left = given.mode, given.arrived, given.left
    row.people = [asdict(one) for one in given.people]
    row.noted_by, row.noted_at = actor.person_name, uow.now()
    uow.session.add(row)
    uow.session.flush()
    return uow.record(
        room,
        AttendanceTaken(
            agency_id=agency_id,
            mode=row.mode,
            people=row.people,
            arrived=row.arrived,
            left=row.left,
        ),
    )
