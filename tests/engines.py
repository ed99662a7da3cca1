"""Starts the engines the tests run on: throw-away PostgreSQL clusters, and the browser's path."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

import pytest
from psycopg import sql
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel

from app.store import tables
from app.store.engine import make_engine
from deploy.cluster.daemons import EngineMissing
from deploy.cluster.postgres import admin as _admin
from deploy.cluster.postgres import postgres
from deploy.cluster.postgres import text as _text

__all__ = [
    "EngineMissing",
    "chromium",
    "create_tables",
    "database",
    "postgres",
    "shared_postgres",
    "template",
]

assert tables.__all__  # importing the package is what makes all tables known
SHARED: Final = "ENTAKU_TEST_POSTGRES"
"""Names the cluster every worker of a session uses; set beforehand, one that is running already."""

_stack = ExitStack()


def chromium() -> str:
    """The path of the browser the journeys run in."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    raise EngineMissing("Chromium is missing: run `make dev`, or install the package chromium")


@contextmanager
def database(cluster: str, *, template: str = "template0") -> Iterator[str]:
    """A fresh database, a copy of `template`, dropped at the end; yields its URL."""
    name = f"t_{secrets.token_hex(8)}"
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with _admin(cluster) as admin:
        admin.execute(copy.format(sql.Identifier(name), sql.Identifier(template)))
    try:
        yield _text(make_url(cluster).set(database=name))
    finally:
        with _admin(cluster) as admin:
            admin.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)),
            )


def create_tables(url: str) -> None:
    """The tables as they are now, in an empty database of either engine."""
    engine = make_engine(url)
    SQLModel.metadata.create_all(engine)
    engine.dispose()


def template(cluster: str, name: str, build: Callable[[str], None]) -> str:
    """The template `name`, filled once per cluster by `build(url)`, whichever worker comes first.

    `build` must leave no connection open: PostgreSQL copies only what nobody is using.
    """
    with _admin(cluster) as admin:
        admin.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        found = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if found.fetchone() is None:
            half = sql.Identifier(f"{name}_half")
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(half))
            admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(half))
            build(_text(make_url(cluster).set(database=f"{name}_half")))
            admin.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(half, sql.Identifier(name)),
            )
    return name


def share_postgres(config: pytest.Config) -> None:
    """For `pytest_configure`: with workers, start the one cluster they share before they start."""
    is_worker = hasattr(config, "workerinput")
    if not is_worker and config.getoption("numprocesses", default=None):
        shared_postgres()


def shared_postgres() -> str:
    """The session's cluster; without workers it starts when the first test asks for it."""
    if SHARED not in os.environ:
        os.environ[SHARED] = _stack.enter_context(postgres())
        _stack.callback(os.environ.pop, SHARED)
    return os.environ[SHARED]


def unshare_postgres() -> None:
    """For `pytest_unconfigure`: stop what this process started, and nothing else."""
    _stack.close()
