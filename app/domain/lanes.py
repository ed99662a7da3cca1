"""討議のレーン: beside what is said to all, an item has inner lanes that stay out of every record.

自機関内 is heard by people acting for one agency; 議長宛 by that agency and by the chair's. Both
begin as soon as the item stands on the agenda, for an agency settles its position beforehand, and
nothing more is said in them once the conference is over.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from app.domain.sentences import _


class Lane(StrEnum):
    """The inner lanes; 全体 is the item's own room."""

    AGENCY = "agency"
    CHAIR = "chair"


LANE_LABELS = {Lane.AGENCY: _("自機関内"), Lane.CHAIR: _("議長宛")}
_ID = 32


@dataclass(frozen=True, slots=True)
class LaneOf:
    """One lane: of this agency, at this item. Its name is made of what it is for, so that it
    can be listened to before anything was said in it; being able to name it opens nothing."""

    item_id: str
    agency_id: str
    lane: Lane

    @property
    def subject(self) -> str:
        return f"{self.item_id}-{self.agency_id}-{self.lane}"

    @classmethod
    def named(cls, subject: str) -> Self | None:
        """The lane of this name, if it is one."""
        parts = subject.split("-")
        if len(parts) != 3 or parts[2] not in set(Lane):
            return None
        if any(len(part) != _ID or not part.isalnum() for part in parts[:2]):
            return None
        return cls(parts[0], parts[1], Lane(parts[2]))
