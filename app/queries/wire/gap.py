"""The picture of a case that nobody took, at its item."""

from dataclasses import dataclass

from app.domain.gaps import Decline, GapOutcome, GapState
from app.domain.vocabulary import RequestKind
from app.queries.wire.shape import Shape


@dataclass(frozen=True)
class Declined(Shape):
    agency_id: str
    how: Decline
    reason: str


@dataclass(frozen=True)
class GapMove(Shape):
    """Who had it until when, who has it from then on, and why."""

    from_agency_id: str
    from_person: str
    from_due: str
    agency_id: str
    person: str
    due: str
    reason: str
    by: str
    at: str


@dataclass(frozen=True)
class Gap(Shape):
    """Without ``round_id`` it was declared before any question was put."""

    id: str
    round_id: str | None
    number: str
    kind: RequestKind
    text: str
    declined: list[Declined]
    owner_agency_id: str
    owner_person: str
    next_step: str
    due: str
    next_date: str
    declared_by: str
    at: str
    state: GapState
    moves: list[GapMove]
    outcome: GapOutcome | None
    outcome_text: str
    closed_by: str
