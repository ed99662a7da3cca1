import gc
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, select

from app.domain.facts import ConferenceCancelled, RoomKind
from app.store.engine import make_engine
from app.store.journal import open_room, room_id, verify
from app.store.tables.agencies import AgencyRow
from app.store.tables.journal import RoomRow
from app.store.unit_of_work import Database
from tests.cast import cast
from tests.factories import SECRET, op


class Refusal(Exception):
    pass


@pytest.fixture
def sqlite(tmp_path, clock):
    url = f"sqlite:///{tmp_path / 'writer.sqlite3'}"
    engine = make_engine(url)
    SQLModel.metadata.create_all(engine)
    database = Database(engine, clock, SECRET)
    yield database
    engine.dispose()


def agency(key, **changed):
    values = {"key": key, "kind": "chamber", "name": key, "short_name": key, "position": 1}
    return AgencyRow(**values | changed)


def adding(key):
    def act(uow):
        uow.session.add(agency(key))
        uow.session.flush()
        return key

    return act


def keys(database):
    with database.read() as desk:
        return sorted(desk.session.exec(select(AgencyRow.key)).all())


def at_once(database, *acts):
    """All of them waiting while another one writes; what each came to, in the order given."""
    came = [None] * len(acts)

    def run(at, act):
        try:
            came[at] = database.carry_out(act)
        except Exception as error:  # noqa: BLE001  (what it came to)
            came[at] = error

    writer = threading.Thread(target=database.carry_out, args=[lambda _uow: time.sleep(0.3)])
    writer.start()
    time.sleep(0.05)
    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
        time.sleep(0.005)
    for thread in [writer, *threads]:
        thread.join()
    return came


def commits_of(database):
    """Counts transactions that reach the disk."""
    counted = []
    usual = database.engine.dialect.do_commit

    def commit(connection):
        counted.append(1)
        usual(connection)

    database.engine.dialect.do_commit = commit
    return counted


def test_what_comes_while_a_commit_runs_shares_the_next(sqlite):
    counted = commits_of(sqlite)
    came = at_once(sqlite, *(adding(f"a{n}") for n in range(8)))
    assert came == [f"a{n}" for n in range(8)]
    assert keys(sqlite) == [f"a{n}" for n in range(8)]
    # One for the act that was being written, one for the eight that waited.
    assert len(counted) == 2


def test_a_refusal_takes_nobody_else_with_it(sqlite):
    def refused(_uow):
        raise Refusal("no")

    came = at_once(sqlite, adding("before"), refused, adding("after"))
    assert [str(one) for one in came] == ["before", "no", "after"]
    assert keys(sqlite) == ["after", "before"]


def test_a_refusal_after_writing_leaves_nothing_of_itself(sqlite):
    def half(uow):
        uow.session.add(agency("half"))
        uow.session.flush()
        raise Refusal("no")

    def held_back(uow):
        uow.session.add(agency("held back"))
        raise Refusal("no")

    def by_hand(uow):
        uow.session.execute(text("UPDATE agency SET name = 'changed'"))
        raise Refusal("no")

    came = at_once(sqlite, adding("a"), half, held_back, by_hand, adding("b"))
    assert [str(one) for one in came] == ["a", "no", "no", "no", "b"]
    assert keys(sqlite) == ["a", "b"]
    with sqlite.read() as desk:
        assert set(desk.session.exec(select(AgencyRow.name))) == {"a", "b"}


def test_one_that_the_database_refuses_fails_alone(sqlite):
    came = at_once(sqlite, adding("twice"), adding("twice"), adding("other"))
    assert came[0] == "twice"
    assert isinstance(came[1], IntegrityError)
    assert came[2] == "other"
    assert keys(sqlite) == ["other", "twice"]


def test_what_fails_only_at_the_commit_fails_alone(sqlite):
    def late(uow):
        uow.session.add(agency("late", kind="no such kind"))
        return "late"

    came = at_once(sqlite, adding("a"), late, adding("b"))
    assert (came[0], came[2]) == ("a", "b")
    assert isinstance(came[1], IntegrityError)
    assert keys(sqlite) == ["a", "b"]
    assert sqlite.carry_out(adding("c")) == "c"


