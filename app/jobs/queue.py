"""The queue between those who ask for work and the worker: huey, on SQLite or on Redis.

Who could write to the queue could have anything carried out, so its messages are signed with the
key of the installation, and others are not read.
"""

from huey import Huey, RedisHuey, SqliteHuey
from huey.consumer import Consumer, Scheduler
from huey.serializer import SignedSerializer

from app.settings import Settings

FILE = "jobs.sqlite3"
# How often it is looked whether anything is due: what a queue lost is back after as long.
LOOK_SECONDS = 10
# Redis that does not answer is given up after as long, and asked anew.
_PATIENCE = "socket_connect_timeout=5&socket_timeout=15&socket_keepalive=1"


def open_queue(settings: Settings) -> Huey:
    """On Redis where the nodes share one, otherwise in a file beside the records."""
    signed = SignedSerializer(secret=settings.secret, salt="entaku jobs")
    if settings.redis:
        joint = "&" if "?" in settings.redis else "?"
        url = f"{settings.redis}{joint}{_PATIENCE}"
        return RedisHuey("entaku", url=url, serializer=signed, results=False)
    file = settings.data / FILE
    return SqliteHuey(
        "entaku", filename=str(file), fsync=True, timeout=15, serializer=signed, results=False
    )


class _Looking(Scheduler):  # type: ignore[misc]  # huey ships no types
    periodic_task_seconds = LOOK_SECONDS


class Worker(Consumer):  # type: ignore[misc]  # huey ships no types
    """One thing after the other; ends on SIGINT after what it is at, on SIGTERM at once."""

    scheduler_class = _Looking

    def __init__(self, queue: Huey) -> None:
        super().__init__(queue, workers=1, max_delay=2.0, scheduler_interval=5)
