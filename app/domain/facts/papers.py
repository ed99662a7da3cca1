"""What happens to the papers of a case.

They are told in the sheet's room, the one that mixes audiences: like a cell, a paper is heard of
only where its group is open to the agency. The item's own room says no more than that its set
was fixed.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.domain.consent import ItemGroup
from app.domain.facts.base import Fact, RoomKind
from app.domain.sheet_schema import visibility_tag


@dataclass(frozen=True)
class PaperAdded(Fact):
    """``version`` is the first one, as in ``paper_version_added``."""

    room_kind: ClassVar[RoomKind] = RoomKind.SHEET
    paper_id: str
    title: str
    paper_kind: str
    group: str
    owner_id: str
    version: dict[str, Any]

    def visibility(self) -> str:
        return visibility_tag(ItemGroup(self.group), self.owner_id)


@dataclass(frozen=True)
class PaperVersionAdded(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.SHEET
    paper_id: str
    group: str
    owner_id: str
    version: dict[str, Any]

    def visibility(self) -> str:
        return visibility_tag(ItemGroup(self.group), self.owner_id)


@dataclass(frozen=True)
class PaperPutOnItem(Fact):
    """The version the item discusses; ``replaced`` is the one it discussed before, 0 for none."""

    room_kind: ClassVar[RoomKind] = RoomKind.SHEET
    item_id: str
    paper_id: str
    group: str
    owner_id: str
    version: int
    replaced: int

    def visibility(self) -> str:
        return visibility_tag(ItemGroup(self.group), self.owner_id)


@dataclass(frozen=True)
class PaperTakenOffItem(Fact):
    """The item discusses the paper no longer; ``version`` is the one it did discuss."""

    room_kind: ClassVar[RoomKind] = RoomKind.SHEET
    item_id: str
    paper_id: str
    group: str
    owner_id: str
    version: int

    def visibility(self) -> str:
        return visibility_tag(ItemGroup(self.group), self.owner_id)


@dataclass(frozen=True)
class PaperShown(Fact):
    """The page the chair shows to the whole table; 0 takes the paper off the screen again."""

    room_kind: ClassVar[RoomKind] = RoomKind.SHEET
    item_id: str
    paper_id: str
    group: str
    owner_id: str
    page: int

    def visibility(self) -> str:
        return visibility_tag(ItemGroup(self.group), self.owner_id)


@dataclass(frozen=True)
class ItemPapersFixed(Fact):
    """資料の確定: from now on the item shows the versions it was given, not the newest."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
