"""会議時点: the journal alone restores each moment, and shows what was changed."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlmodel import select

from app.domain.errors import Malformed, NotFound
from app.domain.facts import RoomKind, all_facts
from app.queries.happenings import TOLD
from app.queries.happenings.sheet import IN_THE_SHEET
from app.store import journal
from app.store.cursors import cursor_of
from app.store.pictures.keeping import ITEM_SHAPE
from app.store.tables.journal import EntryRow, RoomRow
from app.store.unit_of_work import Database
from realtime import views
from tests.guarantees.test_fold import TickingClock
from tests.replaying import delivered, restored
from tests.story import Cast, cast, story

VIEWERS = ("bank", "cga", "yorozu", "chamber")
# What is restored and not told: another entry of the same moment tells it.
# Told in older journals only.
BEFORE = {"lead_nominated"}
SILENT = {"item_opened", "item_picture_kept", "conference_picture_kept"}


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@dataclass
class Told:
    """The story up to the withdrawal of consent, with what each viewer saw after every act."""

    c: Cast
    seen: dict[tuple[str, str, str], tuple[Any, Any]] = field(default_factory=dict)

    def look(self, database: Database) -> None:
        ids = self.c.ids
        rooms = [f"c-{ids.get('conference')}", f"s-{ids.get('case')}"]
        rooms += [f"i-{ids[key]}" for key in ("item", "report", "extra") if key in ids]
        with database.read() as desk:
            for name in VIEWERS:
                for room in rooms:
                    actor = self.c.actors[name]
                    try:
                        way = views.entrance(desk, actor, room)
                    except (NotFound, Malformed):
                        continue
                    last = journal.last_visible(desk.session, room, way.tags)
                    cursor = cursor_of(desk.secret, room, last)
                    self.seen[name, room, cursor] = (way.tags, views.snapshot(desk, actor, way))


def tell(database: Database, clock: TickingClock, *, looking: bool = True) -> Told:
    told = Told(cast(database))
    for what, act in story(told.c):
        if what == "withdraw consent":
            break
        clock.advance(seconds=7)
        act()
        if looking:
            told.look(database)
    return told


@pytest.mark.guarantee
def test_every_moment_is_what_each_viewer_saw_then(database, clock):
    told = tell(database, clock)
    c = told.c
    deliveries = [delivered(database, c.actors[name], c.ids["conference"]) for name in VIEWERS]
    tags = {}
    with database.read() as desk:
        for name in VIEWERS:
            way = views.entrance(desk, c.actors[name], f"s-{c.ids['case']}")
            tags[name] = way.tags
    checked = 0
    for name, entries, answer in zip(VIEWERS, deliveries, restored(deliveries), strict=True):
        cursors = {entry["cursor"] for entry in entries}
        for (who, room, cursor), (seen_tags, snapshot) in told.seen.items():
            same_class = room[0] != "s" or seen_tags == tags[name]
            if who != name or cursor not in cursors or not same_class:
                continue
            assert answer["states"][cursor] == json.loads(json.dumps(snapshot)), (name, room)
            checked += 1
        rooms = {entry["room"][0] for entry in entries}
        assert rooms == {"c", "i", "s"}
        assert answer["moments"][-1][0] == max(entry["at"] for entry in entries if entry["told"])
        for at, pictures in answer["moments"]:
            upto = {entry["room"]: entry["cursor"] for entry in entries if entry["at"] <= at}
            assert pictures == {room: answer["states"][cursor] for room, cursor in upto.items()}
        # Three items ended and were kept, two of them again when settled; then the conference.
        assert len(answer["kept"]) >= 4
        assert all(one["matches"] for one in answer["kept"])
        untold = {entry["kind"] for entry in entries if entry["told"] is None}
        assert untold <= SILENT | IN_THE_SHEET.keys()
    assert checked > 4 * 60


# An entry of the kind, and what somebody with the database in hand might make of it.
CHANGES = {
    "remark_made": {"text": "返済は滞っています。"},
    "stance_given": {"stance": "object"},
    "item_opened": {"case": None},
    "outcome_recorded": {"due": "2027-12-05"},
    "result_declared": {"result": "provisional"},
    "attendance_taken": {"mode": "absent"},
    "item_ended": {"result": "withdrawn"},
    "poll_closed": {"outcome": "carried"},
    "item_tie_decided": {"chosen": "object"},
    "item_picture_kept": {"digest": "0" * 64, "shape": ITEM_SHAPE},
}
# What another entry overwrote later is in no picture any more.
OVERWRITTEN = {"conference_opened": {"chair_name": "別人"}, "chair_handed_over": {"chair_name": ""}}


def changed(database, c, kind, change, *, chain):
    """The bank's delivery after the newest entry of the kind was changed, then put right again.

    With ``chain`` every digest and hash behind it is made to fit, up to the head of the room.
    """
    with database.begin() as uow:
        ids = [f"c-{c.ids['conference']}", f"i-{c.ids['item']}"]
        query = select(EntryRow).where(EntryRow.kind == kind, EntryRow.room_id.in_(ids))
        found = uow.session.exec(query.order_by(EntryRow.seq.desc())).first()
        room, seq = found.room_id, found.seq
        query = select(EntryRow).where(EntryRow.room_id == room, EntryRow.seq >= seq)
        rows = uow.session.exec(query.order_by(EntryRow.seq)).all()
        before = {row.seq: row.model_dump() for row in rows}
        head = uow.session.get(RoomRow, room)
        last = head.last_hash
        found.body = {**found.body, **change}
        assert found.body != before[seq]["body"], kind
        if chain:
            prev = found.prev
            for row in rows:
                row.prev = prev
                row.body_digest = journal.digest_of(row.body, row.salt)
                row.hash = prev = journal.hash_of(row.model_dump())
            head.last_hash = prev
        uow.session.flush()
        assert bool(list(journal.verify(uow.session, head))) is not chain
    delivery = delivered(database, c.actors["bank"], c.ids["conference"])
    with database.begin() as uow:
        for number, values in before.items():
            row = uow.session.get(EntryRow, (room, number))
            for name, value in values.items():
                setattr(row, name, value)
        head = uow.session.get(RoomRow, room)
        head.last_hash = last
        uow.session.flush()
        assert list(journal.verify(uow.session, head)) == []
    return room, delivery


@pytest.mark.guarantee
@pytest.mark.parametrize("chain", [False, True], ids=["one entry", "the whole chain"])
def test_a_changed_entry_is_found_by_whoever_restores_the_conference(database, clock, chain):
    c = tell(database, clock, looking=False).c
    changes = CHANGES if chain else CHANGES | OVERWRITTEN
    deliveries = [delivered(database, c.actors["bank"], c.ids["conference"])]
    rooms = []
    for kind, change in changes.items():
        room, delivery = changed(database, c, kind, change, chain=chain)
        rooms.append(room)
        deliveries.append(delivery)
    untouched, *answers = restored(deliveries)
    assert all(one["matches"] for one in untouched["kept"])
    for kind, room, answer in zip(changes, rooms, answers, strict=True):
        wrong = {one["room"] for one in answer["kept"] if not one["matches"]}
        assert wrong == {room}, kind


@pytest.mark.guarantee
def test_what_was_not_yet_given_at_a_moment_is_not_in_it(database, clock):
    """A moment between two stances has the first and not the second, whoever looks, whenever."""
    c = tell(database, clock, looking=False).c
    item, entries = (
        f"i-{c.ids['item']}",
        delivered(database, c.actors["chamber"], c.ids["conference"]),
    )
    given = 0
    for at, pictures in restored([entries])[0]["moments"]:
        upto = [e for e in entries if e["room"] == item and e["at"] <= at]
        rounds = pictures.get(item, {"rounds": []})["rounds"]
        shown = {agency for one in rounds for agency in one["stances"]}
        answered = {"stance_given", "stance_sealed"}
        assert shown == {e["body"]["agency_id"] for e in upto if e["kind"] in answered}
        sealed = [s for r in rounds for s in r["stances"].values() if s["stance"] is None]
        open_ = [r for r in rounds if r["state"] == "open" and r["rule"]["blind"]]
        assert bool(sealed) == any(r["stances"] for r in open_)
        declared = any(e["kind"] == "result_declared" for e in upto)
        assert any(one["result"] is not None for one in rounds) == declared
        given = max(given, len(shown))
    assert given == 6


def test_every_fact_of_the_rooms_has_words_or_needs_none():
    rooms = {RoomKind.CONFERENCE, RoomKind.ITEM, RoomKind.SHEET}
    kinds = {fact.wire_name() for fact in all_facts() if fact.room_kind in rooms}
    assert kinds == (set(TOLD) - BEFORE) | SILENT
