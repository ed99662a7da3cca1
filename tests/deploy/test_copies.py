import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlmodel import col, select

from app.services.discussion import SayRemark, say_remark
from app.settings import ROOT
from app.store.engine import make_engine
from app.store.migrate import upgrade
from app.store.tables.conferences import RemarkRow
from app.store.unit_of_work import Database
from tests import engines
from tests.factories import SECRET, StandingClock, Table, op, table


def _migrated(url: str) -> None:
    engine = make_engine(url)
    upgrade(engine)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """As an installation has it: built by the migrations, which remember where they stand."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'entaku.sqlite3'}"
        _migrated(url)
        yield url
        return
    cluster = engines.shared_postgres()
    name = engines.template(cluster, "entaku_migrated", _migrated)
    with engines.database(cluster, template=name) as url:
        yield url


@pytest.fixture
def elsewhere(database_url: str, tmp_path: Path) -> Iterator[str]:
    """An empty database of the same engine, where nothing of the product is yet."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'elsewhere' / 'entaku.sqlite3'}"
        return
    with engines.database(engines.shared_postgres()) as url:
        yield url


def run(script: str, data: Path, url: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "deploy" / script, *words],
        env={**os.environ, "ENTAKU_DATA": str(data), "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def talking(database: Database, at: Table) -> Iterator[list[str]]:
    """Remarks are made without pause; the ids of those acknowledged so far."""
    acknowledged: list[str] = []
    stop = threading.Event()

    def talk() -> None:
        while not stop.is_set():
            command = SayRemark(op_id=op(), item_id=at.item.id, text=f"発言 {len(acknowledged)}")
            acknowledged.append(str(say_remark(database, at["bank"], command).id))

    speaker = threading.Thread(target=talk)
    speaker.start()
    try:
        yield acknowledged
    finally:
        stop.set()
        speaker.join()


def remarks(url: str) -> list[str]:
    engine = make_engine(url)
    with Database(engine, StandingClock(), SECRET).read() as desk:
        found = list(desk.session.exec(select(RemarkRow.id).order_by(col(RemarkRow.position))))
    engine.dispose()
    return found


def backed_up(data: Path, url: str, tmp_path: Path) -> Path:
    done = run("backup.sh", data, url, str(tmp_path / "copies"))
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def test_a_copy_made_under_load_brings_back_all_that_was_acknowledged(
    database: Database, database_url: str, elsewhere: str, tmp_path: Path
) -> None:
    at, data, other = table(database), tmp_path / "data", tmp_path / "elsewhere"
    (data / "files").mkdir(parents=True)
    (data / "files" / "consent.pdf").write_bytes(b"%PDF-1.7")
    with talking(database, at) as acknowledged:
        while len(acknowledged) < 20:
            pass
        before = list(acknowledged)
        copy = backed_up(data, database_url, tmp_path)
        during = len(acknowledged)
    done = run("restore.sh", other, elsewhere, str(copy))
    assert done.returncode == 0, done.stderr
    assert "合わない箇所: 0" in done.stdout
    restored = remarks(elsewhere)
    assert restored == acknowledged[: len(restored)]
    assert len(before) <= len(restored) <= during + 1
    assert (other / "files" / "consent.pdf").read_bytes() == b"%PDF-1.7"
    assert (other / "secret.key").read_bytes() == (data / "secret.key").read_bytes()


def test_a_damaged_copy_is_not_put_back(
    database: Database, database_url: str, elsewhere: str, tmp_path: Path
) -> None:
    table(database)
    copy = backed_up(tmp_path / "data", database_url, tmp_path)
    file = next(path for path in copy.iterdir() if path.name.startswith("entaku."))
    file.write_bytes(file.read_bytes()[:-1] + b"\x00\x01")
    done = run("restore.sh", tmp_path / "elsewhere", elsewhere, str(copy))
    assert done.returncode != 0
    assert "壊れています" in done.stderr


def test_nothing_is_put_back_under_a_server_that_works(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    at = table(database)
    copy = backed_up(tmp_path / "data", database_url, tmp_path)
    with talking(database, at):
        done = run("restore.sh", tmp_path / "data", database_url, str(copy))
    assert done.returncode != 0
    assert "サーバーが動いています" in done.stderr


def test_what_stood_there_before_is_set_aside(tmp_path: Path) -> None:
    """On SQLite; on PostgreSQL the tables are replaced in one transaction."""
    data = tmp_path / "data"
    url = f"sqlite:///{data / 'entaku.sqlite3'}"
    copies = tmp_path / "copies"
    assert run("../.venv/bin/entaku", data, url, "migrate").returncode == 0
    copy = Path(run("backup.sh", data, url, str(copies)).stdout.strip())
    assert run("restore.sh", data, url, str(copy)).returncode == 0
    assert len(list(data.glob("entaku.sqlite3.before-*"))) == 1


def test_copies_older_than_the_days_given_are_dropped(tmp_path: Path) -> None:
    data, copies = tmp_path / "data", tmp_path / "copies"
    url = f"sqlite:///{data / 'entaku.sqlite3'}"
    run("../.venv/bin/entaku", data, url, "migrate")
    old = copies / "entaku-20200101T000000Z"
    old.mkdir(parents=True)
    os.utime(old, (0, 0))
    made = run("backup.sh", data, url, str(copies), "30").stdout.strip()
    assert [str(path) for path in copies.iterdir()] == [made]
