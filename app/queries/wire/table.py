"""The pictures of a conference and of one of its agenda items."""

from dataclasses import dataclass

from app.domain.attendance import Mode
from app.domain.conference import (
    ConferenceStatus,
    ItemKind,
    ItemStatus,
    OutcomeKind,
    Reply,
    SeatRole,
)
from app.domain.item_course import ItemStep
from app.domain.item_results import ItemResult
from app.domain.proxies import Holder
from app.domain.vocabulary import AgencyKind
from app.queries.wire.gap import Gap
from app.queries.wire.guest import Correction, Invitation, Preference
from app.queries.wire.interest import Recusal
from app.queries.wire.item_ending import ItemEnding
from app.queries.wire.lane import Remark
from app.queries.wire.lead import Nomination, Nominations, Round
from app.queries.wire.papers import PapersFixed
from app.queries.wire.polls import Poll
from app.queries.wire.shape import Shape
from app.queries.wire.speakers import Speakers


@dataclass(frozen=True)
class Chair(Shape):
    agency_id: str
    name: str


@dataclass(frozen=True)
class Attendee(Shape):
    name: str
    title: str


@dataclass(frozen=True)
class Attendance(Shape):
    """How the agency takes part; ``arrived`` and ``left`` are times such as 13:45, or empty."""

    mode: Mode
    people: list[Attendee]
    arrived: str
    left: str


@dataclass(frozen=True)
class Seat(Shape):
    """A seat belongs to an agency; ``mark`` is the one character shown beside its colour."""

    agency_id: str
    name: str
    kind: AgencyKind
    mark: str
    role: SeatRole
    reply: Reply
    attendees: str
    position: int
    attendance: Attendance | None


@dataclass(frozen=True)
class AgendaItem(Shape):
    """A case item has no title: its firm is known in the item's own room only.

    ``recused``: agencies that are out of it for a conflict of interest (退席).
    """

    id: str
    position: int
    kind: ItemKind
    title: str
    minutes: int
    status: ItemStatus
    started_at: str | None
    ends_at: str | None
    ended_at: str | None
    recused: list[str]
    step: ItemStep | None
    result: ItemResult | None


@dataclass(frozen=True)
class StandingProxy(Shape):
    """委任状 in force: for one item, else for all; without a person it is the chair's."""

    id: str
    agency_id: str
    item_id: str | None
    holder: Holder
    holder_agency_id: str | None
    holder_person_id: str | None
    holder_name: str


@dataclass(frozen=True)
class Pause(Shape):
    """休憩: since when, why, and when it is expected to end."""

    reason: str
    at: str
    resumes_at: str


@dataclass(frozen=True)
class ConferenceSnapshot(Shape):
    """Room ``c-…``: the table itself; no firm is named in it."""

    id: str
    name: str
    status: ConferenceStatus
    starts_at: str
    chair: Chair
    seats: list[Seat]
    proxies: list[StandingProxy]
    items: list[AgendaItem]
    opened_at: str | None
    closed_at: str | None
    paused: Pause | None
    preliminary: list[str]
    polls: list[Poll]


@dataclass(frozen=True)
class ItemCase(Shape):
    id: str
    case_no: str
    firm_name: str
    industry: str
    city: str
    employees: int | None
    referrer_agency_id: str


@dataclass(frozen=True)
class Outcome(Shape):
    id: str
    kind: OutcomeKind
    text: str
    agency_id: str | None
    person: str
    due: str | None
    at: str
    recorded_by: str
    remark_id: str | None


@dataclass(frozen=True)
class ItemSnapshot(Shape):
    """Room ``i-…``: what is said and decided at one agenda item, and whose case it is."""

    id: str
    case: ItemCase | None
    remarks: list[Remark]
    outcomes: list[Outcome]
    nominating: Nominations | None
    nominations: list[Nomination]
    rounds: list[Round]
    papers_fixed: PapersFixed | None
    recusals: list[Recusal]
    speakers: Speakers
    settled: ItemEnding | None
    guests: list[Invitation]
    corrections: list[Correction]
    preferences: list[Preference]
    gaps: list[Gap]
    polls: list[Poll]
