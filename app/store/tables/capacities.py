"""What agencies have said about taking cases on, one row each time; the newest one holds."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.domain.capacity import Capacity
from app.store.columns import id_field, one_of, ref, time_field


class CapacityRow(SQLModel, table=True):
    """Only added to, never changed: ``number`` counts an agency's statements from 1.

    ``op_id`` is the operation it was stated by, whose row says who and when once more.
    """

    __tablename__ = "agency_capacity"
    __table_args__ = (UniqueConstraint("agency_id", "number"), one_of("state", Capacity))

    id: str = id_field()
    agency_id: str = ref("agency")
    number: int
    state: str = Field(max_length=20)
    note: str = Field(default="", max_length=200)
    as_of: date
    person_id: str = ref("person")
    person_name: str = Field(max_length=80)
    op_id: str = Field(unique=True, max_length=32)
    stated_at: datetime = time_field()
