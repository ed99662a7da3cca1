"""引受手不在: nobody takes the case, who answers for what comes next, and what became of it."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.facts.base import Fact, RoomKind


@dataclass(frozen=True)
class GapOpened(Fact):
    """Without ``round_id`` it is the declaration itself; no question had been put.

    ``declined``: each with agency, how it declined, and its reason.
    """

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    changes_rights: ClassVar[bool] = True
    gap_id: str
    round_id: str | None
    number: str
    gap_kind: str
    text: str
    declined: list[dict[str, str]]
    owner_agency_id: str
    owner_person: str
    next_step: str
    due: str
    next_date: str


@dataclass(frozen=True)
class GapMoved(Fact):
    """Another owner, or another day, and why."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    gap_id: str
    owner_agency_id: str
    owner_person: str
    due: str
    reason: str
    state: str


@dataclass(frozen=True)
class GapSettled(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    gap_id: str
    outcome: str
    text: str
