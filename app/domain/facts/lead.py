"""How the lead is chosen at an item: nominations, the question, stances, the declaration."""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.domain.facts.base import Fact, RoomKind


@dataclass(frozen=True)
class NominationsOpened(Fact):
    """``asked``: the agencies that may name somebody, in silence."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    turn: int
    role: str
    asked: list[str]


@dataclass(frozen=True)
class NominationSealed(Fact):
    """An agency has named somebody; whom and why stays sealed until all are revealed."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    agency_id: str
    turn: int
    seal: str


@dataclass(frozen=True)
class NominationsRevealed(Fact):
    """Each with agency, nominee (none: nobody here), reason, person, and what opens its seal."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    turn: int
    nominations: list[dict[str, Any]]


@dataclass(frozen=True)
class RoundOpened(Fact):
    """The electorate, the rule and its digest as they are pinned; ``because`` where it was asked
    before."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    round_id: str
    number: int
    nominee_id: str
    supporters: list[dict[str, str]]
    wording: str
    because: str
    rule: dict[str, Any]
    rule_digest: str
    seats: list[dict[str, Any]]


@dataclass(frozen=True)
class StanceGiven(Fact):
    """``owner_id`` and ``due``: which agency sees to the condition, and by when.

    ``manner``: by its own people, under a 委任状, or entered by the office, which then says why
    and names the file it has it from.
    """

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    round_id: str
    agency_id: str
    stance: str
    text: str
    alternative: str
    reply_by: str | None
    owner_id: str | None
    due: str | None
    manner: str
    reason: str
    file: dict[str, str] | None


@dataclass(frozen=True)
class StanceSealed(Fact):
    """An agency has answered a blind round; what it said stays sealed until the reveal."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    round_id: str
    agency_id: str
    seal: str
    manner: str


@dataclass(frozen=True)
class StancesRevealed(Fact):
    """By agency: what ``stance_given`` would have told, and what opens its seal."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    round_id: str
    stances: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class LeadAnswered(Fact):
    """受諾: the nominee's own answer, with the person who would lead."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    round_id: str
    agency_id: str
    accepted: bool
    person: str
    reason: str


@dataclass(frozen=True)
class ResultDeclared(Fact):
    """``closing``: seats, who had left, every stance that counted, the tally, and the rule.

    ``record``: from when a decision holds, its review, and the lead's first action.
    """

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    changes_rights: ClassVar[bool] = True
    round_id: str
    result: str
    reasons: list[str]
    next_date: str | None
    number: str
    closing: dict[str, Any]
    record: dict[str, Any] | None


@dataclass(frozen=True)
class RoundReplaced(Fact):
    """Another proposal is put instead; what had been said to this one by then is kept."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    round_id: str
    closing: dict[str, Any]


@dataclass(frozen=True)
class HoldAnswered(Fact):
    """An agency that took a 仮決定 home says what its head office says."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    round_id: str
    agency_id: str
    stance: str
    text: str
    alternative: str


@dataclass(frozen=True)
class ProvisionalSettled(Fact):
    """What the 仮決定 became: 決定, or 継続協議 with the day it is taken up again."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    changes_rights: ClassVar[bool] = True
    round_id: str
    result: str
    reasons: list[str]
    next_date: str | None
