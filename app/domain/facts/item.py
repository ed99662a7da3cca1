"""What is said and decided at one agenda item."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.facts.base import Fact, RoomKind


@dataclass(frozen=True)
class RemarkMade(Fact):
    """``mentions`` are agencies and people of this table; ``links`` are
    ``cell:row|column`` or ``paper:id``."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    remark_id: str
    text: str
    reply_to: str | None
    mentions: list[dict[str, str]]
    links: list[str]


@dataclass(frozen=True)
class RemarkCorrected(Fact):
    """By its own author; what it said before stays in the record."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    remark_id: str
    text: str
    mentions: list[dict[str, str]]


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
    """``remark_id`` is the remark it was marked on, if it came from one."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    outcome_id: str
    outcome_kind: str
    text: str
    agency_id: str | None
    person: str
    due: str | None
    remark_id: str | None
