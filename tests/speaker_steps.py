"""Steps at the list of speakers, and what it shows afterwards."""

from collections.abc import Callable
from typing import Any

from app.domain.people import Actor
from app.queries.item_snapshot import item_snapshot
from app.services.commands import Done
from app.services.listing import USE_CASES
from app.services.validation import validated
from app.store.unit_of_work import Database
from tests.factories import Table, op

_OF_THE_ITEM = {
    "ask_to_speak",
    "call_speaker",
    "close_speakers",
    "reopen_speakers",
    "set_speaking_time",
}


def doing(database: Database, at: Table) -> Callable[..., Done]:
    """One act by a seat of the table, or by an actor given."""

    def act(who: str | Actor, command: str, **body: Any) -> Done:
        use_case = USE_CASES[command]
        if command in _OF_THE_ITEM:
            body = {"item_id": at.item.id, **body}
        values = validated(use_case.command, {"op_id": op(), **body})
        return use_case.run(database, at[who] if isinstance(who, str) else who, values)

    return act


def speakers(database: Database, at: Table, who: str = "bank") -> dict[str, Any]:
    with database.read() as desk:
        told: dict[str, Any] = item_snapshot(desk, at[who], at.item.id)["speakers"]
    return told
