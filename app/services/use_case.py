"""What every use-case has in common: one transaction, one answer per operation, one list."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, get_type_hints

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.domain.errors import OpReused, StateForbids
from app.domain.people import Actor
from app.domain.sentences import _
from app.services.commands import Command, Done
from app.store.tables.journal import OperationRow
from app.store.unit_of_work import Database, UnitOfWork

C = TypeVar("C", bound=Command)
Act = Callable[[UnitOfWork, Actor, C], Done]
TRIES = 4
# serialization failure, deadlock: the transaction was undone whole and may simply run again
_TRY_AGAIN = {"40001", "40P01"}


@dataclass(frozen=True, slots=True)
class UseCase:
    """A command's wire name, its shape, and the function that carries it out."""

    name: str
    command: type[Command]
    run: Callable[[Database, Actor, Any], Done]


USE_CASES: dict[str, UseCase] = {}


def use_case(act: Act[C]) -> Callable[[Database, Actor, C], Done]:
    """Turn ``act`` into a whole operation and list it under its own name for all doors."""
    command_type = get_type_hints(act)["command"]

    @wraps(act)
    def run(database: Database, actor: Actor, command: C) -> Done:
        for attempt in range(1, TRIES + 1):
            try:
                return _once(database, actor, command, act)
            except IntegrityError as error:
                raise StateForbids(
                    _("同時に別の操作が行われたため、受け付けられませんでした。")
                ) from error
            except DBAPIError as error:
                if attempt == TRIES or getattr(error.orig, "sqlstate", "") not in _TRY_AGAIN:
                    raise
        raise AssertionError("unreachable")

    USE_CASES[act.__name__] = UseCase(act.__name__, command_type, run)
    return run


def _once(database: Database, actor: Actor, command: C, act: Act[C]) -> Done:
    name = act.__name__
    with database.begin() as uow:
        digest = _digest(name, command)
        earlier = _earlier(uow, command.op_id)
        if earlier is not None:
            if (earlier.person_id, earlier.agency_id, earlier.digest) != (
                actor.person_id,
                actor.agency_id,
                digest,
            ):
                raise OpReused
            return Done.model_validate(earlier.answer)
        uow.act_as(actor, command.op_id)
        answer = act(uow, actor, command)
        uow.session.add(
            OperationRow(
                id=command.op_id,
                person_id=actor.person_id,
                agency_id=actor.agency_id,
                command=name,
                digest=digest,
                answer=answer.model_dump(),
                at=uow.now(),
            )
        )
        return answer


def _earlier(uow: UnitOfWork, op_id: str) -> OperationRow | None:
    """The operation of this id, after any transaction still carrying it out has ended."""
    if uow.session.get_bind().dialect.name == "postgresql":
        uow.session.execute(
            text("SELECT pg_advisory_xact_lock(:key)"),
            {"key": int(op_id[:16], 16) - 2**63},
        )
    return uow.session.get(OperationRow, op_id)


def _digest(name: str, command: Command) -> str:
    body = json.dumps(command.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{name}\n{body}".encode()).hexdigest()
