"""Recusals (退席・利益相反): which agency is out of which case's item, since when and why."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from app.domain.interest import Origin, RecusalState
from app.store.columns import id_field, one_of, ref, time_field


class RecusalRow(SQLModel, table=True):
    """Never deleted. While one stands, nobody of the agency sees anything of the case.

    ``round_id`` is the question that lost the seat; a recusal lifted while it is still asked
    gives the seat back to it.
    """

    __tablename__ = "recusal"
    __table_args__ = (
        one_of("state", RecusalState),
        one_of("origin", Origin),
        CheckConstraint(
            "(origin = 'suggested') = (state IN ('suggested', 'denied', 'followed'))",
            name="suggestions_never_stand",
        ),
        CheckConstraint(
            "(state IN ('denied', 'lifted')) = (answered_at IS NOT NULL)", name="answer_dated"
        ),
        CheckConstraint("reason <> ''", name="says_why"),
        Index(
            "uq_recusal_one_open",
            "item_id",
            "agency_id",
            unique=True,
            sqlite_where=text("state IN ('suggested', 'standing')"),
            postgresql_where=text("state IN ('suggested', 'standing')"),
        ),
    )

    id: str = id_field()
    item_id: str = ref("agenda_item")
    agency_id: str = ref("agency")
    state: str = Field(max_length=10)
    origin: str = Field(max_length=10)
    reason: str = Field(max_length=500)
    person_name: str = Field(max_length=80)
    agency_name: str = Field(max_length=120)
    at: datetime = time_field()
    round_id: str | None = ref("round", nullable=True)
    answer: str = Field(default="", max_length=500)
    answered_by: str = Field(default="", max_length=80)
    answered_at: datetime | None = time_field(nullable=True)
