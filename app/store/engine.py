"""Database engines: SQLite embedded or PostgreSQL, both durable and both strict."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event


def make_engine(url: str) -> Engine:
    """Open the database; ``url`` is ``sqlite:///file`` or ``postgresql+psycopg://…``."""
    if url.startswith("sqlite"):
        engine = create_engine(url, connect_args={"timeout": 15}, pool_size=20, max_overflow=40)
        _strict_sqlite(engine)
        return engine
    if url.startswith(("postgres://", "postgresql://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    return create_engine(url, pool_size=20, max_overflow=40, pool_pre_ping=True)


def _strict_sqlite(engine: Engine) -> None:
    """WAL with full sync, foreign keys on, and every writing transaction opened as a writer.

    A deferred transaction would read the past first and fail, or count wrong, when it comes
    to write; a reading one says so with the execution option ``reading``.
    """

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN DEFERRED" if reading else "BEGIN IMMEDIATE")
