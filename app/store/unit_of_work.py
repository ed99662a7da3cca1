"""One transaction: the change and the record of the change are written together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine
from sqlmodel import Session

from app import clock as clocks
from app.domain.facts import Fact
from app.domain.people import Actor
from app.store import journal
from app.store.tables.journal import RoomRow


@dataclass(slots=True)
class Database:
    """The store of one running product: its engine, clock, secret, and whom to wake.

    ``wake`` is called after a commit with the ids of the rooms that have news; it may not
    raise. ``gate`` lets one writer at a time into SQLite, so that others wait here, where
    waiting gives way to other work, and not inside SQLite's own busy handler.
    """

    engine: Engine
    clock: clocks.Clock
    secret: bytes
    wake: Callable[[frozenset[str]], None] = lambda rooms: None
    gate: threading.Lock = field(default_factory=threading.Lock)

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
    def secret(self) -> bytes:
        return self.database.secret

    def now(self) -> datetime:
        return self.database.clock()

    def today(self) -> date:
        return clocks.today(self.database.clock)


class UnitOfWork(Desk):
    """A transaction that commits on leaving without an error and then wakes the rooms."""

    writing = True

    def __init__(self, database: Database) -> None:
        super().__init__(database, Session(database.engine, expire_on_commit=False))
        self._news: set[str] = set()
        self._actor: Actor | None = None
        self._op_id = ""
        self._parts: dict[str, int] = {}
        self._gated = False

    def act_as(self, actor: Actor, op_id: str) -> None:
        """Entries recorded from here on are this actor's, under this operation id."""
        self._actor, self._op_id, self._parts = actor, op_id, {}

    def __enter__(self) -> Self:
        if self.session.get_bind().dialect.name == "sqlite":
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
        self._news.add(room.id)
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
        if self._news:
            self.database.wake(frozenset(self._news))
