"""お知らせのメール: who is to be reminded on a day, of how much, and due when.

Whatever is asked here is asked for each person as who they are: what the home page would not show
them now, no mail counts. Of what waits only its kind and its date are told, nothing else.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select

from app.domain.consensus import Result
from app.domain.people import Actor
from app.domain.reminding import MailKind, is_reminded_on
from app.domain.stances import Stance
from app.queries.waiting_holds import holds_of, overdue_at
from app.queries.waiting_shape import WaitingFor
from app.store import people
from app.store.tables.ballots import DecisionRow, StanceRow
from app.store.tables.conferences import ConferenceRow
from app.store.tables.mails import MailRow
from app.store.tables.people import MembershipRow, PersonRow
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class Owed:
    """So many things of one kind, due on one day."""

    kind: WaitingFor
    due: date
    overdue: bool
    count: int


@dataclass(frozen=True, slots=True)
class Reminder:
    """What one person is told in one mail; ``language`` is None where none was chosen."""

    mail_id: str
    email: str
    language: str | None
    owed: tuple[Owed, ...]

    @property
    def count(self) -> int:
        return sum(one.count for one in self.owed)


def reminded_on(desk: Desk, day: date) -> tuple[str, ...]:
    """The people to whom a mail of this day is due, by id."""
    query = _reachable(desk).where(col(MembershipRow.agency_id).in_(_concerned(desk)))
    acting: dict[str, list[Actor]] = defaultdict(list)
    for person, membership, agency in desk.session.exec(query):
        acting[person.id].append(people.actor_from(person, membership, agency))
    return tuple(person_id for person_id, each in acting.items() if _owed(desk, each, day))


def reminder_of(desk: Desk, mail_id: str) -> Reminder | None:
    """As things are now; None where nothing is left to tell, or nobody who may be told."""
    mail = desk.session.get_one(MailRow, mail_id)
    query = _reachable(desk).where(PersonRow.id == mail.person_id)
    found = desk.session.exec(query).all()
    owed = _owed(desk, [people.actor_from(*one) for one in found], mail.day)
    if mail.kind != MailKind.HOLDS or not owed:
        return None
    person: PersonRow = found[0][0]
    return Reminder(mail.id, person.email, person.language, owed)


def _reachable(desk: Desk) -> Any:
    query = people.in_force(people.capacities(), desk.today())
    return query.where(col(PersonRow.reminders).is_(True), PersonRow.email != "")


def _concerned(desk: Desk) -> set[str]:
    """Agencies that may owe something: who took a 仮決定 home, and who keeps its dates."""
    unsettled = (DecisionRow.result == Result.PROVISIONAL, col(DecisionRow.settled).is_(None))
    holding = (
        select(StanceRow.agency_id)
        .join(DecisionRow, col(DecisionRow.round_id) == col(StanceRow.round_id))
        .where(StanceRow.stance == Stance.HOLD, *unsettled)
    )
    keeping = (
        select(ConferenceRow.host_agency_id)
        .join(DecisionRow, col(DecisionRow.conference_id) == col(ConferenceRow.id))
        .where(*unsettled)
    )
    return {*desk.session.exec(holding), *desk.session.exec(keeping)}


def _owed(desk: Desk, acting: Iterable[Actor], day: date) -> tuple[Owed, ...]:
    """By date; a seconded person (出向者) is told of both agencies at once."""
    counted = Counter(
        (one.due, one.kind, one.overdue)
        for actor in acting
        for one in (*holds_of(desk, actor), *overdue_at(desk, actor))
        if one.due is not None and is_reminded_on(one.due, day)
    )
    return tuple(
        Owed(kind, due, overdue, counted[due, kind, overdue])
        for due, kind, overdue in sorted(counted)
    )
