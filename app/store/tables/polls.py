"""Ballots put to the table: what is asked, named votes, and a secret ballot's two halves."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.domain.ballot import Outcome
from app.domain.choosing import PollKind, PollState
from app.store.columns import id_field, json_field, one_of, ref, time_field


class PollRow(SQLModel, table=True):
    """A question put to the seats of a conference, or of one of its items; never changed after.

    ``seats`` is the electorate when it opened, ``closing`` what it was judged by. ``result`` and
    ``decided`` (議長裁決) are as the journal tells them.
    """

    __tablename__ = "poll"
    __table_args__ = (
        UniqueConstraint("room_id", "number"),
        one_of("kind", PollKind),
        one_of("state", PollState),
        one_of("outcome", Outcome, null=True),
        CheckConstraint("(state = 'closed') = (closing IS NOT NULL)", name="closed_has_closing"),
        Index(
            "uq_poll_one_open",
            "room_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: str = id_field()
    room_id: str = Field(foreign_key="room.id", max_length=80)
    conference_id: str = ref("conference")
    item_id: str | None = ref("agenda_item", nullable=True)
    number: int
    kind: str = Field(max_length=20)
    question: str = Field(max_length=500)
    options: list[dict[str, Any]] = json_field(list)
    rule: dict[str, Any] = json_field()
    rule_digest: str = Field(max_length=64)
    seats: list[dict[str, Any]] = json_field(list)
    earlier_id: str | None = ref("poll", nullable=True)
    because: str = Field(default="", max_length=500)
    state: str = Field(max_length=10)
    opened_by: str = Field(max_length=80)
    opened_at: datetime = time_field()
    outcome: str | None = Field(default=None, max_length=20)
    result: dict[str, Any] | None = json_field(None)
    closing: dict[str, Any] | None = json_field(None)
    closed_by: str = Field(default="", max_length=80)
    closed_at: datetime | None = time_field(nullable=True)
    decided: dict[str, Any] | None = json_field(None)


class PollVoteRow(SQLModel, table=True):
    """A named vote, one of each seat. ``nonce`` belongs to the seal of a blind one."""

    __tablename__ = "poll_vote"

    poll_id: str = Field(foreign_key="poll.id", primary_key=True, max_length=32)
    agency_id: str = Field(foreign_key="agency.id", primary_key=True, max_length=32)
    choice: str = Field(max_length=10)
    person_id: str = ref("person")
    person_name: str = Field(max_length=80)
    version: int = 1
    receipt: str = Field(max_length=12)
    nonce: str = Field(default="", max_length=32)
    at: datetime = time_field()


class PollTurnoutRow(SQLModel, table=True):
    """投票済み: a seat has voted in secret. Nothing here says what, and nothing leads there."""

    __tablename__ = "poll_turnout"

    poll_id: str = Field(foreign_key="poll.id", primary_key=True, max_length=32)
    agency_id: str = Field(foreign_key="agency.id", primary_key=True, max_length=32)


class PollBoxRow(SQLModel, table=True):
    """投票箱: what was chosen in secret; no agency, no person, no time, and no foreign key.

    All slips of a poll are written anew with every vote, under new random ids: neither order nor
    number of a row, nor the transaction that wrote it, tells which came last. SQLite keeps them
    by that id and gives them no number of their own. Beyond the rows this cannot reach: whoever
    has copies of the database's own files from before and after a vote can compare the two.
    """

    __tablename__ = "poll_box"
    __table_args__ = ({"sqlite_with_rowid": False},)

    poll_id: str = Field(primary_key=True, max_length=32)
    id: str = Field(primary_key=True, max_length=32)
    choice: str = Field(max_length=10)
