"""The daily chores in a queue: on SQLite and on Redis, over either database."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from huey import Huey

from app.jobs.daily import Chore, Daily
from app.jobs.queue import open_queue
from app.services.chores import Told
from app.settings import Settings
from app.store.unit_of_work import Database
from deploy.cluster.redis_server import RedisServer, redis_server
from tests.factories import SECRET, StandingClock

TODAY = "2026-11-24"


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with redis_server() as running:
        yield running


@pytest.fixture(params=["file", "redis"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Of a house whose jobs go by a file or by Redis."""
    url = request.getfixturevalue("redis").url if request.param == "redis" else ""
    return Settings(data=tmp_path, database_url="sqlite://", secret=SECRET, redis=url)


@pytest.fixture
def queue(settings: Settings) -> Iterator[Huey]:
    opened = open_queue(settings)
    opened.flush()
    yield opened
    opened.storage.close()


@dataclass
class Doing:
    """What the chores did, in order; ``broken`` ones fail."""

    done: list[str] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    def chore(self, name: str) -> Chore:
        def act(_database: Database) -> Told:
            if name in self.broken:
                raise RuntimeError("no room left")
            self.done.append(name)
            return {"times": self.done.count(name)}

        return Chore(name, act)


@pytest.fixture
def doing() -> Doing:
    return Doing()


def daily_of(queue: Huey, database: Database, doing: Doing) -> Daily:
    return Daily(queue, database, [doing.chore("put_away"), doing.chore("copy")])


def work(queue: Huey) -> None:
    """What the worker does until nothing waits any more."""
    queue.storage.blocking = False
    while (task := queue.dequeue()) is not None:
        queue.execute(task)


def look(daily: Daily) -> None:
    daily.look()
    work(daily.queue)


def test_what_is_due_is_done_once_a_day(
    queue: Huey, database: Database, clock: StandingClock, doing: Doing
) -> None:
    daily = daily_of(queue, database, doing)
    look(daily)
    look(daily)
    assert doing.done == ["put_away", "copy"]
    clock.advance(hours=15, minutes=9)
    look(daily)
    assert doing.done == ["put_away", "copy"]
    clock.advance(minutes=1)
    look(daily)
    assert doing.done == ["put_away", "copy"] * 2


def test_a_queue_that_lost_everything_is_filled_again(
    queue: Huey, database: Database, doing: Doing
) -> None:
    daily = daily_of(queue, database, doing)
    daily.look()
    queue.execute(queue.dequeue())
    assert [name for name, _day, _failures in daily.waiting()] == ["put_away", "copy"]
    queue.flush()
    look(daily)
    assert doing.done == ["put_away", "copy"]


def test_what_a_worker_was_at_when_it_was_killed_is_done_by_the_next(
    queue: Huey, settings: Settings, database: Database, doing: Doing
) -> None:
    daily = daily_of(queue, database, doing)
    daily.look()
    queue.execute(queue.dequeue())
    assert queue.dequeue().args == ("put_away", TODAY, 0)
    after = daily_of(open_queue(settings), database, doing)
    look(after)
    assert sorted(doing.done) == ["copy", "put_away"]
    after.queue.storage.close()


def test_looking_again_puts_nothing_in_twice(queue: Huey, database: Database, doing: Doing) -> None:
    daily = daily_of(queue, database, doing)
    daily.look()
    daily.look()
    queue.execute(queue.dequeue())
    queue.execute(queue.dequeue())
    assert daily.waiting() == [("put_away", TODAY, 0), ("copy", TODAY, 0)]


def test_what_fails_is_tried_again_after_a_pause_and_told(
    queue: Huey, database: Database, doing: Doing, caplog: pytest.LogCaptureFixture
) -> None:
    doing.broken.add("copy")
    daily = daily_of(queue, database, doing)
    with caplog.at_level(logging.INFO, "app.jobs.daily"):
        look(daily)
        look(daily)
    assert doing.done == ["put_away"]
    assert daily.waiting() == [("copy", TODAY, 1)]
    failed = daily.failure("copy")
    assert failed is not None
    assert (failed.day, failed.times, failed.error) == (TODAY, 1, "RuntimeError: no room left")
    told = [record.getMessage() for record in caplog.records]
    assert f"jobs: copy of {TODAY} failed, again after 0:01:00" in told

    doing.broken.clear()
    assert queue.read_schedule(in_(queue, seconds=50)) == []
    (again,) = queue.read_schedule(in_(queue, seconds=70))
    again.eta = None
    queue.execute(again)
    assert doing.done == ["put_away", "copy"]
    assert (daily.failure("copy"), daily.waiting()) == (None, [])


def in_(queue: Huey, **later: float) -> object:
    return queue._get_timestamp() + timedelta(**later)


def test_what_yesterday_left_undone_is_left_to_today(
    queue: Huey, database: Database, clock: StandingClock, doing: Doing
) -> None:
    daily = daily_of(queue, database, doing)
    daily.look()
    queue.execute(queue.dequeue())
    clock.advance(days=1)
    look(daily)
    assert doing.done == ["put_away", "copy"]
    assert daily.waiting() == []


def test_two_nodes_with_a_queue_of_their_own_do_it_once(
    queue: Huey, database: Database, doing: Doing, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    elsewhere = open_queue(
        Settings(data=tmp_path / "other", database_url="sqlite://", secret=SECRET)
    )
    here, there = daily_of(queue, database, doing), daily_of(elsewhere, database, doing)
    for daily in (here, there):
        daily.look()
        daily.queue.execute(daily.queue.dequeue())
    for daily in (here, there):
        work(daily.queue)
    assert doing.done == ["put_away", "copy"]
    elsewhere.storage.close()


def test_what_was_not_signed_by_this_house_is_not_even_read(
    queue: Huey, settings: Settings, database: Database, doing: Doing
) -> None:
    strangers = open_queue(settings.model_copy(update={"secret": b"another"}))
    daily_of(strangers, database, doing).run("copy", TODAY, 0)
    strangers.storage.close()
    daily_of(queue, database, doing)
    with pytest.raises(ValueError, match="mismatch"):
        queue.dequeue()
    assert doing.done == []


def test_a_chore_with_an_hour_of_its_own_waits_for_it(
    queue: Huey, database: Database, clock: StandingClock, doing: Doing
) -> None:
    early, late = doing.chore("put_away"), replace(doing.chore("remind"), at=time(9, 30))
    daily = Daily(queue, database, [early, late])
    clock.advance(days=1)
    look(daily)
    assert doing.done == ["put_away", "remind"]
    clock.advance(minutes=29)
    look(daily)
    assert doing.done == ["put_away", "remind"]
    clock.advance(minutes=1)
    look(daily)
    assert doing.done == ["put_away", "remind", "remind"]
