"""One transaction: the change and the record of the change are written together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from app import clock as clocks
from app.domain.facts import Fact
from app.domain.people import Signatory
from app.store import journal
from app.store.tables.journal import RoomRow
from app.store.writer import Writer

T = TypeVar("T")


@dataclass(slots=True)
class Database:
    """The store of one running product: its engine, clock, secret, and whom to wake.

    ``wake`` is called after a commit with the ids of the rooms that have news; it may not
    raise. ``hand_over`` is called just before with the entries themselves, in the order they
    were committed, and whether nobody else wrote since those handed over before. ``gate`` lets
    one writer at a time into SQLite, so that others wait here, where waiting gives way to other
    work, and not inside SQLite's own busy handler.
    """

    engine: Engine
    clock: clocks.Clock
    secret: bytes
    wake: Callable[[frozenset[str]], None] = lambda rooms: None
    hand_over: Callable[[Sequence[journal.Entry], bool], None] = lambda entries, alone: None
    gate: threading.Lock = field(default_factory=threading.Lock)
    _writer: Writer | None = None

    def carry_out(self, act: Callable[[UnitOfWork], T]) -> T:
        """Do all of ``act`` or nothing; what is asked for while a commit runs shares the next.

        SQLite writes one transaction at a time anyway, so one writer keeps its session and what
        it has read; PostgreSQL's transactions go side by side.
        """
        if self.engine.dialect.name != "sqlite":
            with self.begin() as uow:
                return act(uow)
        writer = self._sqlite_writer()

        def within(session: Session) -> tuple[T, UnitOfWork]:
            uow = UnitOfWork(self, session)
            return act(uow), uow

        def settled(outcomes: Sequence[tuple[T, UnitOfWork]], alone: bool) -> None:
            entries = [entry for _answer, uow in outcomes for entry in uow.entries]
            self._tell(entries, alone)

        return writer.carry_out(within, settled)[0]

    def others_wrote(self) -> bool:
        """Whether, since this was asked last, anything may have been written that ``hand_over``
        has not told. PostgreSQL does not say, so there it may."""
        return self.engine.dialect.name != "sqlite" or self._sqlite_writer().others_wrote()

    def _sqlite_writer(self) -> Writer:
        if self._writer is None:
            self._writer = Writer(self.engine, self.gate)
        return self._writer

    def _tell(self, entries: Sequence[journal.Entry], alone: bool) -> None:
        if entries:
            self.hand_over(entries, alone)
            self.wake(frozenset(entry.room_id for entry in entries))

    def begin(self) -> UnitOfWork:
        return UnitOfWork(self)

    @contextmanager
    def read(self) -> Iterator[Desk]:
        """A consistent picture for reading; nothing in it can be written."""
        options: dict[str, Any] = {"reading": True}
        if self.engine.dialect.name == "postgresql":
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with (
            self.engine.connect().execution_options(**options) as connection,
            Session(connection, autoflush=False) as session,
        ):
            yield Desk(self, session)


class Desk:
    """What rules and queries need at hand: the session, the time and the secret."""

    writing = False

    def __init__(self, database: Database, session: Session) -> None:
        self.database = database
        self.session = session

    @property
    def on_sqlite(self) -> bool:
        return self.database.engine.dialect.name == "sqlite"

    @property
    def secret(self) -> bytes:
        return self.database.secret

    def now(self) -> datetime:
        return self.database.clock()

    def today(self) -> date:
        return clocks.today(self.database.clock)


class UnitOfWork(Desk):
    """A transaction that commits on leaving without an error and then wakes the rooms."""

    writing = True

    def __init__(self, database: Database, session: Session | None = None) -> None:
        if session is None:
            session = Session(database.engine, expire_on_commit=False)
        super().__init__(database, session)
        self.entries: list[journal.Entry] = []
        self._actor: Signatory | None = None
        self._op_id = ""
        self._moment: datetime | None = None
        self._parts: dict[str, int] = {}
        self._gated = False

    def act_as(self, actor: Signatory, op_id: str) -> None:
        """Entries recorded from here on are this actor's, under this operation id."""
        self._actor, self._op_id, self._parts = actor, op_id, {}
        self._moment = None

    def now(self) -> datetime:
        """One act happens at one moment: its rows and its entries say the same time."""
        if self._moment is None:
            self._moment = super().now()
        return self._moment

    def __enter__(self) -> Self:
        if self.on_sqlite:
            self.database.gate.acquire()
            self._gated = True
        return self

    def record(self, room: RoomRow, fact: Fact) -> str:
        """Write the fact into the room's journal beside the change; return its cursor."""
        if self._actor is None:
            raise RuntimeError("a fact needs somebody who did it: call act_as first")
        part = self._parts.get(room.id, 0)
        self._parts[room.id] = part + 1
        author = journal.Author.of(self._actor)
        entry = journal.append(
            self.session, room, fact, author, op_id=self._op_id, part=part, at=self.now()
        )
        self.entries.append(entry)
        return journal.cursor(self.secret, entry)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            with self.session:
                if kind is not None:
                    self.session.rollback()
                    return
                self.session.commit()
        finally:
            if self._gated:
                self._gated = False
                self.database.gate.release()
        self.database._tell(self.entries, alone=False)
