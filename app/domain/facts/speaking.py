"""Who asks to speak at an agenda item, who has the floor, and for how long."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.facts.base import Fact, RoomKind


@dataclass(frozen=True)
class SpeechAsked(Fact):
    """挙手; the author is who asks."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    speech_id: str
    speech_kind: str


@dataclass(frozen=True)
class RequestWithdrawn(Fact):
    """The hand is down again: lowered by the agency, dropped by the chair, or no longer allowed."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    speech_id: str


@dataclass(frozen=True)
class SpeakerCalled(Fact):
    """The floor is given; ``person`` is empty for an agency that was asked to speak unasked.

    ``allowance`` is the time of each agency at this item in seconds, fixed from now on.
    """

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    speech_id: str
    speech_kind: str
    agency_id: str
    agency_name: str
    speaker: str
    since: str
    allowance: int


@dataclass(frozen=True)
class SpeechHeld(Fact):
    """The clock of the speech stands still at ``seconds``."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    speech_id: str
    seconds: int


@dataclass(frozen=True)
class SpeechContinued(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    speech_id: str
    since: str


@dataclass(frozen=True)
class SpeechEnded(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    speech_id: str
    seconds: int


@dataclass(frozen=True)
class SpeakersClosed(Fact):
    """No more hands; those raised before are still called."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM


@dataclass(frozen=True)
class SpeakersReopened(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.ITEM


@dataclass(frozen=True)
class SpeakingTimeSet(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    seconds: int
