"""SQLite's one writer: what is asked for while a commit runs is committed together.

Whoever comes first writes for all who came in the meantime, makes it durable once, and passes the
pen on; nobody is answered before their own change is on the disk. The session stays from one
transaction to the next, so what was read once need not be read again: SQLite tells whether anybody
else has written since, and then everything is read anew.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, event
from sqlmodel import Session

from app.store.kept import Kept

T = TypeVar("T")
Act = Callable[[Session], T]
# More than this in one transaction would keep the first of them waiting.
BATCH = 64
# Rows kept at hand; a conference at work needs some dozens.
KEPT = 20_000


@dataclass(slots=True, eq=False)
class Job:
    """One change on its way, and what became of it."""

    act: Callable[[Session], Any]
    settled: Callable[[Sequence[Any], bool], None]
    done: threading.Event = field(default_factory=threading.Event)
    answer: Any = None
    error: BaseException | None = None
    leads: bool = False


class Writer:
    """Carries out changes one after the other on one connection."""

    def __init__(self, engine: Engine, gate: threading.Lock) -> None:
        self._engine = engine
        self._gate = gate
        self._mutex = threading.Lock()
        self._waiting: list[Job] = []
        self._busy = False
        self._connection: Connection | None = None
        self._session: Session | None = None
        # sqlite3's own connection: it counts changes, and knows whether others made some.
        self._driver: Any = None
        self._version = -1
        # The count when it was last asked whether others wrote.
        self._told: int | None = None
        self._answers: Kept
        self._kept: OrderedDict[int, object] = OrderedDict()
        event.listen(engine, "engine_disposed", self._close)

    def carry_out(self, act: Act[T], settled: Callable[[Sequence[T], bool], None]) -> T:
        """Carry out ``act`` whole and return its answer once it is durable.

        ``settled`` is called once for each transaction with the answers of all it made durable,
        in order, and whether nobody else wrote since the transaction before.
        """
        job = Job(act, settled)
        with self._mutex:
            self._waiting.append(job)
            job.leads = not self._busy
            self._busy = True
        if not job.leads:
            job.done.wait()
        if job.leads:
            self._lead()
        if job.error is not None:
            raise job.error
        answer: T = job.answer
        return answer

    def others_wrote(self) -> bool:
        """Whether anybody else has written, or may have, since this was asked last."""
        if not self._gate.acquire(blocking=False):
            return True
        try:
            self._connect()
            before, self._told = self._told, self._count()
            return self._told != before
        finally:
            self._gate.release()

    def _close(self, _engine: Engine) -> None:
        """The file is let go of with the engine's other connections."""
        with self._gate:
            self._drop()

    def _lead(self) -> None:
        """Write what waits, then pass the pen to the first of those who came meanwhile."""
        with self._mutex:
            batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
        try:
            self._write(batch)
        finally:
            with self._mutex:
                following = self._waiting[0] if self._waiting else None
                self._busy = following is not None
            for job in batch:
                job.done.set()
            if following is not None:
                following.leads = True
                following.done.set()

    def _write(self, batch: list[Job]) -> None:
        with self._gate:
            if not self._together(batch):
                # One of them failed after it had begun to write: each on its own, then.
                for job in batch:
                    job.error = None
                    self._together([job])

    def _together(self, batch: list[Job]) -> bool:
        """One transaction for all; False, with nothing written, if they cannot share one."""
        alone = False
        try:
            session, alone = self._opened()
            clean = all(self._try(session, job) for job in batch)
            if clean:
                session.flush()
                self._engine.dialect.do_commit(self._driver)
            else:
                self._drop()
        except BaseException as error:  # noqa: BLE001  (whoever asked for it gets it)
            self._drop()
            for job in batch:
                job.error = job.error or error
            return len(batch) == 1
        if not clean:
            return len(batch) == 1
        made = [job for job in batch if job.error is None]
        if made:
            made[0].settled([job.answer for job in made], alone)
        return True

    def _try(self, session: Session, job: Job) -> bool:
        """Carry out one change; False if it failed leaving something behind in the transaction."""
        before = self._driver.total_changes
        try:
            job.answer = job.act(session)
        except BaseException as error:  # noqa: BLE001  (whoever asked for it gets it)
            job.error = error
            unchanged = self._driver.total_changes == before and session.is_active
            return unchanged and not (session.new or session.dirty or session.deleted)
        return True

    def _opened(self) -> tuple[Session, bool]:
        """The session in a new transaction, and whether nobody else wrote since the last one.

        Transactions begin and end on the driver's connection: for the session all is one, so that
        it need not take its own down and build it up again each time.
        """
        session = self._connect()
        self._driver.execute("BEGIN IMMEDIATE")
        version = self._count()
        alone = version == self._version
        if not alone:
            self._version = version
            self._kept.clear()
            self._answers.clear()
            session.expunge_all()
        return session, alone

    def _count(self) -> int:
        """SQLite's count of what others have committed; it means something to this connection."""
        count: int = self._driver.execute("PRAGMA data_version").fetchone()[0]
        return count

    def _connect(self) -> Session:
        if self._session is None:
            self._connection = self._engine.connect().execution_options(own_transactions=True)
            self._connection.detach()
            self._session = Session(self._connection, expire_on_commit=False)
            # What is only written, such as remarks, is seldom asked for again: it is not kept.
            event.listen(self._session, "loaded_as_persistent", self._keep)
            self._session.connection()
            self._driver = self._connection.connection.dbapi_connection
            self._answers = Kept(self._driver, self._engine.dialect)
            self._answers.watch(self._session, self._connection)
        return self._session

    def _keep(self, _session: Session, row: object) -> None:
        """The session itself forgets what nobody holds."""
        self._kept[id(row)] = row
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def _drop(self) -> None:
        if self._session is not None:
            self._session.close()
        if self._connection is not None:
            self._connection.close()
        self._session = self._connection = self._told = None
        self._version = -1
        self._kept.clear()
