"""引受手不在: cases that nobody took, who answers for what comes next, and what became of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.domain.gaps import GapOutcome, GapState
from app.domain.vocabulary import RequestKind
from app.store.columns import id_field, json_field, one_of, ref, time_field


class GapRow(SQLModel, table=True):
    """Declared with a round it belongs to that decision; without one it has a number of its own.

    ``declined``: which agency said no, how and why. ``moves``: owners and days it had before.
    """

    __tablename__ = "gap"
    __table_args__ = (
        UniqueConstraint("decision_id"),
        one_of("kind", RequestKind),
        one_of("state", GapState),
        one_of("outcome", GapOutcome, null=True),
        CheckConstraint("(state = 'closed') = (outcome IS NOT NULL)", name="closed_has_outcome"),
        CheckConstraint("owner_person <> '' AND next_step <> ''", name="somebody_does_something"),
    )

    id: str = id_field()
    case_id: str = ref("support_case")
    conference_id: str = ref("conference")
    item_id: str = ref("agenda_item")
    decision_id: str | None = ref("decision", index=False, nullable=True)
    number: str = Field(max_length=30)
    kind: str = Field(max_length=20)
    text: str = Field(max_length=1000)
    declined: list[dict[str, str]] = json_field(list)
    owner_agency_id: str = ref("agency")
    owner_person: str = Field(max_length=80)
    next_step: str = Field(max_length=500)
    due: date
    next_date: date
    declared_by: str = Field(max_length=80)
    declared_at: datetime = time_field()
    state: str = Field(max_length=10)
    moves: list[dict[str, str]] = json_field(list)
    outcome: str | None = Field(default=None, max_length=10)
    outcome_text: str = Field(default="", max_length=1000)
    closed_by: str = Field(default="", max_length=80)
    closed_at: datetime | None = time_field(nullable=True)
