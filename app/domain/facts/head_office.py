"""本部への照会, as the table hears of it; what is answered comes as ``hold_answered``."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.facts.base import Fact, RoomKind


@dataclass(frozen=True)
class HeadOfficeAsked(Fact):
    """The agency has made a link for its head office; ``replaces`` ends with it."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    link_id: str
    round_id: str
    agency_id: str
    replaces: str | None


@dataclass(frozen=True)
class HeadOfficeLinkRevoked(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    link_id: str
