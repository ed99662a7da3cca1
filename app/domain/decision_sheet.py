"""主担当決定書: one declared result as a paper that can be followed and recomputed by hand."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.plan_paper import AddendumLine


@dataclass(frozen=True, slots=True)
class SeatAnswer:
    """One seat's word as it counted. ``how``: where its own people did not give it, who did.

    ``reply_by``: until when an agency that took it home answers.
    """

    agency: str
    stance: str  # label, or that it did not answer, or that it had left
    how: str
    remark: str  # condition, reason or note, verbatim
    alternative: str
    receipt: str
    reply_by: date | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    text: str
    set_by: str
    owner: str
    due: date | None


@dataclass(frozen=True, slots=True)
class DecisionSheet:
    """``lead`` is empty where nobody leads by it. ``became``: what a 仮決定 was settled as.

    ``fingerprint``: of the conference's journals, once it is closed; ``receipt``: of the
    declaration, which stands for the item's record until then.
    """

    number: str
    result: str
    case_number: str
    firm: str
    conference: str
    held_on: date
    declared_at: datetime
    declared_by: str
    wording: str
    because: str
    lead: str
    lead_person: str
    supporters: tuple[tuple[str, str], ...]
    conditions: tuple[Condition, ...]
    answers: tuple[SeatAnswer, ...]
    rule: str
    tally: tuple[tuple[str, int], ...]
    reasons: tuple[str, ...]
    effective_on: date | None
    review_on: date | None
    action: str
    action_person: str
    action_due: date | None
    next_date: date | None
    became: str
    became_because: tuple[str, ...]
    replies: tuple[SeatAnswer, ...]
    addenda: tuple[AddendumLine, ...]  # 訂正: beside what was declared, which stays
    receipt: str
    rule_digest: str
    fingerprint: str
    issued_by: str
