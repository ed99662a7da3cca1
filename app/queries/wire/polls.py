"""The picture of a ballot put to the table."""

from dataclasses import dataclass

from app.domain.ballot import Outcome
from app.domain.choosing import PollKind, PollState
from app.queries.wire.lead import AskedSeat, DecisionRule
from app.queries.wire.shape import Shape


@dataclass(frozen=True)
class PollOption(Shape):
    """``day``, ``time`` and ``note`` where days are asked for; ``text`` says them all."""

    key: str
    text: str
    day: str | None
    time: str
    note: str


@dataclass(frozen=True)
class PollResult(Shape):
    """``outcome`` is null where something was ``missing``; ``counts`` are empty where too few
    voted in secret for them to be known."""

    outcome: Outcome | None
    chosen: str | None
    tied: list[str]
    counts: dict[str, int]
    reasons: list[str]
    missing: list[str]


@dataclass(frozen=True)
class TieDecision(Shape):
    chosen: str
    reason: str
    by: str


@dataclass(frozen=True)
class Poll(Shape):
    """``answered``: agencies that have voted. ``votes``: by agency, of a named ballot that is
    closed or was open from the first; of a secret one always empty."""

    id: str
    number: int
    kind: PollKind
    question: str
    options: list[PollOption]
    rule: DecisionRule
    rule_digest: str
    seats: list[AskedSeat]
    earlier_id: str | None
    because: str
    state: PollState
    opened_by: str
    answered: list[str]
    votes: dict[str, str]
    result: PollResult | None
    closed_by: str
    decided: TieDecision | None
