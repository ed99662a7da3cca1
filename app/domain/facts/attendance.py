"""How an agency takes part in the conference, as it was noted at that moment."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.facts.base import Fact, RoomKind


@dataclass(frozen=True)
class AttendanceTaken(Fact):
    """Noted by the agency itself, or for it by chair or host: the author tells which."""

    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    agency_id: str
    mode: str
    people: list[dict[str, str]]
    arrived: str
    left: str
