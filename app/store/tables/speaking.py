"""Raised hands and speeches of an agenda item, and its list of speakers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.domain.speaking import SpeechKind, SpeechState
from app.store.columns import id_field, one_of, ref, time_field


class SpeakersRow(SQLModel, table=True):
    """The list of one item, once anything about it was said; before that it is open.

    ``allowance``: seconds of each agency; empty until the chair sets it or somebody is called.
    """

    __tablename__ = "speakers"
    __table_args__ = (CheckConstraint("allowance BETWEEN 30 AND 14400", name="allowance_sensible"),)

    item_id: str = Field(foreign_key="agenda_item.id", primary_key=True, max_length=32)
    is_open: bool = True
    allowance: int | None = None


class SpeechRow(SQLModel, table=True):
    """From the raised hand to the end of the speech: one row, one state.

    ``place`` counts the hands of the item, ``turn`` the speeches in the order they began;
    ``since`` is when its clock last began to run, ``seconds`` what was spent before that.
    """

    __tablename__ = "speech"
    __table_args__ = (
        UniqueConstraint("item_id", "place"),
        UniqueConstraint("item_id", "turn"),
        one_of("kind", SpeechKind),
        one_of("state", SpeechState),
        CheckConstraint("(state IN ('speaking', 'spoken')) = (turn IS NOT NULL)", name="has_turn"),
        CheckConstraint("since IS NULL OR state = 'speaking'", name="runs_while_speaking"),
        CheckConstraint("seconds >= 0", name="seconds_sensible"),
        Index(
            "uq_speech_one_hand",
            "item_id",
            "agency_id",
            "kind",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "uq_speech_one_floor",
            "item_id",
            unique=True,
            sqlite_where=text("state = 'speaking'"),
            postgresql_where=text("state = 'speaking'"),
        ),
    )

    id: str = id_field()
    item_id: str = ref("agenda_item", index=False)
    kind: str = Field(max_length=15)
    state: str = Field(max_length=10)
    agency_id: str = ref("agency")
    agency_name: str = Field(max_length=120)
    speaker: str = Field(default="", max_length=80)
    place: int
    asked_at: datetime = time_field()
    turn: int | None = None
    called_at: datetime | None = time_field(nullable=True)
    since: datetime | None = time_field(nullable=True)
    seconds: int = 0
