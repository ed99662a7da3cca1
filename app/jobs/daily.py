"""The daily chores as tasks of a queue.

huey hands a task to one worker and forgets it in that moment: what a worker was at when it was
killed, or Redis held when it died, is gone. So a queue only carries what is due; whether it is
done stands in the database (`app/services/chores.py`), and who looks puts it in again.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

from huey import Huey, crontab

from app.clock import in_japan, iso
from app.domain.chores import DUE_AT, day_due, pause_after
from app.jobs.queue import LOOK_SECONDS
from app.services.chores import Told, carry_out_once, is_done
from app.store.unit_of_work import Database

log = logging.getLogger(__name__)
MOST_SAID = 200


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do once a day; it may be cut off anywhere, and is then done anew."""

    name: str
    act: Callable[[Database], Told]
    at: time = DUE_AT


@dataclass(frozen=True, slots=True)
class Failure:
    """Of the chore that is to be tried again: how often it failed, when, and what it met."""

    day: str
    times: int
    at: str
    error: str


class Daily:
    """The tasks ``look`` and ``run`` of one queue, over one database."""

    def __init__(self, queue: Huey, database: Database, chores: Iterable[Chore]) -> None:
        self.queue, self.database = queue, database
        self.chores = {chore.name: chore for chore in chores}
        self.run = queue.task(name="run")(self._run)
        # Always due; a look that had to wait is of no use any more.
        self.look = queue.periodic_task(crontab(), name="look", expires=LOOK_SECONDS)(self._look)

    def waiting(self) -> list[tuple[str, str, int]]:
        """Chore, day and earlier failures of what is in the queue, now or for later."""
        tasks = [*self.queue.pending(), *self.queue.scheduled()]
        return [task.args for task in tasks if task.args]

    def failure(self, chore: str) -> Failure | None:
        """What is in the way of the chore, if it failed and was not done since."""
        told: dict[str, Any] | None = self.queue.get(_failed(chore), peek=True)
        return Failure(**told) if told else None

    def _due(self, name: str) -> date:
        return day_due(in_japan(self.database.clock()), self.chores[name].at)

    def _look(self) -> None:
        """Put in what is due, not done, and not in already."""
        due = {name: self._due(name) for name in self.chores}
        waiting = {(name, day) for name, day, _failures in self.waiting()}
        with self.database.read() as desk:
            missing = [name for name, day in due.items() if not is_done(desk, name, day)]
        for name in missing:
            if (name, due[name].isoformat()) not in waiting:
                self.run(name, due[name].isoformat(), 0)

    def _run(self, name: str, day: str, failures: int) -> None:
        if name not in self.chores or date.fromisoformat(day) != (due := self._due(name)):
            log.info("jobs: %s of %s is overtaken", name, day)
            return
        log.debug("jobs: %s of %s is looked at", name, day)
        try:
            told = carry_out_once(self.database, name, due, lambda: self._begun(name, day))
        except Exception as error:  # noqa: BLE001  # whatever it was, it is tried again
            self._failed(name, day, failures + 1, error)
            return
        if told is not None:
            log.info("jobs: %s of %s is done: %s", name, day, told)
            self.queue.delete(_failed(name))

    def _begun(self, name: str, day: str) -> Told:
        log.info("jobs: %s of %s begins", name, day)
        return self.chores[name].act(self.database)

    def _failed(self, name: str, day: str, times: int, error: Exception) -> None:
        pause = pause_after(times)
        log.error("jobs: %s of %s failed, again after %s", name, day, pause, exc_info=error)
        said = f"{type(error).__name__}: {error}".partition("\n")[0][:MOST_SAID]
        met = Failure(day, times, iso(self.database.clock()), said)
        self.queue.put(_failed(name), asdict(met))
        self.run.schedule((name, day, times), delay=pause.total_seconds())


def _failed(chore: str) -> str:
    return f"failed {chore}"
