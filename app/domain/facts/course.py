"""How a conference takes its course: breaks, what is put off, steps, and how items end."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.facts.base import Fact, RoomKind


@dataclass(frozen=True)
class ConferencePaused(Fact):
    """休憩・中断: the clock of the running item stands still from ``at``."""

    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    reason: str
    at: str
    resumes_at: str


@dataclass(frozen=True)
class ConferenceResumed(Fact):
    """``ends_at`` is the new end of the running item, later by as long as the break was."""

    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    at: str
    item_id: str | None
    ends_at: str | None


@dataclass(frozen=True)
class ItemPutOff(Fact):
    """後回し: the item waits (again), later; ``item_ids`` is the whole agenda in its new order."""

    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    item_id: str
    item_ids: list[str]


@dataclass(frozen=True)
class StepTaken(Fact):
    """The chair moved the running item on to this step, or back to it."""

    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    item_id: str
    step: str


@dataclass(frozen=True)
class ItemSettled(Fact):
    """Who answers for what follows; in the item's own room, unlike the bare result."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    result: str
    owner_agency_id: str | None
    owner_person: str
    reason: str
    next_date: str | None
    next_conference_id: str | None
    next_conference_name: str
