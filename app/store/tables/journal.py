"""Rooms, their journals, and the operations already answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.domain.facts import RoomKind
from app.store.columns import TamperProofJson, json_field, one_of, time_field


class RoomRow(SQLModel, table=True):
    """One journal; its row is locked to take the next number. ``id`` is the id of its subject.

    That of an inner lane names item, agency and lane, so it is longer than the others.
    """

    __tablename__ = "room"
    __table_args__ = (one_of("kind", RoomKind), CheckConstraint("last_seq >= 0", name="counts_up"))

    id: str = Field(primary_key=True, max_length=80)
    kind: str = Field(max_length=12)
    subject_id: str = Field(max_length=80, index=True)
    last_seq: int = 0
    last_hash: str = Field(default="", max_length=64)
    created_at: datetime = time_field()


class EntryRow(SQLModel, table=True):
    """One fact; ``body`` may be erased without breaking the chain, which hashes its digest."""

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("room_id", "op_id", "part"),
        CheckConstraint("seq >= 1", name="counts_from_one"),
    )

    room_id: str = Field(foreign_key="room.id", primary_key=True, max_length=80)
    seq: int = Field(primary_key=True)
    op_id: str = Field(max_length=32)
    part: int
    kind: str = Field(max_length=40)
    visibility: str = Field(default="", max_length=60)
    person_id: str = Field(max_length=32)
    person_name: str = Field(max_length=80)
    agency_id: str = Field(max_length=32)
    agency_name: str = Field(max_length=120)
    at: datetime = time_field()
    body: dict[str, Any] | None = Field(
        default=None, sa_column=Column(TamperProofJson(none_as_null=True), nullable=True)
    )
    salt: str = Field(max_length=32)
    body_digest: str = Field(max_length=64)
    prev: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class OperationRow(SQLModel, table=True):
    """An operation id that was carried out, with its answer, so that a repeat changes nothing."""

    __tablename__ = "operation"

    id: str = Field(primary_key=True, max_length=32)
    person_id: str = Field(max_length=32)
    agency_id: str = Field(max_length=32)
    command: str = Field(max_length=60)
    digest: str = Field(max_length=64)
    answer: dict[str, Any] = json_field()
    at: datetime = time_field()
