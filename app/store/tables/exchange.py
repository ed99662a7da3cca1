"""書き出しと取込み: who took the sheet out when, and what was read from a file that was brought."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from app.domain.sheet_file import Way
from app.store.columns import id_field, json_field, one_of, ref, time_field

IMPORT_STATES = ("read", "applied", "undone")


class SheetExportRow(SQLModel, table=True):
    """Written before the file is sent; ``id`` is the number the file carries.

    ``base``: cell → its version then, and a fingerprint of what the file says of it.
    """

    __tablename__ = "sheet_export"
    __table_args__ = (one_of("way", Way),)

    id: str = id_field()
    case_id: str = ref("support_case")
    person_id: str = ref("person")
    person_name: str = Field(max_length=80)
    agency_id: str = ref("agency")
    agency_name: str = Field(max_length=120)
    way: str = Field(max_length=12)
    base: Any = json_field()
    at: datetime = time_field()


class SheetImportRow(SQLModel, table=True):
    """A file as it was read, for the person who brought it; once applied, what it wrote.

    ``grids`` is emptied with the import, or when nobody went on with it. ``written``: cell by
    cell what stood there before and the version made; ``kept``: what undoing left, as others had
    changed it since.
    """

    __tablename__ = "sheet_import"
    __table_args__ = (
        one_of("state", IMPORT_STATES),
        CheckConstraint("(state = 'read') = (applied_at IS NULL)", name="applied_dated"),
        CheckConstraint("(state = 'undone') = (undone_at IS NOT NULL)", name="undone_dated"),
    )

    id: str = id_field()
    case_id: str = ref("support_case")
    person_id: str = ref("person")
    person_name: str = Field(max_length=80)
    agency_id: str = ref("agency")
    agency_name: str = Field(max_length=120)
    file_name: str = Field(max_length=160)
    state: str = Field(max_length=8)
    export_id: str = Field(max_length=32)  # empty: the file came from elsewhere
    grids: Any = json_field(list)
    written: Any = json_field(list)
    kept: Any = json_field(list)
    at: datetime = time_field()
    applied_at: datetime | None = time_field(nullable=True)
    undone_at: datetime | None = time_field(nullable=True)


class SheetLabelRow(SQLModel, table=True):
    """What an agency's own files call a column; an empty column is one that is not used."""

    __tablename__ = "sheet_label"

    agency_id: str = Field(foreign_key="agency.id", primary_key=True, max_length=32)
    label: str = Field(primary_key=True, max_length=60)
    column: str = Field(max_length=40)
    at: datetime = time_field()
