"""The information-sharing sheet: rows, cells as versioned values, and the way to the versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.domain.sheet_columns import RowKind
from app.store.columns import added_text, json_field, one_of, ref, time_field


class SheetRowRow(SQLModel, table=True):
    """A line of the sheet: the case itself (``case``) or an entry of one of its lists."""

    __tablename__ = "sheet_row"
    __table_args__ = (one_of("kind", RowKind),)

    case_id: str = Field(foreign_key="support_case.id", primary_key=True, max_length=32)
    row: str = Field(primary_key=True, max_length=40)
    kind: str = Field(max_length=12)
    owner_agency_id: str | None = ref("agency", nullable=True)
    position: int


class CellRow(SQLModel, table=True):
    """A cell that was written at least once; version counts its writes from 1."""

    __tablename__ = "sheet_cell"
    __table_args__ = (CheckConstraint("version >= 1", name="version_counts"),)

    case_id: str = Field(foreign_key="support_case.id", primary_key=True, max_length=32)
    row: str = Field(primary_key=True, max_length=40)
    column: str = Field(primary_key=True, max_length=40)
    value: Any = json_field(None)
    version: int
    person_name: str = Field(max_length=80)
    agency_id: str = ref("agency")
    agency_name: str = Field(max_length=120)
    at: datetime = time_field()
    reason: str = added_text(300)  # of the 訂正 by which it got its value, else empty


class CellVersionRow(SQLModel, table=True):
    """Where in the sheet's journal a version of a cell stands; what it says stands only there."""

    __tablename__ = "sheet_cell_version"
    __table_args__ = (
        CheckConstraint("version >= 1", name="version_counts"),
        UniqueConstraint("case_id", "seq"),
    )

    case_id: str = Field(foreign_key="support_case.id", primary_key=True, max_length=32)
    row: str = Field(primary_key=True, max_length=40)
    column: str = Field(primary_key=True, max_length=40)
    version: int = Field(primary_key=True)
    seq: int
