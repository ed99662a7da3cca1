"""Who accepted which version of the confidentiality statement: a person once for each."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from app.store.columns import ref, time_field


class ConfidentialityAcceptanceRow(SQLModel, table=True):
    """``agency_id`` is the capacity the person acted in; names are kept as they were then."""

    __tablename__ = "confidentiality_acceptance"
    __table_args__ = (CheckConstraint("version >= 1", name="version_counts_from_one"),)

    person_id: str = Field(foreign_key="person.id", primary_key=True, max_length=32)
    version: int = Field(primary_key=True)
    agency_id: str = ref("agency")
    person_name: str = Field(max_length=80)
    accepted_at: datetime = time_field()
