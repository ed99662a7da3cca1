"""What is written into the information-sharing sheet."""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.domain.consent import ItemGroup
from app.domain.facts.base import Fact, RoomKind
from app.domain.sheet_schema import visibility_tag


@dataclass(frozen=True)
class SheetRowAdded(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.SHEET
    row: str
    row_kind: str
    owner_id: str | None
    group: str

    def visibility(self) -> str:
        return visibility_tag(ItemGroup(self.group), self.owner_id)


@dataclass(frozen=True)
class CellWritten(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.SHEET
    row: str
    column: str
    value: Any
    version: int
    group: str
    owner_id: str | None
    source: str
    reason: str = ""  # of a 訂正, else empty

    def visibility(self) -> str:
        return visibility_tag(ItemGroup(self.group), self.owner_id)
