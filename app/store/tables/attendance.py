"""How each agency takes part in a conference: the latest word; the journal has those before."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field, SQLModel

from app.domain.attendance import Mode
from app.store.columns import json_field, one_of, time_field


class AttendanceRow(SQLModel, table=True):
    """Only a seat has an attendance."""

    __tablename__ = "attendance"
    __table_args__ = (
        ForeignKeyConstraint(
            ["conference_id", "agency_id"],
            ["seat.conference_id", "seat.agency_id"],
            name="fk_attendance_seat",
        ),
        one_of("mode", Mode),
    )

    conference_id: str = Field(primary_key=True, max_length=32)
    agency_id: str = Field(primary_key=True, max_length=32)
    mode: str = Field(max_length=10)
    people: list[dict[str, Any]] = json_field(list)
    arrived: str = Field(default="", max_length=5)
    left: str = Field(default="", max_length=5)
    noted_by: str = Field(max_length=80)
    noted_at: datetime = time_field()
