"""Who confirmed how the information of a conference is to be kept."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.facts.base import Fact, RoomKind


@dataclass(frozen=True)
class ConfidentialityAccepted(Fact):
    """The person and the agency are the entry's own; their other windows know them by the id."""

    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    person_id: str
    agency_id: str
    version: int
    at: str
