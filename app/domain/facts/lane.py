"""What is said in an inner lane of an item: among one agency, or between it and the chair."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.facts.base import Fact, RoomKind


@dataclass(frozen=True)
class LaneRemarkMade(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.LANE
    remark_id: str
    text: str
    reply_to: str | None
    mentions: list[dict[str, str]]
    links: list[str]


@dataclass(frozen=True)
class LaneRemarkCorrected(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.LANE
    remark_id: str
    text: str
    mentions: list[dict[str, str]]
