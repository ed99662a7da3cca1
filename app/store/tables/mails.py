"""Mails to send, without a word of what they say: that is put together when they are sent."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.domain.reminding import MailKind, MailState
from app.store.columns import id_field, one_of, ref, time_field


class MailRow(SQLModel, table=True):
    """At most one of a kind for a person a day. ``tries``: how often it was begun to send it;
    ``reason``: what came in the way at the last."""

    __tablename__ = "mail"
    __table_args__ = (
        UniqueConstraint("person_id", "day", "kind"),
        one_of("kind", MailKind),
        one_of("state", MailState),
        CheckConstraint("(state = 'waiting') = (closed_at IS NULL)", name="closing_dated"),
        Index(
            "ix_mail_waiting",
            "day",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    id: str = id_field()
    person_id: str = ref("person")
    kind: str = Field(max_length=10)
    day: date
    state: str = Field(max_length=10)
    tries: int = 0
    reason: str = Field(default="", max_length=200)
    queued_at: datetime = time_field()
    closed_at: datetime | None = time_field(nullable=True)
