"""The shape every fact has: a room to belong to, a wire name, a body, a visibility."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar


class RoomKind(StrEnum):
    """One audience per room; only the sheet mixes audiences, by visibility tags."""

    CONFERENCE = "conference"
    ITEM = "item"
    SHEET = "sheet"
    CASE = "case"
    LANE = "lane"

    @property
    def letter(self) -> str:
        """What the ids of such rooms begin with; ``a`` stands for 案件."""
        return "a" if self is RoomKind.CASE else self[0]


@dataclass(frozen=True)
class Fact:
    """Base of all facts. Values are JSON values; ids are text; times are ISO 8601 in UTC."""

    room_kind: ClassVar[RoomKind]
    # Whoever may see the case or conference can gain or lose sight through this fact.
    changes_rights: ClassVar[bool] = False

    @classmethod
    @cache
    def wire_name(cls) -> str:
        """``StanceGiven`` travels as ``stance_given``."""
        name = cls.__name__
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")

    def body(self) -> dict[str, Any]:
        return dict(vars(self))

    def visibility(self) -> str:
        """Empty for everybody in the room's audience, else a tag of the sheet."""
        return ""
