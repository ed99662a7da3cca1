from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.engine import make_engine
from app.store.migrate import upgrade
from app.store.unit_of_work import Database
from deploy.commands import demo as demo_command
from deploy.demonstration import PASSWORD
from tests import factories
from tests.factories import SECRET, StandingClock
from tests.shell import run


@pytest.fixture
def migrated(tmp_path: Path, clock: StandingClock) -> Iterator[Database]:
    """An empty installation."""
    engine = make_engine(f"sqlite:///{tmp_path / 'entaku.sqlite3'}")
    upgrade(engine)
    yield Database(engine, clock, SECRET)
    engine.dispose()


def test_demo_lists_who_can_sign_in_and_with_what(migrated: Database, tmp_path: Path) -> None:
    done = run(migrated, tmp_path, demo_command)
    line = next(one for one in done.stdout.splitlines() if "suzuki.hanako@cga-13.example" in one)
    told = "鈴木 花子 東京信用保証協会 事務局担当 経営支援課 係長"
    assert done.exit_code == 0
    assert line.split() == ["suzuki.hanako@cga-13.example", PASSWORD, *told.split()]


def test_demo_says_why_it_puts_nothing_beside_other_records(
    migrated: Database, tmp_path: Path
) -> None:
    with migrated.begin() as uow:
        factories.firm(uow)
    done = run(migrated, tmp_path, demo_command)
    assert done.exit_code == 1
    assert "記録があるため" in done.output
