"""Where a journal can be held against its rows: how an item began, and what was kept of a room."""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.domain.facts.base import Fact, RoomKind


@dataclass(frozen=True)
class ItemOpened(Fact):
    """Whose case the item is about, or nobody's: all that its picture does not have from acts."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    case: dict[str, Any] | None


@dataclass(frozen=True)
class ItemPictureKept(Fact):
    """``digest`` is of the room's picture as the entries before this one have made it.

    ``shape`` numbers what a picture is made of: one kept in an earlier shape cannot be compared.
    """

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    digest: str
    shape: int


@dataclass(frozen=True)
class ConferencePictureKept(Fact):
    """As ``item_picture_kept``, of the conference's own room."""

    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    digest: str
    shape: int
