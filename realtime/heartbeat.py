"""Who is still there: every connection is asked again and again, and given up if it is silent."""

import time
from collections import deque
from typing import Any

# Those who are gone, and those on polling, are looked for this often.
SWEEP_SECONDS = 1.0


class Heartbeat:
    """Pings every connection an interval after its last answer, and ends those that stay silent.

    All wait equally long, so whoever answered first is due first: only who is due is looked at.
    """

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self._due: deque[tuple[float, Any]] = deque()
        self._asked: deque[tuple[float, Any]] = deque()
        self._swept = 0.0

    def expect(self, connection: Any) -> None:
        """The connection has just been heard."""
        self._due.append((time.monotonic(), connection))

    def beat(self) -> None:
        """To be called again and again."""
        now = time.monotonic()
        while self._due and now - self._due[0][0] >= self._engine.ping_interval:
            connection = self._due.popleft()[1]
            if not connection.closed:
                connection.ping()
                self._asked.append((now, connection))
        while self._asked and now - self._asked[0][0] >= self._engine.ping_timeout:
            connection = self._asked.popleft()[1]
            if connection.closed or connection.last_ping is None:
                continue
            if connection.link.has_unread():  # it is us who are late, not they
                self._asked.append((now, connection))
            else:
                connection.give_up()
        if now - self._swept >= SWEEP_SECONDS:
            self._swept = now
            self._sweep()

    def _sweep(self) -> None:
        """Forget who has gone; who is on polling is pinged by engine.io, but not given up."""
        for sid, connection in list(self._engine.sockets.items()):
            if connection.closed:
                self._engine.sockets.pop(sid, None)
            elif not hasattr(connection, "link") and not connection.closing:
                connection.check_ping_timeout()
