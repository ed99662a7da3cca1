"""What is said and recorded at one agenda item."""

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
