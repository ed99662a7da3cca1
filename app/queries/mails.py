"""Mails in the outbox: which are to be sent, and what became of them, for who runs the house."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, func, select

from app.domain.reminding import MailState
from app.store.tables.mails import MailRow
from app.store.unit_of_work import Desk

# As far back as is told how many there were.
DAYS_TOLD = 30


@dataclass(frozen=True, slots=True)
class ToSend:
    """``tries``: how often sending it had begun when this was read."""

    id: str
    tries: int


def to_send(desk: Desk) -> tuple[ToSend, ...]:
    """The oldest first."""
    query = (
        select(MailRow.id, MailRow.tries)
        .where(MailRow.state == MailState.WAITING)
        .order_by(col(MailRow.day), col(MailRow.id))
    )
    return tuple(ToSend(*one) for one in desk.session.exec(query))


def counts(desk: Desk, since: date | None = None) -> dict[str, int]:
    """How many were sent, wait, were given up or became needless, of the mails since that day."""
    first = since or desk.today() - timedelta(days=DAYS_TOLD)
    query = (
        select(MailRow.state, func.count())
        .where((col(MailRow.day) >= first) | (MailRow.state == MailState.WAITING))
        .group_by(MailRow.state)
    )
    found = dict(desk.session.exec(query).all())
    return {state.value: found.get(state.value, 0) for state in MailState}


def reasons(desk: Desk, most: int = 5) -> tuple[str, ...]:
    """Why the newest given up were, each once: what a mail server said, nobody's address."""
    query = (
        select(MailRow.reason)
        .where(MailRow.state == MailState.GIVEN_UP)
        .where(col(MailRow.day) >= desk.today() - timedelta(days=DAYS_TOLD))
        .order_by(col(MailRow.closed_at).desc())
    )
    return tuple(dict.fromkeys(desk.session.exec(query)))[:most]
