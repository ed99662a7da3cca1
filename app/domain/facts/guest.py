"""The firm's owner as a guest at its own item: invited, let in, and what the owner said there."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.facts.base import Fact, RoomKind


@dataclass(frozen=True)
class GuestInvited(Fact):
    """A link was made, which is not told here; ``replaces`` is the one it took the place of."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    invitation_id: str
    name: str
    expires_at: str
    replaces: str | None


@dataclass(frozen=True)
class GuestRevoked(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    invitation_id: str


@dataclass(frozen=True)
class GuestEntered(Fact):
    """The link was used, and is dead since."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    invitation_id: str


@dataclass(frozen=True)
class GuestAccepted(Fact):
    """The guest confirmed how to keep what it is told."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    invitation_id: str
    version: int


@dataclass(frozen=True)
class FactCorrected(Fact):
    """What the firm says is right; the sheet itself is changed by an agency, or not at all."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    correction_id: str
    column: str
    value: str
    words: str


@dataclass(frozen=True)
class CorrectionTaken(Fact):
    """An agency wrote it into the sheet."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    correction_id: str


@dataclass(frozen=True)
class CorrectionSetAside(Fact):
    """The reason is told to the firm as well."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    correction_id: str
    reason: str


@dataclass(frozen=True)
class PreferenceStated(Fact):
    """What the owner wishes, in own words; ``agency_id`` where it is about one agency."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    preference_id: str
    agency_id: str | None
    text: str
