"""What happens to a support plan on its way to agreement."""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.domain.facts.base import Fact, RoomKind


@dataclass(frozen=True)
class PlanDrafted(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    plan_id: str
    version: int
    sections: dict[str, dict[str, Any]]
    lines: list[dict[str, Any]]
    asked: list[dict[str, str]]
    case_status: str


@dataclass(frozen=True)
class PlanSectionWritten(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    plan_id: str
    section: str
    text: str
    version: int


@dataclass(frozen=True)
class PlanLinePut(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    plan_id: str
    line: dict[str, Any]


@dataclass(frozen=True)
class PlanLineRemoved(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    plan_id: str
    line_id: str


@dataclass(frozen=True)
class PlanCirculated(Fact):
    """``asked`` is settled here: those who confirm this text, and nobody else."""

    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    plan_id: str
    digest: str
    asked: list[dict[str, str]]


@dataclass(frozen=True)
class PlanConfirmed(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    plan_id: str
    agency_id: str
    answer: str
    text: str
    person: str
    at: str
    status: str
    case_status: str
