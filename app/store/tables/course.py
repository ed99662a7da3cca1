"""Breaks of a conference, and how its items ended."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from app.domain.item_results import ItemResult
from app.store.columns import id_field, one_of, ref, time_field


class PauseRow(SQLModel, table=True):
    """休憩・中断; the one without an end is going on, and there is never more than one.

    ``speech_id`` is the speech it interrupted, which goes on with the table; one that the chair
    had stopped before stays stopped.
    """

    __tablename__ = "pause"
    __table_args__ = (
        CheckConstraint("resumes_at > paused_at", name="resumes_later"),
        CheckConstraint("resumed_at IS NULL OR resumed_at >= paused_at", name="ends_later"),
        Index(
            "uq_pause_one_at_a_time",
            "conference_id",
            unique=True,
            sqlite_where=text("resumed_at IS NULL"),
            postgresql_where=text("resumed_at IS NULL"),
        ),
    )

    id: str = id_field()
    conference_id: str = ref("conference")
    reason: str = Field(max_length=80)
    paused_at: datetime = time_field()
    resumes_at: datetime = time_field()
    resumed_at: datetime | None = time_field(nullable=True)
    speech_id: str | None = ref("speech", index=False, nullable=True)


class ItemResultRow(SQLModel, table=True):
    """How an item left the table; what goes on or was withdrawn has an agency behind it."""

    __tablename__ = "item_result"
    __table_args__ = (
        one_of("result", ItemResult),
        CheckConstraint(
            "result IN ('held', 'passed_over') OR owner_agency_id IS NOT NULL", name="has_owner"
        ),
        CheckConstraint("result <> 'withdrawn' OR reason <> ''", name="withdrawn_says_why"),
    )

    item_id: str = Field(foreign_key="agenda_item.id", primary_key=True, max_length=32)
    result: str = Field(max_length=12)
    owner_agency_id: str | None = ref("agency", nullable=True)
    owner_person: str = Field(default="", max_length=80)
    reason: str = Field(default="", max_length=500)
    next_date: date | None = None
    next_conference_id: str | None = ref("conference", nullable=True)
    settled_by: str = Field(max_length=80)
    settled_at: datetime = time_field()
