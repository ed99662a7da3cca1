"""Keeps the worker at work beside a server that serves alone: starts it, and again when it dies."""

import logging
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from app.settings import ROOT

log = logging.getLogger("entaku")
# Said to a server that serves alone: nobody else keeps a worker beside it.
WITH_WORKER = "--with-worker"
# Said to that worker: whoever starts it holds its input, and takes it along by ending.
WITH_PARENT = "--with-parent"
COMMAND = (sys.executable, "-m", "deploy.work", WITH_PARENT)
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
# A worker that lived as long was well, and the next begins without a longer pause.
WELL_SECONDS = 60.0


@dataclass(slots=True)
class Keeper:
    """Waits for its child and costs nothing meanwhile; the child ends when its input does."""

    sleep: Callable[[float], object] = time.sleep
    command: tuple[str, ...] = COMMAND
    _child: subprocess.Popen[bytes] | None = field(default=None)
    _stopping: bool = False

    def run(self) -> None:
        pause, began = FIRST_PAUSE, time.monotonic()
        while (code := self._live()) is not None:
            pause = FIRST_PAUSE if time.monotonic() - began >= WELL_SECONDS else pause
            log.warning("jobs: the worker ended with %s, again in %s s", code, pause)
            self.sleep(pause)
            pause, began = min(pause * 2, LONGEST_PAUSE), time.monotonic()

    def _live(self) -> int | None:
        """One life of the worker and what it ended with; None where it is not wanted any more."""
        if self._is_stopping():
            return None
        self._child = subprocess.Popen(self.command, stdin=subprocess.PIPE, cwd=ROOT)
        code = self._child.wait()
        return None if self._is_stopping() else code

    def _is_stopping(self) -> bool:
        return self._stopping

    def stop(self) -> None:
        """It ends by itself after what it is at; nobody waits for it."""
        self._stopping = True
        if self._child is not None and self._child.stdin is not None:
            self._child.stdin.close()