def test_rows_stay_at_hand_until_somebody_else_writes(sqlite):
    def name(uow):
        return uow.session.get(AgencyRow, known).name

    with sqlite.begin() as uow:
        row = agency("a")
        uow.session.add(row)
        known = row.id
    assert sqlite.carry_out(name) == "a"
    other = Database(make_engine(str(sqlite.engine.url)), sqlite.clock, SECRET)
    with other.begin() as uow:
        uow.session.execute(text("UPDATE agency SET name = 'elsewhere'"))
    assert sqlite.carry_out(name) == "elsewhere"
    other.engine.dispose()


def test_a_change_undone_is_undone_in_what_is_at_hand_too(sqlite):
    with sqlite.begin() as uow:
        row = agency("a")
        uow.session.add(row)
        known = row.id

    def rename(uow):
        uow.session.get(AgencyRow, known).name = "renamed"
        raise Refusal("no")

    assert sqlite.carry_out(lambda uow: uow.session.get(AgencyRow, known).name) == "a"
    with pytest.raises(Refusal):
        sqlite.carry_out(rename)
    assert sqlite.carry_out(lambda uow: uow.session.get(AgencyRow, known).name) == "a"


def test_whoever_is_answered_finds_it_stored(sqlite):
    """Nobody is answered before the commit: another connection sees it at once."""
    seen = []

    def asking(n):
        sqlite.carry_out(adding(f"k{n}"))
        seen.append(f"k{n}" in keys(sqlite))

    threads = [threading.Thread(target=asking, args=[n]) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [True] * 12


def test_it_is_told_whether_anybody_else_wrote_in_between(sqlite):
    bank = cast(sqlite).actors["bank"]
    told = []
    sqlite.hand_over = lambda entries, alone: told.append(([e.seq for e in entries], alone))

    def record(uow):
        kept = uow.session.get(RoomRow, room_id(RoomKind.CONFERENCE, "a" * 32))
        room = kept or open_room(uow.session, RoomKind.CONFERENCE, "a" * 32, uow.now())
        uow.act_as(bank, op())
        uow.record(room, ConferenceCancelled(reason="会場の都合"))
        uow.record(room, ConferenceCancelled(reason="日程の都合"))

    for _turn in range(3):
        sqlite.carry_out(record)
    with sqlite.begin() as uow:
        uow.session.add(agency("somebody else"))
    sqlite.carry_out(record)
    sqlite.carry_out(record)
    assert [seqs for seqs, _alone in told] == [[1, 2], [3, 4], [5, 6], [7, 8], [9, 10]]
    assert [alone for _seqs, alone in told[1:]] == [True, True, False, True]
    with sqlite.read() as desk:
        room = desk.session.get_one(RoomRow, room_id(RoomKind.CONFERENCE, "a" * 32))
        assert list(verify(desk.session, room)) == []


def test_with_the_engine_the_writer_lets_go_of_the_file_too(sqlite):
    """Everything is in the file itself then, and it can be copied."""
    sqlite.carry_out(adding("a"))
    file = Path(sqlite.engine.url.database)
    sqlite.engine.dispose()
    assert not file.with_name(f"{file.name}-wal").exists()
    assert sqlite.carry_out(adding("b")) == "b"


def test_what_was_only_written_is_not_held_and_what_was_read_is(sqlite):
    def held():
        gc.collect()
        keys = [vars(one).get("key") for one in gc.get_objects() if isinstance(one, AgencyRow)]
        return sorted(set(keys) & {f"a{number:02}" for number in range(30)})

    for number in range(30):
        sqlite.carry_out(adding(f"a{number:02}"))
    assert held() == []

    def look(uow):
        return uow.session.exec(select(AgencyRow).where(AgencyRow.key == "a07")).one().id

    sqlite.carry_out(look)
    assert held() == ["a07"]
