"""委任状 as the conference hears of them; what they ask of the holder is not told."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.facts.base import Fact, RoomKind


@dataclass(frozen=True)
class ProxyGiven(Fact):
    """``holder_person_id`` and ``holder_agency_id`` are empty where it is given to the chair."""

    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    proxy_id: str
    agency_id: str
    item_id: str | None
    holder: str
    holder_agency_id: str | None
    holder_person_id: str | None
    holder_name: str


@dataclass(frozen=True)
class ProxyRevoked(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    proxy_id: str
