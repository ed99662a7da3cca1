"""The worker process: does what is due beside the server, and gives way to it."""

import logging
import os
import signal
import sys
import threading
import time

from app.jobs.daily import Daily
from app.jobs.queue import Worker, open_queue
from app.settings import read_settings
from deploy.chores import chores_of
from deploy.keeper import WITH_PARENT
from deploy.opening import open_database

log = logging.getLogger("entaku")
# Of a queue that cannot be reached huey speaks at every try; once in as long is enough.
SAID_AGAIN_SECONDS = 600.0
# Beside people who wait for a page, what is done by night can wait.
GIVES_WAY = 5


def main() -> None:
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s"
    )
    # What huey does with its tasks is its own affair; what came of them we tell ourselves.
    logging.getLogger("huey").setLevel(logging.WARNING)
    for handler in logging.getLogger().handlers:
        handler.addFilter(Rarely())
    os.nice(GIVES_WAY)
    settings = read_settings()
    database = open_database(settings)
    queue = open_queue(settings)
    Daily(queue, database, chores_of(settings))
    if WITH_PARENT in sys.argv[1:]:
        threading.Thread(target=_end_with_input, daemon=True).start()
    log.info("jobs: at work, %s", "by Redis" if settings.redis else "by a file")
    Worker(queue).run()
    database.engine.dispose()
    log.info("jobs: at rest")


class Rarely(logging.Filter):
    """What huey says over and over is said from time to time, and without its whole story."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if not record.name.startswith("huey"):
            return True
        said, now = str(record.msg), time.monotonic()
        if now - self._said.get(said, -SAID_AGAIN_SECONDS) < SAID_AGAIN_SECONDS:
            return False
        self._said[said] = now
        if record.exc_info and record.exc_info[1] is not None:
            record.msg, record.args = f"{record.getMessage()} ({record.exc_info[1]})", ()
            record.exc_info = record.exc_text = None
        return True


def _end_with_input() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGINT)


if __name__ == "__main__":
    main()
