"""Between nodes: PostgreSQL tells which room has news, whichever process wrote it.

The bus only saves time. What it loses the relay finds half a second later by looking, and the
housekeeping a second later; so a broken bus is reconnected in peace, and never waited for.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gevent
import psycopg

from app.store.tables.announcing import ENDED, NEWS

log = logging.getLogger(__name__)
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0
# A quiet line is tried after this long.
QUIET_SECONDS = 10.0
# A line whose other end has vanished is given up after as long.
_ALIVE: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 8000,
}


@dataclass(slots=True)
class Bus:
    """One greenlet on a connection of its own.

    ``news`` gets a room and its newest number, ``ended`` is called when rights may have ended,
    ``missed`` after every (re)connection, since something may have been told meanwhile.
    """

    url: str
    news: Callable[[str, int], None]
    ended: Callable[[], None]
    missed: Callable[[], None]
    connected: bool = False

    def run(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                self._listen()
            except (psycopg.Error, OSError):
                if self.connected or pause == FIRST_PAUSE:
                    log.warning("bus: lost; news of other nodes comes by looking", exc_info=True)
            pause = FIRST_PAUSE if self.connected else min(pause * 2, LONGEST_PAUSE)
            self.connected = False
            gevent.sleep(pause)

    def _listen(self) -> None:
        with psycopg.connect(
            self.url, autocommit=True, application_name="entaku bus", **_ALIVE
        ) as connection:
            connection.execute(f"LISTEN {NEWS}; LISTEN {ENDED}")
            self.connected = True
            log.info("bus: listening")
            self.missed()
            self.ended()
            while True:
                for notice in connection.notifies(timeout=QUIET_SECONDS):
                    self._hear(notice)
                connection.execute("SELECT 1")

    def _hear(self, notice: psycopg.Notify) -> None:
        if notice.channel == ENDED:
            self.ended()
            return
        told = json.loads(notice.payload)
        self.news(told["room"], told["seq"])
