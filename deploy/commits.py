"""How the server waits for the disk."""

import time
from typing import Any

# A disk that usually takes longer to keep a change is waited for aside.
SLOW_SECONDS = 0.002
# About so many commits make what is usual.
WEIGHED = 32


class Commits:
    """SQLite waits for the disk when it commits: here if the disk is quick, in a thread if it is
    slow, so that the others go on meanwhile.

    Handing over to a thread and back costs more than a quick disk takes to answer. Only
    the driver's own call runs in that thread, and one transaction at a time writes.
    """

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self._usual, self.aside = SLOW_SECONDS, True

    def __call__(self, connection: Any) -> None:
        self._judge(self._pool.apply(_timed, (connection,)) if self.aside else _timed(connection))

    def _judge(self, seconds: float) -> None:
        """What the last ones took counts; one that has to tidy up the log weighs little."""
        self._usual += (seconds - self._usual) / WEIGHED
        if self._usual > SLOW_SECONDS:
            self.aside = True
        elif self._usual < SLOW_SECONDS / 2:
            self.aside = False


def _timed(connection: Any) -> float:
    began = time.perf_counter()
    connection.commit()
    return time.perf_counter() - began
