"""控え: pictures of rooms are kept in their journals, once for what they hold."""

import hashlib
import json

from pydantic import TypeAdapter

from app.domain.facts import RoomKind
from app.queries.wire.table import ConferenceSnapshot, ItemSnapshot
from app.services.discussion import SayRemark, say_remark
from app.settings import ROOT
from app.store.pictures.item import item_picture
from app.store.pictures.keeping import CONFERENCE_SHAPE, ITEM_SHAPE, digest_of, keep_item
from app.store.tables.conferences import AgendaItemRow
from app.store.unit_of_work import Database
from tests.conference_steps import entries, kinds
from tests.factories import Table, op, table


def keep(database: Database, at: Table) -> None:
    with database.begin() as uow:
        uow.act_as(at["cga"], op())
        keep_item(uow, uow.session.get_one(AgendaItemRow, at.item.id))


def say(database: Database, at: Table) -> None:
    say_remark(database, at["bank"], SayRemark(op_id=op(), item_id=at.item.id, text="返済は約定"))


def test_an_item_from_before_tells_whose_case_it_is_with_its_first_picture(
    database: Database,
) -> None:
    at = table(database)
    say(database, at)
    keep(database, at)
    said, opened, kept = entries(database, RoomKind.ITEM, at.item.id)
    assert (said.kind, opened.kind, kept.kind) == (
        "remark_made",
        "item_opened",
        "item_picture_kept",
    )
    assert opened.body is not None
    assert opened.body["case"]["firm_name"] == at.firm.name
    with database.read() as desk:
        picture = item_picture(desk, desk.session.get_one(AgendaItemRow, at.item.id))
    assert kept.body == {"digest": digest_of(picture), "shape": ITEM_SHAPE}


def test_a_picture_is_kept_anew_only_when_something_happened_since(database: Database) -> None:
    at = table(database)
    say(database, at)
    keep(database, at)
    keep(database, at)
    assert kinds(database, RoomKind.ITEM, at.item.id)[2:] == ["item_picture_kept"]
    say(database, at)
    keep(database, at)
    first, _said, second = entries(database, RoomKind.ITEM, at.item.id)[2:]
    assert first.body != second.body


def shape_of(model):
    """All names and types a picture is made of, without what is said about them."""

    def bare(told):
        if isinstance(told, dict):
            kept = {key: bare(value) for key, value in told.items()}
            said = {"description", "title"}
            return {k: v for k, v in kept.items() if not (k in said and isinstance(v, str))}
        return [bare(one) for one in told] if isinstance(told, list) else told

    told = json.dumps(bare(TypeAdapter(model).json_schema()), sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def test_a_picture_that_gains_or_loses_a_part_counts_its_shape_up():
    """Whoever changes what a picture is made of counts up its shape and renews the digest."""
    assert (ITEM_SHAPE, shape_of(ItemSnapshot)) == (3, "25f27d7a8cff1265")
    assert (CONFERENCE_SHAPE, shape_of(ConferenceSnapshot)) == (2, "fb81ef7b4e41f8ce")


def test_the_browser_counts_the_shapes_alike():
    told = (ROOT / "static" / "src" / "moments" / "kept.ts").read_text()
    shapes = f"item_picture_kept: {ITEM_SHAPE}, conference_picture_kept: {CONFERENCE_SHAPE}"
    assert told.count(shapes) == 1
