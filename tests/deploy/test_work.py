"""The worker as a process: killed in the middle, without Redis, and beside its server."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from sqlmodel import col, select

from app.cli import Console
from app.settings import ROOT, read_settings
from app.store.tables.journal import OperationRow
from deploy.cluster.redis_server import RedisServer, redis_server
from deploy.jobs import jobs
from deploy.opening import open_database
from tests.clients import eventually
from tests.guarantees.figures import note
from tests.serving import Server

DONE = {"suspend_expired", "tell_records", "put_away"}
MOST_MB = 150.0


class House:
    """One installation of which only the worker runs, as many times as it is started."""

    def __init__(self, data: Path, url: str, stack: ExitStack, redis: str = "") -> None:
        data.mkdir(exist_ok=True)
        self.environ = {"ENTAKU_DATA": str(data), "DATABASE_URL": url, "ENTAKU_REDIS": redis}
        # A copy starts programs of its own; how it is made is tested where copies are.
        self.environ["ENTAKU_COPIES_DAYS"] = "0"
        self.settings = read_settings(self.environ)
        self.database = open_database(self.settings)
        self.log, self.stack = data / "work.log", stack
        stack.callback(self.database.engine.dispose)

    def worker(self) -> "subprocess.Popen[bytes]":
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "deploy.work"],
                env=os.environ | self.environ,
                cwd=ROOT,
                stderr=log,
            )
        self.stack.callback(process.wait, 10)
        self.stack.callback(process.kill)
        return process

    def has_begun(self, chore: str) -> bool:
        return f"jobs: {chore} of" in self.log.read_text()

    def told(self, line: str) -> int:
        return self.log.read_text().count(line)

    def done(self) -> list[str]:
        query = select(OperationRow.command).where(col(OperationRow.command).startswith("chore "))
        with self.database.read() as desk:
            return sorted(found.removeprefix("chore ") for found in desk.session.exec(query))

    def has_done(self, seconds: float = 30.0) -> bool:
        return eventually(lambda: set(self.done()) == DONE, seconds)

    def forget(self) -> None:
        """As if nothing had been done today."""
        with self.database.begin() as uow:
            for row in uow.session.exec(select(OperationRow)).all():
                uow.session.delete(row)

    @property
    def hangs(self) -> str:
        """The chore that cannot go on: SQLite lets nobody write, not even that one was done."""
        sqlite = self.database.engine.dialect.name == "sqlite"
        return "suspend_expired" if sqlite else "put_away"

    @contextmanager
    def in_the_middle(self) -> Iterator[None]:
        """Somebody else holds what a chore needs, so that it is begun and not done."""
        with self.database.engine.connect() as held:
            if held.dialect.name == "postgresql":
                held.execute(text("LOCK TABLE session IN ACCESS EXCLUSIVE MODE"))
            else:
                held.execute(text("UPDATE ended SET number = number + 1"))
            yield
            held.rollback()


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as made:
        yield made


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    with redis_server() as running:
        yield running


@pytest.fixture(params=["file", "redis"])
def house(
    request: pytest.FixtureRequest, tmp_path: Path, database_url: str, stack: ExitStack
) -> House:
    url = request.getfixturevalue("redis").url if request.param == "redis" else ""
    return House(tmp_path / "data", database_url, stack, url)


def megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


@pytest.mark.guarantee
def test_a_worker_killed_in_the_middle_loses_nothing_and_doubles_nothing(house: House) -> None:
    with house.in_the_middle():
        killed = house.worker()
        assert eventually(lambda: house.has_begun(house.hangs), 30)
        killed.kill()
        killed.wait(10)
    assert house.hangs not in house.done()
    house.worker()
    assert house.has_done()
    assert len(house.done()) == len(DONE)
    kind = "redis" if house.settings.redis else "file"
    note(
        f"jobs_killed_{kind}_{house.database.engine.dialect.name}",
        killed=1,
        lost=len(DONE - set(house.done())),
        doubled=len(house.done()) - len(DONE),
    )


def test_two_workers_do_each_thing_once(house: House) -> None:
    house.worker()
    house.worker()
    assert eventually(lambda: house.told("jobs: at work") == 2, 30)
    assert house.has_done()
    assert eventually(lambda: house.told("is done") == len(DONE))
    assert len(house.done()) == len(DONE)


@pytest.mark.guarantee
def test_redis_killed_and_back_empty_leaves_jobs_working(
    tmp_path: Path, database_url: str, stack: ExitStack, redis: RedisServer
) -> None:
    """Whatever it held is gone; the worker waits for it and finds again what is due."""
    house = House(tmp_path / "data", database_url, stack, redis.url)
    with house.in_the_middle():
        worker = house.worker()
        assert eventually(lambda: house.has_begun(house.hangs), 30)
        redis.kill()
    assert eventually(lambda: house.hangs in house.done(), 30)
    house.forget()
    redis.start()
    assert house.has_done(60)
    assert worker.poll() is None
    assert house.told("Error reading from queue") == 1
    note(
        f"jobs_redis_killed_{house.database.engine.dialect.name}",
        redis_killed=1,
        lost=len(DONE - set(house.done())),
    )


def test_a_worker_ends_on_both_signals(house: House) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        worker = house.worker()
        before = house.told("jobs: at rest")
        house.forget()
        assert house.has_done()
        worker.send_signal(number)
        assert worker.wait(15) == 0
        assert house.told("jobs: at rest") == before + 1


def children_of(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [
        int(child)
        for child in found.read_text().split()
        if b"deploy.work" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]


@pytest.mark.guarantee
def test_a_server_that_serves_alone_keeps_a_worker_beside_it(
    tmp_path: Path, stack: ExitStack
) -> None:
    server = Server(tmp_path, f"sqlite:///{tmp_path / 'entaku.sqlite3'}", ENTAKU_COPIES_DAYS="0")
    stack.callback(server.stop)
    subprocess.run(
        [sys.executable, "-m", "deploy.entaku", "migrate"], env=server.environ, cwd=ROOT, check=True
    )
    server.program = ["-m", "deploy.entaku", "serve"]
    server.start(60)
    assert server.process is not None
    pid = server.process.pid
    assert eventually(lambda: len(children_of(pid)) == 1, 30)
    (first,) = children_of(pid)
    assert eventually(lambda: "put_away" in server.log.read_text(), 30)
    weight = megabytes(first)

    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: children_of(pid) not in ([], [first]), 30)
    (second,) = children_of(pid)
    server.kill()
    assert eventually(lambda: not Path(f"/proc/{second}").exists(), 30)
    note("jobs_worker_weight", resident_mb=round(weight, 1), started_again=1)
    assert weight <= MOST_MB


def listed(house: House) -> dict[str, dict[str, object]]:
    console = Console(lambda: house.settings, lambda _settings: house.database)
    told = CliRunner().invoke(jobs, ["--json"], obj=console, catch_exceptions=False)
    return {one["name"]: one for one in json.loads(told.stdout)["chores"]}


def test_the_operator_sees_what_waits_and_what_became_of_the_last(house: House) -> None:
    assert [one["last"] for one in listed(house).values()] == [None, None, None]
    house.worker()
    assert house.has_done()
    shown = listed(house)["put_away"]
    assert (shown["waiting"], shown["failed"]) == ([], None)
    assert isinstance(shown["last"], dict)
    nothing = ("sessions", "attempts", "pending_sign_ins", "guest_sessions", "mails")
    assert shown["last"]["result"] == dict.fromkeys(nothing, 0)
    console = Console(lambda: house.settings, lambda _settings: house.database)
    text = CliRunner().invoke(jobs, [], obj=console, catch_exceptions=False).stdout
    assert text.splitlines()[0] == "suspend_expired"
    assert "（suspended: 0）" in text.splitlines()[1]


def test_without_its_queue_the_operator_is_told_so_and_what_was_done(
    tmp_path: Path, database_url: str, stack: ExitStack
) -> None:
    house = House(tmp_path / "data", database_url, stack, "redis://127.0.0.1:1/0")
    console = Console(lambda: house.settings, lambda _settings: house.database)
    told = CliRunner().invoke(jobs, [], obj=console, catch_exceptions=False)
    assert "待ち行列に接続できません。" in told.stderr
    assert told.stdout.splitlines()[0] == "suspend_expired"
