"""お知らせのメール: on which days somebody is reminded of what is due by a date.

Three days before, on the day, and from then on every third day until it is done; a day on which
offices are closed is made up for on the next that is not. One who owes several things is told of
all whose day it is at once, so nobody gets more than one mail a day.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from app.domain.holidays import add_business_days, is_business_day, previous_business_day
from app.domain.sentences import _

AHEAD = timedelta(days=3)
AGAIN = timedelta(days=3)
# What could not be sent for so many business days has become old news.
KEPT_TRYING = 3
_ONE_DAY = timedelta(days=1)


class MailKind(StrEnum):
    HOLDS = "holds"  # 持ち帰り: what is owed about a 仮決定


class MailState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"  # refused for good, or not to be delivered for days
    NEEDLESS = "needless"  # by the time it was sent there was nothing left to tell


MAIL_STATE_LABELS = {
    MailState.WAITING: _("送信待ち"),
    MailState.SENT: _("送信済み"),
    MailState.GIVEN_UP: _("断念"),
    MailState.NEEDLESS: _("不要"),
}


def is_reminded_on(due: date, day: date) -> bool:
    """Whether the day is one of those on which whoever owes it is told."""
    if not is_business_day(day):
        return False
    if day == _ahead(due):
        return True
    # Whatever would have been told on the closed days just before is told now.
    return any(
        one >= due and (one - due) % AGAIN == timedelta(0) for one in _since_last_open_day(day)
    )


def is_old(day: date, today: date) -> bool:
    """Whether a mail of that day is given up where it could not be sent until now."""
    return today > add_business_days(day, KEPT_TRYING)


def _ahead(due: date) -> date:
    """Closed days may lie between that day and the date itself; then it is told before them."""
    planned = due - AHEAD
    later = add_business_days(planned - _ONE_DAY, 1)
    return later if later <= due else previous_business_day(planned)


def _since_last_open_day(day: date) -> Iterator[date]:
    before = previous_business_day(day)
    while day > before:
        yield day
        day -= _ONE_DAY
