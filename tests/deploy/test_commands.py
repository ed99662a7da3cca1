import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click import Command
from click.testing import CliRunner, Result
from sqlmodel import select

from app.cli import Console
from app.settings import read_settings
from app.store.engine import make_engine
from app.store.migrate import upgrade
from app.store.tables.journal import EntryRow, RoomRow
from app.store.unit_of_work import Database
from deploy.commands import demo as demo_command
from deploy.commands import journal_group
from deploy.demonstration import PASSWORD
from tests import factories
from tests.factories import SECRET, StandingClock


def run(database: Database, tmp_path: Path, command: Command, *words: str) -> Result:
    """The command on this database, as the operator's shell would run it."""
    settings = read_settings({"ENTAKU_DATA": str(tmp_path)})
    console = Console(lambda: settings, lambda _settings: database)
    return CliRunner().invoke(command, words, obj=console)


def test_verify_counts_what_holds_together(demo: Database, tmp_path: Path) -> None:
    done = run(demo, tmp_path, journal_group, "verify", "--json")
    report = json.loads(done.stdout)
    assert (done.exit_code, report["broken"]) == (0, [])
    assert report["rooms"] > 50
    assert report["entries"] > 500


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({"body": {"text": "言っていないこと"}}, ["content differs from its digest"]),
        ({"person_name": "別の人"}, ["hash does not match"]),
        ({"prev": "0" * 64}, ["does not follow the entry before it", "hash does not match"]),
    ],
)
def test_verify_names_the_place_that_was_changed_and_ends_with_1(
    demo: Database, tmp_path: Path, change: dict[str, object], problems: list[str]
) -> None:
    with demo.begin() as uow:
        query = select(EntryRow).where(EntryRow.kind == "remark_made").limit(1)
        entry = uow.session.exec(query).one()
        for name, value in change.items():
            setattr(entry, name, value)
        uow.session.add(entry)
    done = run(demo, tmp_path, journal_group, "verify")
    listed = [line for line in done.stdout.splitlines() if line.startswith("i-")]
    assert done.exit_code == 1
    assert listed == [f"{entry.room_id} {entry.seq}: {problem}" for problem in problems]


def test_verify_misses_an_entry_that_was_taken_out(demo: Database, tmp_path: Path) -> None:
    with demo.begin() as uow:
        room = uow.session.exec(select(RoomRow).where(RoomRow.last_seq > 5).limit(1)).one()
        uow.session.delete(uow.session.get_one(EntryRow, (room.id, 3)))
    done = run(demo, tmp_path, journal_group, "verify")
    assert done.exit_code == 1
    assert f"{room.id} 4: number 3 is missing" in done.stdout.splitlines()


def test_export_prints_a_room_in_order(demo: Database, tmp_path: Path) -> None:
    with demo.read() as desk:
        room = desk.session.exec(select(RoomRow).where(RoomRow.last_seq > 5).limit(1)).one()
    done = run(demo, tmp_path, journal_group, "export", room.id)
    entries = [json.loads(line) for line in done.stdout.splitlines()]
    assert [entry["seq"] for entry in entries] == list(range(1, room.last_seq + 1))
    assert entries[-1]["hash"] == room.last_hash
    assert run(demo, tmp_path, journal_group, "export", "i-nowhere").exit_code == 1


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
