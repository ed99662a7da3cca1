import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlmodel import func, select

from app.queries.chores import last_run
from app.services.chores import Told, carry_out_once, is_done
from app.store.engine import make_engine
from app.store.tables.journal import OperationRow
from app.store.unit_of_work import Database
from tests.factories import NOW, SECRET, StandingClock

DAY = date(2026, 11, 24)


class Counted:
    """A chore that counts how often it was done."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Told:
        self.times += 1
        return {"times": self.times}


def test_a_chore_is_done_once_a_day_however_often_it_is_asked_for(database: Database) -> None:
    act = Counted()
    told = [carry_out_once(database, "copy", DAY, act) for _ in range(3)]
    assert told == [{"times": 1}, None, None]
    assert carry_out_once(database, "copy", date(2026, 11, 25), act) == {"times": 2}
    assert carry_out_once(database, "put_away", DAY, act) == {"times": 3}


def test_what_failed_is_not_taken_for_done(database: Database) -> None:
    def fails() -> Told:
        raise RuntimeError("no room left")

    with pytest.raises(RuntimeError):
        carry_out_once(database, "copy", DAY, fails)
    with database.read() as desk:
        assert not is_done(desk, "copy", DAY)
    assert carry_out_once(database, "copy", DAY, Counted()) == {"times": 1}


def test_it_is_told_when_it_was_done_last_and_what_came_of_it(database: Database) -> None:
    with database.read() as desk:
        assert last_run(desk, "copy") is None
    act = Counted()
    for day in (date(2026, 11, 22), date(2026, 11, 20)):
        carry_out_once(database, "copy", day, act)
    with database.read() as desk:
        ran = last_run(desk, "copy")
        assert last_run(desk, "put_away") is None
    assert ran is not None
    assert (ran.day, ran.at, ran.told) == (date(2026, 11, 22), NOW, {"times": 1})


@pytest.fixture
def nodes(database_url: str) -> list[Database]:
    """Four processes' ways to one database."""
    return [Database(make_engine(database_url), StandingClock(), SECRET) for _ in range(4)]


def test_of_many_nodes_one_does_it_and_the_others_do_not_wait(nodes: list[Database]) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slowly() -> Told:
        begun.set()
        assert may_end.wait(30)
        return {"done": 1}

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(carry_out_once, nodes[0], "copy", DAY, slowly)
        assert begun.wait(30)
        others = [pool.submit(carry_out_once, one, "copy", DAY, slowly) for one in nodes[1:]]
        assert [one.result(30) for one in others] == [None] * 3
        may_end.set()
        assert first.result(30) == {"done": 1}
    close(nodes)


def test_at_one_moment_it_is_still_one(nodes: list[Database]) -> None:
    done: list[Told | None] = []
    for number in range(10):
        act, start = Counted(), threading.Barrier(4)
        run = racing(start, f"chore {number}", act)
        with ThreadPoolExecutor(4) as pool:
            done += [told for told in pool.map(run, nodes) if told is not None]
        assert act.times == 1
    with nodes[0].read() as desk:
        stored = desk.session.exec(select(func.count()).select_from(OperationRow)).one()
    assert (len(done), stored) == (10, 10)
    close(nodes)


def racing(start: threading.Barrier, chore: str, act: Counted) -> Callable[[Database], Told | None]:
    def run(database: Database) -> Told | None:
        start.wait()
        return carry_out_once(database, chore, DAY, act)

    return run


def close(nodes: list[Database]) -> None:
    for one in nodes:
        one.engine.dispose()
