"""日課: what the product does once a day by itself, when it falls due and is tried again."""

import hmac
from datetime import date, datetime, time, timedelta

# After the day has changed in Japan, so that what ran out with yesterday is known to have.
DUE_AT = time(0, 10)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)


def day_due(now: datetime, at: time = DUE_AT) -> date:
    """The latest day whose chores, due at this time, have fallen due; ``now`` is told in Japan."""
    return now.date() if now.time() >= at else now.date() - timedelta(days=1)


def operation_of(secret: bytes, chore: str, day: date) -> str:
    """The operation id of a day's chore: whoever carries it out and however often, it is one.

    Clients choose the ids of their own acts, so nobody may foresee this one and take it first.
    """
    told = f"chore {chore} {day.isoformat()}".encode()
    return hmac.digest(secret, told, "sha256").hex()[:32]


def pause_after(failures: int) -> timedelta:
    """Each time twice as long, up to an hour; it is tried until it is done or overtaken."""
    return min(FIRST_PAUSE * (1 << min(failures - 1, 10)), LONGEST_PAUSE)
