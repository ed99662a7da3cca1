"""What happens around the table itself: seats, agenda, clock."""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.domain.facts.base import Fact, RoomKind


@dataclass(frozen=True)
class ConferencePlanned(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    name: str
    starts_at: str
    chair_agency_id: str
    chair_name: str


@dataclass(frozen=True)
class ConferenceChanged(Fact):
    """``asked_again``: the time moved after the invitations, so every reply is open again."""

    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    name: str
    starts_at: str
    minutes: int
    place: str
    online_url: str
    asked_again: bool


@dataclass(frozen=True)
class ConferenceCancelled(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    reason: str


@dataclass(frozen=True)
class AgencyInvited(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    changes_rights: ClassVar[bool] = True
    agency_id: str
    agency_name: str
    agency_kind: str
    agency_mark: str
    seat_role: str
    position: int


@dataclass(frozen=True)
class InvitationsSent(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    reply_by: str


@dataclass(frozen=True)
class InvitationAnswered(Fact):
    """Answered by the agency itself, or noted for it by the host: the author tells which."""

    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    agency_id: str
    reply: str
    attendees: str


@dataclass(frozen=True)
class ItemAdded(Fact):
    """A case item carries no title: the name of a firm is known in the item's own room only."""

    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    item_id: str
    position: int
    item_kind: str
    title: str
    minutes: int


@dataclass(frozen=True)
class AgendaReordered(Fact):
    """All items of the conference in their new order; positions count from 1."""

    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    item_ids: list[str]


@dataclass(frozen=True)
class ConferenceOpened(Fact):
    """``preliminary`` names those who were missing when it opened as 事前協議, else nobody."""

    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    chair_agency_id: str
    chair_name: str
    at: str
    preliminary: list[str]


@dataclass(frozen=True)
class ChairHandedOver(Fact):
    """What agencies put to the chair goes with the chair: the one before hears it no longer."""

    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    changes_rights: ClassVar[bool] = True
    chair_agency_id: str
    chair_name: str


@dataclass(frozen=True)
class ItemStarted(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    item_id: str
    started_at: str
    ends_at: str


@dataclass(frozen=True)
class ItemExtended(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    item_id: str
    ends_at: str


@dataclass(frozen=True)
class ItemEnded(Fact):
    """Also ends an item that was never taken up: carried over, withdrawn or passed over."""

    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    item_id: str
    ended_at: str
    result: str


@dataclass(frozen=True)
class ConferenceClosed(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    at: str


@dataclass(frozen=True)
class DecisionRuleSet(Fact):
    """決め方: by which rule questions on the lead will be decided there."""

    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    rule: dict[str, Any]
