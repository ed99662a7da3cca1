"""What every use-case has in common: one transaction, one answer per operation, one list."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, get_type_hints

from sqlalchemy import bindparam, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import select

from app.domain.errors import OpReused, StateForbids
from app.domain.people import Actor, Guest, Signatory
from app.domain.sentences import _
from app.services.commands import ONLY_ONCE, Command, Done
from app.store.prepared import Prepared
from app.store.tables.journal import OperationRow
from app.store.unit_of_work import Database, UnitOfWork

C = TypeVar("C", bound=Command)
S = TypeVar("S", bound=Signatory)
Act = Callable[[UnitOfWork, S, C], Done]
RunAs = Callable[[Database, Callable[[UnitOfWork], S], C], Done]
TRIES = 4
# serialization failure, deadlock: the transaction was undone whole and may simply run again
_TRY_AGAIN = {"40001", "40P01"}


@dataclass(frozen=True, slots=True)
class UseCase:
    """A command's wire name, its shape, and the functions that carry it out.

    ``run_as`` finds out who acts within the transaction of the act itself, so that no right can
    end between the two.
    """

    name: str
    command: type[Command]
    run: Callable[[Database, Actor, Any], Done]
    run_as: Callable[[Database, Callable[[UnitOfWork], Actor], Any], Done]


@dataclass(frozen=True, slots=True)
class GuestAct:
    """An act of the firm's own: beside the use-cases of agencies, and at no door of theirs."""

    name: str
    command: type[Command]
    run_as: Callable[[Database, Callable[[UnitOfWork], Guest], Any], Done]


USE_CASES: dict[str, UseCase] = {}
GUEST_ACTS: dict[str, GuestAct] = {}
_EARLIER = Prepared(
    select(
        OperationRow.person_id, OperationRow.agency_id, OperationRow.digest, OperationRow.answer
    ).where(OperationRow.id == bindparam("op"))
)
_ANSWERED = Prepared.insert_into(OperationRow)


def use_case(act: Act[Actor, C]) -> Callable[[Database, Actor, C], Done]:
    """Turn ``act`` into a whole operation and list it under its own name for all doors."""
    run_as = _operation(act)

    @wraps(act)
    def run(database: Database, actor: Actor, command: C) -> Done:
        return run_as(database, lambda _uow: actor, command)

    USE_CASES[act.__name__] = UseCase(act.__name__, _command_of(act), run, run_as)
    return run


def guest_act(act: Act[Guest, C]) -> RunAs[Guest, C]:
    """The same for what a guest does; who the guest is, is found out within the transaction."""
    run_as = _operation(act)
    GUEST_ACTS[act.__name__] = GuestAct(act.__name__, _command_of(act), run_as)
    return run_as


def _command_of(act: Callable[..., Done]) -> type[Command]:
    found: type[Command] = get_type_hints(act)["command"]
    return found


def _operation(act: Act[S, C]) -> RunAs[S, C]:
    @wraps(act)
    def run_as(database: Database, who: Callable[[UnitOfWork], S], command: C) -> Done:
        for attempt in range(1, TRIES + 1):
            try:
                return database.carry_out(lambda uow: _once(uow, who(uow), command, act))
            except IntegrityError as error:
                raise StateForbids(
                    _("同時に別の操作が行われたため、受け付けられませんでした。")
                ) from error
            except DBAPIError as error:
                if attempt == TRIES or getattr(error.orig, "sqlstate", "") not in _TRY_AGAIN:
                    raise
        raise AssertionError("unreachable")

    return run_as


def _once(uow: UnitOfWork, actor: S, command: C, act: Act[S, C]) -> Done:
    name = act.__name__
    digest = _digest(name, command)
    earlier = _earlier(uow, command.op_id)
    if earlier is not None:
        person_id, agency_id, told, answer = earlier
        if (person_id, agency_id, told) != (actor.person_id, actor.agency_id, digest):
            raise OpReused
        return Done.model_validate(answer)
    uow.act_as(actor, command.op_id)
    done = act(uow, actor, command)
    _ANSWERED.run(
        uow.session,
        id=command.op_id,
        person_id=actor.person_id,
        agency_id=actor.agency_id,
        command=name,
        digest=digest,
        answer=done.model_dump(exclude=set(ONLY_ONCE)),
        at=uow.now(),
    )
    return done


def _earlier(uow: UnitOfWork, op_id: str) -> tuple[Any, ...] | None:
    """The operation of this id, after any transaction still carrying it out has ended."""
    if uow.session.get_bind().dialect.name == "postgresql":
        uow.session.execute(
            text("SELECT pg_advisory_xact_lock(:key)"),
            {"key": int(op_id[:16], 16) - 2**63},
        )
    return _EARLIER.first(uow.session, op=op_id)


_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False)


def _digest(name: str, command: Command) -> str:
    body = _CANONICAL.encode(command.model_dump(mode="json", exclude=set(command.UNTRACED)))
    return hashlib.sha256(f"{name}\n{body}".encode()).hexdigest()
