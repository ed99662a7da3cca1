"""訂正 of a decision, which itself stays as it was declared."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.facts.base import Fact, RoomKind


@dataclass(frozen=True)
class DecisionCorrected(Fact):
    """``agency_id``: whose condition it is about, else empty. Days are ISO."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    round_id: str
    number: int
    field: str
    agency_id: str
    was: str
    says: str
    reason: str
