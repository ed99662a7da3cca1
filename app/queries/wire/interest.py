"""A conflict of interest as those who are still at the item see it."""

from dataclasses import dataclass

from app.domain.interest import Origin, RecusalState
from app.queries.wire.shape import Shape


@dataclass(frozen=True)
class Recusal(Shape):
    """``person`` and ``agency`` declared, suggested or decided it; the answer denied or lifted it.

    In the conference's own room only the item's ``recused`` tells of it, without the reason.
    """

    id: str
    agency_id: str
    state: RecusalState
    origin: Origin
    reason: str
    person: str
    agency: str
    at: str
    answer: str
    answered_by: str
    answered_at: str | None
