"""Statements of the busiest paths: compiled once per engine, run without work for each call.

They are written like all others, in SQLAlchemy's own expressions with ``bindparam``; types, locks
and the differences between the engines come from its compiler. What is saved is what it does again
for every call: building, looking up in its cache, and making objects of rows. They run on the
connection of the session's own transaction, after what the session still holds back, so nothing
else about the transaction changes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, Table, bindparam, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ClauseElement, Select, visitors
from sqlmodel import Session

from app.store import kept

Processor = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class Compiled:
    """One statement for one engine: its text, the order of its values, and how they are carried."""

    text: str
    order: tuple[str, ...] | None
    given: Mapping[str, Any]
    inward: tuple[tuple[str, Callable[[Any], Any]], ...]
    outward: tuple[tuple[int, Callable[[Any], Any]], ...]

    def bound(self, values: dict[str, Any]) -> Any:
        all_values = {**self.given, **values}
        for name, process in self.inward:
            all_values[name] = process(all_values[name])
        if self.order is None:
            return all_values
        return tuple([all_values[name] for name in self.order])


class Prepared:
    """A select, update or insert that is run very often; values are named by its ``bindparam``.

    With ``keeps`` the writer need not ask again as long as nobody wrote to the tables read from;
    for what is asked over and over and hardly ever changes.
    """

    def __init__(self, statement: ClauseElement, *, keeps: bool = False) -> None:
        self._statement = statement
        self._compiled: dict[str, Compiled] = {}
        self._keeps = keeps
        self._tables = frozenset(
            part.name for part in visitors.iterate(statement) if isinstance(part, Table)
        )

    @classmethod
    def insert_into(cls, table: Any) -> "Prepared":
        """Insert one row of this table, all of its columns given by name."""
        rows: Table = table.__table__
        return cls(
            insert(rows).values({c.name: bindparam(c.name, type_=c.type) for c in rows.columns})
        )

    def rows(self, session: Session, /, **values: Any) -> list[tuple[Any, ...]]:
        """What a select finds, as plain tuples of its columns."""
        held = kept.of(session)
        if not self._keeps or held is None:
            return self._rows(session, held, values)
        if session.autoflush:
            session.flush()
        question = (self, *values.items())
        answer = held.find(question)
        if answer is None:
            answer = self._rows(session, held, values)
            held.keep(question, self._tables, answer)
        return answer

    def _rows(
        self, session: Session, held: kept.Kept | None, values: dict[str, Any]
    ) -> list[tuple[Any, ...]]:
        compiled, cursor = self._run(session, held, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        cursor.close()
        if not compiled.outward or not found:
            return found
        return [_carried(row, compiled.outward) for row in found]

    def first(self, session: Session, /, **values: Any) -> tuple[Any, ...] | None:
        if self._keeps:
            found = self.rows(session, **values)
            return found[0] if found else None
        compiled, cursor = self._run(session, kept.of(session), values)
        row: tuple[Any, ...] | None = cursor.fetchone()
        cursor.close()
        return _carried(row, compiled.outward) if row is not None and compiled.outward else row

    def run(self, session: Session, /, **values: Any) -> int:
        """Carry out an insert or update; the number of rows it touched."""
        held = kept.of(session)
        if held is not None:
            for table in self._tables:
                held.forget(table)
        _compiled, cursor = self._run(session, held, values)
        touched: int = cursor.rowcount
        cursor.close()
        return touched

    def _run(
        self, session: Session, held: kept.Kept | None, values: dict[str, Any]
    ) -> tuple[Compiled, Any]:
        if session.autoflush:
            session.flush()
        dialect = session.get_bind().dialect if held is None else held.dialect
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _compile(self._statement, dialect)
        cursor = (session.connection().connection if held is None else held.driver).cursor()
        try:
            cursor.execute(compiled.text, compiled.bound(values))
        except dialect.loaded_dbapi.Error as error:
            cursor.close()
            # What callers know of failing statements is SQLAlchemy's family of errors.
            family = dialect.loaded_dbapi.Error
            raise DBAPIError.instance(
                compiled.text, None, error, family, dialect=dialect
            ) from error
        return compiled, cursor


def _compile(statement: ClauseElement, dialect: Dialect) -> Compiled:
    made: Any = statement.compile(dialect=dialect)
    parameters = {name: parameter for parameter, name in made.bind_names.items()}
    inward = []
    for name, parameter in parameters.items():
        process = parameter.type.dialect_impl(dialect).bind_processor(dialect)
        if process is not None:
            inward.append((name, process))
    outward = []
    if isinstance(statement, Select):
        for at, column in enumerate(statement.selected_columns):
            process = column.type.dialect_impl(dialect).result_processor(dialect, None)
            if process is not None:
                outward.append((at, process))
    given = {
        name: parameter.effective_value
        for name, parameter in parameters.items()
        if not parameter.required
    }
    order = tuple(made.positiontup) if made.positional else None
    return Compiled(made.string, order, given, tuple(inward), tuple(outward))


def _carried(
    row: tuple[Any, ...], outward: tuple[tuple[int, Callable[[Any], Any]], ...]
) -> tuple[Any, ...]:
    cells = list(row)
    for at, process in outward:
        cells[at] = process(cells[at])
    return tuple(cells)
