"""Mails put into the outbox once, taken up for sending by one, and marked for what became of them.

Between a mail server's yes and our writing that down we may be cut off: then the mail goes out
once more, under the same Message-ID, so that the reader's program knows the two for one.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import update
from sqlmodel import col, select

from app.domain.reminding import MailKind, MailState, is_old
from app.domain.sentences import _
from app.store.tables.mails import MailRow
from app.store.tables.people import PersonRow
from app.store.unit_of_work import Database, UnitOfWork

OVERTAKEN = _("後の日のお知らせに含めました。")
TOO_OLD = _("数日のあいだ送信できませんでした。")
NOTHING_LEFT = _("送信するときには、知らせることがありませんでした。")
LONGEST_REASON = 200


def put_in(database: Database, day: date, people: Iterable[str]) -> int:
    """One mail of the day for each of them who has none yet; return how many were put in.

    An earlier one that still waits for the same person is overtaken by it: who gets a mail a day
    late gets no other on top. One that has waited for days is given up.
    """
    with database.begin() as uow:
        given = sorted(set(people))
        _lock(uow, given)
        _settle_earlier(uow, day, given)
        query = select(MailRow.person_id).where(
            MailRow.day == day, MailRow.kind == MailKind.HOLDS, col(MailRow.person_id).in_(given)
        )
        there = set(uow.session.exec(query))
        for person_id in given:
            if person_id not in there:
                uow.session.add(
                    MailRow(
                        person_id=person_id,
                        kind=MailKind.HOLDS,
                        day=day,
                        state=MailState.WAITING,
                        queued_at=uow.now(),
                    )
                )
        return len(given) - len(there)


def take_up(database: Database, mail_id: str, tries: int) -> bool:
    """Whether it is this caller's to send now: of several that read the same, one gets it."""
    with database.begin() as uow:
        taken = uow.session.connection().execute(
            update(MailRow)
            .where(
                col(MailRow.id) == mail_id,
                col(MailRow.state) == MailState.WAITING,
                col(MailRow.tries) == tries,
            )
            .values(tries=tries + 1)
        )
        return taken.rowcount == 1


def mark_sent(database: Database, mail_id: str) -> None:
    _close(database, mail_id, MailState.SENT, "")


def mark_given_up(database: Database, mail_id: str, reason: str) -> None:
    _close(database, mail_id, MailState.GIVEN_UP, reason)


def mark_needless(database: Database, mail_id: str) -> None:
    _close(database, mail_id, MailState.NEEDLESS, NOTHING_LEFT)


def note_hindrance(database: Database, mail_id: str, reason: str) -> None:
    """It stays for the next try."""
    with database.begin() as uow:
        uow.session.connection().execute(
            update(MailRow)
            .where(col(MailRow.id) == mail_id, col(MailRow.state) == MailState.WAITING)
            .values(reason=reason[:LONGEST_REASON])
        )


def _lock(uow: UnitOfWork, people: list[str]) -> None:
    """So that two who put in the same day see each other's; SQLite lets only one write anyhow."""
    if not uow.on_sqlite:
        query = select(PersonRow.id).where(col(PersonRow.id).in_(people))
        uow.session.exec(query.order_by(col(PersonRow.id)).with_for_update()).all()


def _settle_earlier(uow: UnitOfWork, day: date, people: list[str]) -> None:
    query = select(MailRow).where(MailRow.state == MailState.WAITING, MailRow.day < day)
    for row in uow.session.exec(query.order_by(col(MailRow.id)).with_for_update()):
        if row.person_id in people:
            row.state, row.reason = MailState.NEEDLESS, OVERTAKEN
        elif is_old(row.day, day):
            row.state, row.reason = MailState.GIVEN_UP, row.reason or TOO_OLD
        else:
            continue
        row.closed_at = uow.now()
        uow.session.add(row)


def _close(database: Database, mail_id: str, state: MailState, reason: str) -> None:
    with database.begin() as uow:
        uow.session.connection().execute(
            update(MailRow)
            .where(col(MailRow.id) == mail_id, col(MailRow.state) == MailState.WAITING)
            .values(state=state, reason=reason[:LONGEST_REASON], closed_at=uow.now())
        )
