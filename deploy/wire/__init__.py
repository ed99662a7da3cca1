"""The wire described from the code itself: commands, facts, pictures, live messages, refusals."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any, get_args

from pydantic import AfterValidator, BaseModel, TypeAdapter

from app.domain.facts import Fact, all_facts
from app.queries.wire import SNAPSHOTS
from app.queries.wire.guest import DatedPicture, GuestEnd
from app.queries.wire.live import Entries, Evicted, Positions, Presence, Refusal
from app.queries.wire.shape import Entry, Shape
from app.services.commands import Done, HandedOver
from app.services.listing import GUEST_ACTS, USE_CASES, GuestAct, UseCase
from deploy.wire.refusals import codes
from realtime.guests import NAMESPACE as GUESTS
from realtime.live import NAMESPACE
from realtime.wire import Join, Leave, Where

__all__ = ["ASKED", "TOLD", "describe"]

# What a client may send beside the commands, and what it is told without asking.
ASKED: tuple[type[BaseModel], ...] = (Join, Leave, Where)
_KEYWORDS = {"ge": "minimum", "le": "maximum"}
TOLD: tuple[type[Shape], ...] = (Entries, Presence, Positions, Evicted)


def describe() -> dict[str, Any]:
    """Everything a client needs to know, as JSON Schema (draft 2020-12) under plain names."""
    return {
        "namespace": NAMESPACE,
        "commands": {name: _command(one) for name, one in sorted(USE_CASES.items())},
        "done": _schema(Done),
        "handed_over": {"description": _doc(HandedOver), "schema": _schema(HandedOver)},
        "refusal": _schema(Refusal),
        "refusals": codes(),
        "requests": {one.__name__.lower(): _request(one) for one in ASKED},
        "messages": {one.__name__.lower(): _told(one) for one in TOLD},
        "entry": _schema(Entry),
        "facts": {fact.wire_name(): _fact(fact) for fact in all_facts()},
        "snapshots": {
            str(kind): {"rooms": f"{kind.letter}-<id>", "schema": _schema(shape)}
            for kind, shape in SNAPSHOTS.items()
        },
        "guests": {
            "namespace": GUESTS,
            "commands": {name: _command(one) for name, one in sorted(GUEST_ACTS.items())},
            "messages": {"picture": _told(DatedPicture), "over": _told(GuestEnd)},
        },
    }


def _command(use_case: UseCase | GuestAct) -> dict[str, Any]:
    run = use_case.run if isinstance(use_case, UseCase) else use_case.run_as
    said = (_doc(run), _doc(use_case.command))
    return {
        "description": "\n\n".join(filter(None, said)),
        "schema": _in_keywords(
            _with_lengths(use_case.command, use_case.command.model_json_schema())
        ),
    }


def _request(model: type[BaseModel]) -> dict[str, Any]:
    return {"description": _doc(model), "schema": model.model_json_schema()}


def _told(shape: type[Shape]) -> dict[str, Any]:
    return {"description": _doc(shape), "schema": _schema(shape)}


def _fact(fact: type[Fact]) -> dict[str, Any]:
    return {
        "description": _doc(fact),
        "room": str(fact.room_kind),
        "changes_rights": fact.changes_rights,
        "seen_by": "everybody in the room"
        if fact.visibility is Fact.visibility
        else "those who may see the group of columns (private lines: their owner only)",
        "body": _schema(fact),
    }


def _schema(shape: type) -> dict[str, Any]:
    return TypeAdapter(shape).json_schema()


def _doc(thing: object) -> str:
    """What was written about it itself, not what it inherits or a dataclass made up."""
    text = inspect.cleandoc(thing.__doc__ or "")
    return "" if isinstance(thing, type) and text.startswith(f"{thing.__name__}(") else text


def _with_lengths(model: type[BaseModel], schema: dict[str, Any]) -> dict[str, Any]:
    """Add the longest texts, which are checked by code pydantic cannot look into."""
    for one in _models(model):
        place = schema if one is model else schema["$defs"][one.__name__]
        for name, info in one.model_fields.items():
            for mark in info.metadata:
                longest = _length(mark.func) if isinstance(mark, AfterValidator) else None
                if longest is not None:
                    place["properties"][name]["maxLength"] = longest
    return schema


def _in_keywords(schema: Any) -> Any:
    """Behind a check of our own pydantic writes bounds by its own names: ``ge`` for minimum."""
    if isinstance(schema, list):
        return [_in_keywords(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {_KEYWORDS.get(name, name): _in_keywords(one) for name, one in schema.items()}


def _length(check: Callable[..., Any]) -> int | None:
    if not inspect.isfunction(check):
        return None
    found = inspect.getclosurevars(check).nonlocals.get("length")
    return found if isinstance(found, int) else None


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The model and those of its fields that are lists of another one."""
    yield model
    for info in model.model_fields.values():
        for part in get_args(info.annotation):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from _models(part)
