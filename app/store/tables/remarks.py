"""Remarks of the inner lanes, apart from the record; and what corrected ones said before."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.domain.lanes import Lane
from app.store.columns import id_field, json_field, one_of, ref, time_field


class RemarkEarlierRow(SQLModel, table=True):
    """What a remark said before it was corrected; ``at`` is when it was said so."""

    __tablename__ = "remark_earlier"
    __table_args__ = (CheckConstraint("number >= 1", name="counts_from_one"),)

    remark_id: str = Field(foreign_key="remark.id", primary_key=True, max_length=32)
    number: int = Field(primary_key=True)
    text: str = Field(max_length=4000)
    at: datetime = time_field()


class LaneRemarkRow(SQLModel, table=True):
    """A table of its own, so that nothing that reads remarks for minutes can come upon them.

    ``agency_id`` says whose lane it is; the chair's people write into lanes of others.
    """

    __tablename__ = "lane_remark"
    __table_args__ = (
        one_of("lane", Lane),
        UniqueConstraint("item_id", "agency_id", "lane", "position"),
        CheckConstraint(
            "lane <> 'agency' OR author_agency_id = agency_id", name="own_lane_own_people"
        ),
    )

    id: str = id_field()
    item_id: str = ref("agenda_item")
    agency_id: str = ref("agency")
    lane: str = Field(max_length=10)
    author_agency_id: str = ref("agency")
    author_agency_name: str = Field(max_length=120)
    person_id: str = ref("person")
    person_name: str = Field(max_length=80)
    text: str = Field(max_length=4000)
    position: int
    at: datetime = time_field()
    reply_to: str | None = ref("lane_remark", nullable=True)
    mentions: list[dict[str, str]] = json_field(list)
    links: list[str] = json_field(list)
    corrected_at: datetime | None = time_field(nullable=True)


class LaneRemarkEarlierRow(SQLModel, table=True):
    __tablename__ = "lane_remark_earlier"
    __table_args__ = (CheckConstraint("number >= 1", name="counts_from_one"),)

    remark_id: str = Field(foreign_key="lane_remark.id", primary_key=True, max_length=32)
    number: int = Field(primary_key=True)
    text: str = Field(max_length=4000)
    at: datetime = time_field()
