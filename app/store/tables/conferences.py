"""Series, conferences, seats, agenda items and what was said on them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.domain.conference import (
    ConferenceStatus,
    ItemKind,
    ItemStatus,
    OutcomeKind,
    Reply,
    SeatRole,
)
from app.domain.item_course import ItemStep
from app.domain.vocabulary import ConferenceKind
from app.store.columns import id_field, json_field, one_of, ref, time_field


class SeriesRow(SQLModel, table=True):
    """A monthly joint conference: the rule; its occurrences are virtual until planned."""

    __tablename__ = "series"
    __table_args__ = (one_of("kind", ConferenceKind),)

    id: str = id_field()
    host_agency_id: str = ref("agency")
    kind: str = Field(max_length=30)
    name: str = Field(max_length=120)
    rule: dict[str, Any] = json_field()
    starts_on: date
    start_time: str = Field(max_length=5)
    minutes: int
    place: str = Field(default="", max_length=200)
    online_url: str = Field(default="", max_length=300)
    template: dict[str, Any] = json_field()
    agency_ids: list[str] = json_field(list)
    created_at: datetime = time_field()


class ConferenceRow(SQLModel, table=True):
    __tablename__ = "conference"
    __table_args__ = (
        UniqueConstraint("series_id", "occurrence"),
        one_of("kind", ConferenceKind),
        one_of("status", ConferenceStatus),
        CheckConstraint("minutes BETWEEN 5 AND 600", name="minutes_sensible"),
    )

    id: str = id_field()
    series_id: str | None = ref("series", nullable=True)
    occurrence: str | None = Field(default=None, max_length=7)
    host_agency_id: str = ref("agency")
    kind: str = Field(max_length=30)
    name: str = Field(max_length=120)
    starts_at: datetime = time_field()
    minutes: int
    place: str = Field(default="", max_length=200)
    online_url: str = Field(default="", max_length=300)
    template: dict[str, Any] = json_field()
    status: str = Field(max_length=20, index=True)
    chair_agency_id: str = ref("agency")
    chair_name: str = Field(default="", max_length=80)
    reply_by: date | None = None
    invited_at: datetime | None = time_field(nullable=True)
    sequence: int = 0
    opened_at: datetime | None = time_field(nullable=True)
    closed_at: datetime | None = time_field(nullable=True)
    created_at: datetime = time_field()
    # Who was missing when it opened as 事前協議; NULL for an ordinary conference.
    preliminary: list[str] | None = json_field(None)


class SeatRow(SQLModel, table=True):
    """A seat belongs to an agency; people act for it."""

    __tablename__ = "seat"
    __table_args__ = (one_of("reply", Reply), one_of("role", SeatRole))

    conference_id: str = Field(foreign_key="conference.id", primary_key=True, max_length=32)
    agency_id: str = Field(foreign_key="agency.id", primary_key=True, max_length=32, index=True)
    role: str = Field(max_length=10)
    position: int = 0
    reply: str = Field(default="waiting", max_length=12)
    attendees: str = Field(default="", max_length=200)
    note: str = Field(default="", max_length=500)
    replied_by: str = Field(default="", max_length=80)
    replied_at: datetime | None = time_field(nullable=True)


class AgendaItemRow(SQLModel, table=True):
    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("conference_id", "case_id"),
        one_of("kind", ItemKind),
        one_of("status", ItemStatus),
        one_of("step", ItemStep, null=True),
        CheckConstraint("minutes BETWEEN 1 AND 240", name="minutes_sensible"),
        CheckConstraint("(kind = 'case') = (case_id IS NOT NULL)", name="case_item_has_case"),
        Index(
            "uq_agenda_item_one_running",
            "conference_id",
            unique=True,
            sqlite_where=text("status = 'running'"),
            postgresql_where=text("status = 'running'"),
        ),
    )

    id: str = id_field()
    conference_id: str = ref("conference")
    position: int
    kind: str = Field(max_length=10)
    case_id: str | None = ref("support_case", nullable=True)
    title: str = Field(default="", max_length=120)
    minutes: int
    status: str = Field(default="waiting", max_length=10)
    started_at: datetime | None = time_field(nullable=True)
    ends_at: datetime | None = time_field(nullable=True)
    ended_at: datetime | None = time_field(nullable=True)
    step: str | None = Field(default=None, max_length=12)


class RemarkRow(SQLModel, table=True):
    __tablename__ = "remark"

    id: str = id_field()
    item_id: str = ref("agenda_item")
    agency_id: str = ref("agency")
    agency_name: str = Field(max_length=120)
    person_id: str = ref("person")
    person_name: str = Field(max_length=80)
    text: str = Field(max_length=4000)
    position: int
    at: datetime = time_field()
    reply_to: str | None = ref("remark", nullable=True)
    mentions: list[dict[str, str]] = json_field(list)
    links: list[str] = json_field(list)
    corrected_at: datetime | None = time_field(nullable=True)


class OutcomeRow(SQLModel, table=True):
    """Typed while the item runs, so that minutes exist when the conference ends."""

    __tablename__ = "outcome"
    __table_args__ = (one_of("kind", OutcomeKind),)

    id: str = id_field()
    item_id: str = ref("agenda_item")
    kind: str = Field(max_length=20)
    text: str = Field(max_length=2000)
    agency_id: str | None = ref("agency", nullable=True)
    person: str = Field(default="", max_length=80)
    due: date | None = None
    recorded_by: str = Field(max_length=80)
    position: int
    at: datetime = time_field()
    remark_id: str | None = ref("remark", nullable=True)
