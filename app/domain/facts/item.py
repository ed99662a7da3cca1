"""What is said and decided at one agenda item."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.facts.base import Fact, RoomKind


@dataclass(frozen=True)
class RemarkMade(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    remark_id: str
    text: str


@dataclass(frozen=True)
class LeadNominated(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    nominee_id: str
    reason: str


@dataclass(frozen=True)
class RoundOpened(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    round_id: str
    number: int
    nominee_id: str
    supporters: list[dict[str, str]]
    wording: str
    quorum: int
    allow_provisional: bool
    seats: list[dict[str, str]]


@dataclass(frozen=True)
class StanceGiven(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    round_id: str
    agency_id: str
    stance: str
    text: str
    alternative: str
    reply_by: str | None


@dataclass(frozen=True)
class LeadAnswered(Fact):
    """受諾: the nominee's own answer, with the person who would lead."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    round_id: str
    agency_id: str
    accepted: bool
    person: str
    reason: str


@dataclass(frozen=True)
class ResultDeclared(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    changes_rights: ClassVar[bool] = True
    round_id: str
    result: str
    reasons: list[str]
    next_date: str | None
    number: str


@dataclass(frozen=True)
class OutcomeRecorded(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    outcome_id: str
    outcome_kind: str
    text: str
    agency_id: str | None
    person: str
    due: str | None
