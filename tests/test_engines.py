"""The throw-away engines start quickly, keep databases apart and leave nothing behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests import engines


def ask(url: str, statement: str) -> object:
    plain = make_url(url).set(drivername="postgresql")
    with psycopg.connect(plain.render_as_string(hide_password=False)) as connection:
        cursor = connection.execute(statement.encode())
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def fill(url: str) -> None:
    ask(url, "SELECT '髙橋製作所' AS name INTO firm")


def is_running(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def test_a_cluster_and_its_files_are_gone_at_the_end() -> None:
    with engines.postgres() as url:
        data = Path(str(ask(url, "SHOW data_directory")))
        pid = int((data / "postmaster.pid").read_text().split()[0])
        assert is_running(pid)
    assert not is_running(pid)
    assert not data.parent.exists()


def test_a_durable_cluster_flushes_what_it_acknowledges() -> None:
    with engines.postgres(durable=True) as url:
        assert [ask(url, f"SHOW {name}") for name in ("fsync", "synchronous_commit")] == [
            "on",
            "on",
        ]


def test_databases_of_one_template_hold_its_rows_and_are_apart() -> None:
    cluster = engines.shared_postgres()
    name = engines.template(cluster, "engines_test", fill)
    with (
        engines.database(cluster, template=name) as first,
        engines.database(cluster, template=name) as second,
    ):
        ask(first, "DELETE FROM firm RETURNING name")
        assert ask(first, "SELECT count(*) FROM firm") == 0
        assert ask(second, "SELECT name FROM firm") == "髙橋製作所"


def test_a_template_is_filled_once() -> None:
    cluster = engines.shared_postgres()
    fillings: list[str] = []
    for _ in range(2):
        engines.template(cluster, "engines_test_once", fillings.append)
    assert len(fillings) == 1


def test_a_wrong_password_is_refused() -> None:
    url = make_url(engines.shared_postgres()).set(password="guess")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        ask(url.render_as_string(hide_password=False), "SELECT 1")


def test_a_cluster_does_not_outlive_tests_that_were_killed() -> None:
    program = (
        "import time; from tests import engines\n"
        "with engines.postgres() as url: print(url, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as owner:
        assert owner.stdout is not None
        url = owner.stdout.readline().decode().strip()
        data = Path(str(ask(url, "SHOW data_directory")))
        os.kill(owner.pid, signal.SIGKILL)
    deadline = time.monotonic() + 30
    while data.parent.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not data.parent.exists()


def test_a_missing_engine_is_said_not_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(engines.EngineMissing, match="Chromium is missing: run `make dev`"):
        engines.chromium()
