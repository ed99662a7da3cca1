"""Ballots put to the table: at the conference, or at an item and then in its room alone.

Of a secret ballot the room learns who has voted, and at the end how often each was chosen.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.domain.facts.base import Fact, RoomKind


@dataclass(frozen=True)
class _Opened:
    """The electorate, the rule and its digest as they are pinned.

    ``earlier_id`` and ``because``: the ballot it follows, and why it is asked again.
    """

    poll_id: str
    number: int
    poll_kind: str
    question: str
    options: list[dict[str, Any]]
    rule: dict[str, Any]
    rule_digest: str
    seats: list[dict[str, Any]]
    earlier_id: str | None
    because: str


@dataclass(frozen=True)
class _Cast:
    """``choice`` where the ballot is open from the first, ``seal`` where it is blind until it
    closes, and neither where it is secret: then only that the seat has voted."""

    poll_id: str
    agency_id: str
    choice: str | None
    seal: str | None


@dataclass(frozen=True)
class _Closed:
    """``closing``: seats, who had left, who has voted, and of a named ballot each vote with what
    opens its seal. ``counts`` are empty where too few voted in secret."""

    poll_id: str
    outcome: str | None
    chosen: str | None
    tied: list[str]
    counts: dict[str, int]
    reasons: list[str]
    missing: list[str]
    closing: dict[str, Any]


@dataclass(frozen=True)
class _Decided:
    """議長裁決: which of the equals it is, and why."""

    poll_id: str
    chosen: str
    reason: str


@dataclass(frozen=True)
class PollOpened(_Opened, Fact):
    __doc__ = _Opened.__doc__
    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE


@dataclass(frozen=True)
class VoteCast(_Cast, Fact):
    __doc__ = _Cast.__doc__
    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE


@dataclass(frozen=True)
class PollClosed(_Closed, Fact):
    __doc__ = _Closed.__doc__
    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE


@dataclass(frozen=True)
class TieDecided(_Decided, Fact):
    __doc__ = _Decided.__doc__
    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE


@dataclass(frozen=True)
class ItemPollOpened(_Opened, Fact):
    """As ``poll_opened``, at an agenda item."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM


@dataclass(frozen=True)
class ItemVoteCast(_Cast, Fact):
    """As ``vote_cast``, at an agenda item."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM


@dataclass(frozen=True)
class ItemPollClosed(_Closed, Fact):
    """As ``poll_closed``, at an agenda item."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM


@dataclass(frozen=True)
class ItemTieDecided(_Decided, Fact):
    """As ``tie_decided``, at an agenda item."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
