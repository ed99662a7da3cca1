"""Database engines: SQLite embedded or PostgreSQL, both durable and both strict."""

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

# What was to be written stands in no log, also where writing it failed.
_COMMON: dict[str, Any] = {"pool_size": 20, "max_overflow": 40, "hide_parameters": True}
# PostgreSQL: no connection, no room for one, being shut down. SQLite: busy, unreadable, full.
_GONE = ("08", "53", "57P")
_HELD = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN}


def make_engine(url: str) -> Engine:
    """Open the database; ``url`` is ``sqlite:///file`` or ``postgresql+psycopg://…``."""
    if url.startswith("sqlite"):
        engine = create_engine(url, connect_args={"timeout": 15}, **_COMMON)
        _strict_sqlite(engine)
        return engine
    if url.startswith(("postgres://", "postgresql://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    return create_engine(url, pool_pre_ping=True, **_COMMON)


def _strict_sqlite(engine: Engine) -> None:
    """WAL with full sync, foreign keys on, and every writing transaction opened as a writer.

    A deferred transaction would read the past first and fail, or count wrong, when it comes
    to write; a reading one says so with the execution option ``reading``. Who begins and ends
    transactions for itself has the option ``own_transactions``.
    """

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("own_transactions", False):
            return
        reading = options.get("reading", False)
        connection.exec_driver_sql("BEGIN DEFERRED" if reading else "BEGIN IMMEDIATE")


def is_out_of_reach(error: Exception) -> bool:
    """Whether the database went away under an act, so that nobody knows if it was stored.

    The same act, sent again with its operation id, is carried out once in any case.
    """
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", "")
    refused = isinstance(error, OperationalError) and state is None
    gone = isinstance(state, str) and state.startswith(_GONE)
    held = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in _HELD
    return error.connection_invalidated or refused or gone or held
