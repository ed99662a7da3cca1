"""Answers of prepared questions that nobody has changed since they were given.

Only the one who writes can know that, so only the writer's session keeps any: whatever it writes
itself goes through its connection, and what others wrote makes it begin anew.
"""

from collections.abc import Hashable, Iterable
from typing import Any, TypeVar

from sqlalchemy import Connection, Dialect, event
from sqlmodel import Session, SQLModel

R = TypeVar("R", bound=SQLModel)
Answer = list[tuple[Any, ...]]
_PLACE = "kept"
# A conference at work asks some dozens; a country's some thousands.
MOST = 20_000


class Kept:
    """Answers by question, forgotten as soon as a table they were read from is written to.

    ``driver`` is the writer's own connection below SQLAlchemy's, for as long as the session lives.
    """

    def __init__(self, driver: Any, dialect: Dialect) -> None:
        self.driver, self.dialect = driver, dialect
        self._answers: dict[Hashable, Answer] = {}
        self._read_from: dict[str, set[Hashable]] = {}

    def find(self, question: Hashable) -> Answer | None:
        return self._answers.get(question)

    def keep(self, question: Hashable, tables: Iterable[str], answer: Answer) -> None:
        if len(self._answers) >= MOST:
            self.clear()
        self._answers[question] = answer
        for table in tables:
            self._read_from.setdefault(table, set()).add(question)

    def forget(self, table: str) -> None:
        for question in self._read_from.pop(table, ()):
            self._answers.pop(question, None)

    def clear(self) -> None:
        self._answers.clear()
        self._read_from.clear()

    def watch(self, session: Session, connection: Connection) -> None:
        """Keep answers for this session, whose statements all run on this connection."""
        session.info[_PLACE] = self
        event.listen(connection, "before_cursor_execute", self._about_to_run)

    def _about_to_run(
        self,
        _connection: Connection,
        _cursor: Any,
        statement: str,
        _parameters: Any,
        context: Any,
        _many: bool,
    ) -> None:
        """What an insert or update writes to is known; anything else that is no question, a
        deletion with all that goes with it, may change whatever there is."""
        if context is not None and (context.isinsert or context.isupdate):
            self.forget(context.compiled.statement.table.name)
        elif context is None or not statement.startswith(("SELECT", "BEGIN", "PRAGMA")):
            self.clear()


def row(session: Session, table: type[R], *key: Any) -> R | None:
    """``session.get``, which for what the writer has at hand asks itself a good many questions."""
    if of(session) is not None:
        found = session.identity_map.get((table, key, None))
        if found is not None:
            return found
    return session.get(table, key if len(key) > 1 else key[0])


def of(session: Session) -> Kept | None:
    """The answers this session keeps, if it is the writer's."""
    kept: Kept | None = session.info.get(_PLACE)
    return kept
