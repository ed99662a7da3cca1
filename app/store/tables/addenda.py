"""訂正: addenda to decisions, one under the other; the decision itself is never changed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.domain.addenda import CORRECTABLE
from app.store.columns import id_field, one_of, ref, time_field


class AddendumRow(SQLModel, table=True):
    """Rows are only ever added. ``agency_id``: whose condition it is about, else empty."""

    __tablename__ = "decision_addendum"
    __table_args__ = (
        UniqueConstraint("decision_id", "number"),
        one_of("field", CORRECTABLE),
        CheckConstraint("says <> '' AND says <> was AND reason <> ''", name="says_something_else"),
    )

    id: str = id_field()
    decision_id: str = ref("decision")
    number: int
    field: str = Field(max_length=20)
    agency_id: str = Field(default="", max_length=32)
    was: str = Field(max_length=1000)
    says: str = Field(max_length=1000)
    reason: str = Field(max_length=500)
    person_name: str = Field(max_length=80)
    agency_name: str = Field(max_length=120)
    at: datetime = time_field()
