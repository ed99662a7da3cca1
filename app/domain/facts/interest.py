"""What happens when an agency has a conflict of interest: in the item's room with the reason,
in the conference's room only that a seat is empty at an item of that number."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.facts.base import Fact, RoomKind


@dataclass(frozen=True)
class RecusalSuggested(Fact):
    """Chair or secretariat asks the agency; it stays until it answers."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    recusal_id: str
    agency_id: str
    reason: str


@dataclass(frozen=True)
class RecusalDenied(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    recusal_id: str
    agency_id: str
    reason: str


@dataclass(frozen=True)
class AgencyRecused(Fact):
    """``round_id``: the question that was open, of whose electorate the seat is no longer."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    changes_rights: ClassVar[bool] = True
    recusal_id: str
    agency_id: str
    origin: str
    reason: str
    round_id: str | None


@dataclass(frozen=True)
class RecusalLifted(Fact):
    """``round_id``: the question that is still open, which asks the seat again."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    changes_rights: ClassVar[bool] = True
    recusal_id: str
    agency_id: str
    reason: str
    round_id: str | None


@dataclass(frozen=True)
class SeatVacated(Fact):
    """退席（利益相反）, as everybody in the conference may know it: which seat, at which item."""

    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    changes_rights: ClassVar[bool] = True
    item_id: str
    agency_id: str


@dataclass(frozen=True)
class SeatRetaken(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    changes_rights: ClassVar[bool] = True
    item_id: str
    agency_id: str
