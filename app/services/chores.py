"""Carry out a daily chore once, whichever of many processes comes first, and write that down.

The record is an operation like every other: what is written under its id was done, and only what
was done is written. So nothing is lost with a queue or a process; who finds no record does it.
"""

import fcntl
import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy import text

from app.domain.chores import operation_of
from app.domain.machine import AUTOMATIC
from app.store.tables.journal import OperationRow
from app.store.unit_of_work import Database, Desk

Told = Mapping[str, int | str]
# Any number, as long as all processes take the same one.
_LOCK = int.from_bytes(hashlib.sha256(b"entaku chores").digest()[:8], signed=True)


def carry_out_once(
    database: Database, chore: str, day: date, act: Callable[[], Told]
) -> Told | None:
    """What became of it; None where it was done before, or somebody else is at it now.

    ``act`` may be cut off anywhere and is then done anew, so it has to bear being done twice.
    """
    with _alone(database) as mine:
        if not mine:
            return None
        with database.read() as desk:
            if is_done(desk, chore, day):
                return None
        told = dict(act())
        with database.begin() as uow:
            uow.session.add(
                OperationRow(
                    id=operation_of(database.secret, chore, day),
                    person_id=AUTOMATIC.person_id,
                    agency_id=AUTOMATIC.agency_id,
                    command=f"chore {chore}",
                    digest=hashlib.sha256(chore.encode()).hexdigest(),
                    answer=told,
                    at=uow.now(),
                )
            )
        return told


def is_done(desk: Desk, chore: str, day: date) -> bool:
    return desk.session.get(OperationRow, operation_of(desk.secret, chore, day)) is not None


@contextmanager
def _alone(database: Database) -> Iterator[bool]:
    """Whether no other process carries out chores meanwhile; one that dies lets go by dying."""
    if database.engine.dialect.name == "sqlite":
        with Path(f"{database.engine.url.database}.chores").open("w") as file:
            yield _locked(file.fileno())
        return
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
        mine = bool(line.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _LOCK}))
        try:
            yield mine
        finally:
            if mine:
                line.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK})


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
