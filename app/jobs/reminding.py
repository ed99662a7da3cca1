"""お知らせのメール as a daily chore: put in what the day brings, send whatever waits.

It fails where a mail has to wait, and is tried again as every chore is; what was sent by then is
marked, and is not sent again.
"""

import logging
from datetime import date, time

from app.clock import in_japan
from app.documents.mail import Unaddressable, reminder_mail
from app.domain.chores import day_due
from app.domain.holidays import is_business_day
from app.domain.reminding import MailState
from app.domain.sentences import _
from app.jobs.post import NoPost, NotNow, Post, Undeliverable
from app.queries.mails import ToSend, counts, to_send
from app.queries.reminders import reminded_on, reminder_of
from app.services import mails
from app.services.chores import Told
from app.settings import Mailing
from app.store.unit_of_work import Database

log = logging.getLogger(__name__)
# When offices open: a telephone that rings by night is no reminder.
AT = time(8, 0)
NO_ADDRESS = _("メールアドレスの形が正しくありません。")


class MailsWait(RuntimeError):
    """Some could not be sent now; the message says how many, and what the server said last."""


def remind(mailing: Mailing, database: Database) -> Told:
    """How many of the day's were sent, wait and were given up; raises MailsWait."""
    day = day_due(in_japan(database.clock()), AT)
    if not is_business_day(day):
        return _told(database, day)
    with database.read() as desk:
        people = reminded_on(desk, day)
    mails.put_in(database, day, people)
    hindrance = _send(mailing, database)
    told = _told(database, day)
    if hindrance:
        raise MailsWait(f"{told[MailState.WAITING]} waiting: {hindrance}")
    return told


def _send(mailing: Mailing, database: Database) -> str:
    """What came in the way last, if anything did; with no server the rest is not tried."""
    with database.read() as desk:
        waiting = to_send(desk)
    hindrance = ""
    with Post(mailing) as post:
        for one in waiting:
            try:
                _send_one(mailing, database, post, one)
            except NotNow as not_now:
                hindrance = str(not_now)
                mails.note_hindrance(database, one.id, hindrance)
                if isinstance(not_now, NoPost):
                    break
    return hindrance


def _send_one(mailing: Mailing, database: Database, post: Post, one: ToSend) -> None:
    if not mails.take_up(database, one.id, one.tries):
        return
    with database.read() as desk:
        reminder = reminder_of(desk, one.id)
        now = desk.now()
    if reminder is None:
        mails.mark_needless(database, one.id)
        return
    try:
        message = reminder_mail(
            reminder, sender=mailing.sender, public_url=mailing.public_url, now=now
        )
        post.hand_over(reminder.email, message.as_bytes())
    except Unaddressable:
        mails.mark_given_up(database, one.id, NO_ADDRESS)
    except Undeliverable as refusal:
        mails.mark_given_up(database, one.id, str(refusal))
    else:
        mails.mark_sent(database, one.id)


def _told(database: Database, day: date) -> Told:
    with database.read() as desk:
        return counts(desk, day)
