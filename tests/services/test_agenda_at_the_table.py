"""The agenda while the table sits: what is put in between, and who may arrange it."""

import pytest

from app.domain.errors import Malformed, NotEntitled
from app.domain.people import Actor
from app.services.agenda import AddItem, ReorderAgenda, add_item, reorder_agenda
from app.services.room_life import OpenConference, open_conference
from app.store.conferences import items_of
from app.store.unit_of_work import Database
from tests.conference_steps import (
    added,
    invited,
    opened,
    reply,
)
from tests.factories import op, table
from tests.room_steps import hand_over, start


def order(database: Database, conference_id: str) -> list[str]:
    with database.read() as desk:
        return [one.id for one in items_of(desk, conference_id)]


def test_an_item_is_put_in_after_another_as_soon_as_what_has_begun_allows(
    database: Database,
) -> None:
    at = table(database, running=False)
    conference_id, case_item, report = opened(database, at)
    start(database, at["cga"], case_item)

    def insert(actor: Actor, after: str | None) -> str:
        values = {"op_id": op(), "conference_id": conference_id, "kind": "exchange"}
        more = {"title": "あいさつ", "minutes": 3, "after_item_id": after}
        return add_item(database, actor, AddItem.model_validate(values | more)).id or ""

    first = insert(at["cga"], case_item)
    second = insert(at["cga"], first)
    assert order(database, conference_id) == [case_item, first, second, report]
    with pytest.raises(Malformed):
        insert(at["cga"], op())
    with pytest.raises(NotEntitled):
        insert(at["yorozu"], None)


def test_the_chair_arranges_the_agenda_once_the_conference_is_open(database: Database) -> None:
    at = table(database, running=False)
    yorozu = at.agencies["yorozu"].id
    conference_id = invited(database, at)
    for key in ("cga", "council", "yorozu"):
        reply(database, at[key], conference_id)
    ids = [added(database, at, conference_id, title) for title in ("一", "二")]
    hand_over(database, at["cga"], conference_id, yorozu)
    command = ReorderAgenda(op_id=op(), conference_id=conference_id, item_ids=ids[::-1])
    with pytest.raises(NotEntitled):
        reorder_agenda(database, at["yorozu"], command)
    open_conference(database, at["yorozu"], OpenConference(op_id=op(), conference_id=conference_id))
    reorder_agenda(database, at["yorozu"], command)
    assert order(database, conference_id) == ids[::-1]
