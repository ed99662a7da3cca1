import json
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import select

from app.domain.journal_copies import FORMAT
from app.domain.lanes import Lane
from app.services.discussion import SayRemark, say_remark
from app.services.lanes import SayInLane, say_in_lane
from app.store.journal_export import fingerprint_on
from app.store.tables.journal import EntryRow, RoomRow
from app.store.unit_of_work import Database
from deploy.journals import journal_group
from tests import journal_steps
from tests.factories import op, table
from tests.room_steps import close, end
from tests.shell import run


def test_verify_counts_what_holds_together(demo: Database, tmp_path: Path) -> None:
    done = run(demo, tmp_path, journal_group, "verify", "--json")
    report = json.loads(done.stdout)
    assert (done.exit_code, report["broken"]) == (0, [])
    assert report["rooms"] > 50
    assert report["entries"] > 500


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        (
            {"body": {"text": "言っていないこと"}},
            ["本文が、記録したときの要約値と合いません。"],
        ),
        ({"person_name": "別の人"}, ["記録の内容が、そのハッシュと合いません。"]),
        (
            {"prev": "0" * 64},
            ["直前の記録につながっていません。", "記録の内容が、そのハッシュと合いません。"],
        ),
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
    done = run(demo, tmp_path, journal_group, "verify", "--json")
    places = [(one["seq"], one["problem"]) for one in json.loads(done.stdout)["broken"]]
    assert done.exit_code == 1
    assert places[:2] == [
        (4, "its number is not the next one"),
        (4, "does not follow the entry before it"),
    ]


def test_export_prints_a_header_and_a_room_in_order(demo: Database, tmp_path: Path) -> None:
    with demo.read() as desk:
        room = desk.session.exec(select(RoomRow).where(RoomRow.last_seq > 5).limit(1)).one()
    done = run(demo, tmp_path, journal_group, "export", room.id)
    header, *entries = [json.loads(line) for line in done.stdout.splitlines()]
    told = (header["format"], header["room"], header["kind"], header["seq"], header["hash"])
    assert told == (FORMAT, room.id, room.kind, room.last_seq, room.last_hash)
    assert datetime.fromisoformat(header["exported_at"]) == demo.clock()
    assert [entry["seq"] for entry in entries] == list(range(1, room.last_seq + 1))
    assert entries[-1]["hash"] == room.last_hash
    assert run(demo, tmp_path, journal_group, "export", "i-nowhere").exit_code == 1
    assert run(demo, tmp_path, journal_group, "export").exit_code == 2


def test_every_room_of_the_demonstration_holds_for_the_verifier_too(
    demo: Database, tmp_path: Path
) -> None:
    with demo.read() as desk:
        rooms = desk.session.exec(select(RoomRow).where(RoomRow.kind != "sheet")).all()
    for room in rooms:
        file = tmp_path / f"{room.id}.jsonl"
        assert run(demo, tmp_path, journal_group, "export", room.id, "--to", file).exit_code == 0
    done = journal_steps.verifier(*sorted(tmp_path.glob("*.jsonl")))
    assert done.stdout.splitlines()[-1] == "確かめたものは、すべて合っています。"
    assert done.stdout.count("部屋 ") == len(rooms)


def test_the_words_of_an_inner_lane_are_never_exported_and_the_chain_still_holds(
    database: Database, tmp_path: Path
) -> None:
    at = table(database)
    command = SayInLane(
        op_id=op(),
        item_id=at.item.id,
        lane=Lane.AGENCY,
        agency_id=at.agencies["bank"].id,
        text="内々の相談",
    )
    say_in_lane(database, at["bank"], command)
    with database.read() as desk:
        lane = desk.session.exec(select(RoomRow).where(RoomRow.kind == "lane")).one()
    file = tmp_path / "lane.jsonl"
    run(database, tmp_path, journal_group, "export", lane.id, "--to", file)
    _header, *entries = [json.loads(line) for line in file.read_text().splitlines()]
    assert {(entry["body"], entry["salt"]) for entry in entries} == {(None, "")}
    assert journal_steps.verifier(file).returncode == 0


def test_without_words_the_chain_holds_and_decisions_are_said_to_be_unchecked(
    database: Database, tmp_path: Path
) -> None:
    held = journal_steps.decided(database)
    bare, whole = tmp_path / "bare.jsonl", held.write(tmp_path / "whole.jsonl")
    words = ("export", held.room, "--without-words", "--to", bare)
    assert run(database, tmp_path, journal_group, *words).exit_code == 0
    assert "記帳支援" not in bare.read_text()
    done = journal_steps.verifier(whole, "--earlier", bare)
    assert done.returncode == 0
    done = journal_steps.verifier(bare)
    assert done.returncode == 0
    assert done.stdout.splitlines()[1:] == [
        "  本文が伏せられているため、封と宣言は確かめていません。",
        "確かめたものは、すべて合っています。",
    ]


def remark(database: Database, held: journal_steps.Journal, text: str) -> None:
    command = SayRemark(op_id=op(), item_id=held.at.item.id, text=text)
    say_remark(database, held.at["bank"], command)


def test_verify_diff_says_that_a_copy_continues_an_earlier_one(
    database: Database, tmp_path: Path
) -> None:
    held = journal_steps.decided(database)
    old = held.write(tmp_path / "old.jsonl")
    remark(database, held, "あとからの発言")
    new = journal_steps.copied(database, held.at, held.room).write(tmp_path / "new.jsonl")
    done = run(database, tmp_path, journal_group, "verify-diff", old, new)
    told = "以前の写しの17件から変わっていません。その後の記録: 1件\n"
    assert (done.exit_code, done.stdout) == (0, told)
    back = run(database, tmp_path, journal_group, "verify-diff", new, old)
    cut = "以前の写しにはありますが、ここから先が失われています。"
    assert (back.exit_code, back.stdout) == (1, f"{held.room} 18: {cut}\n")


def test_verify_diff_names_the_first_place_that_differs(database: Database, tmp_path: Path) -> None:
    held = journal_steps.decided(database)
    old = held.write(tmp_path / "old.jsonl")
    for entry in held.entries[4:6]:
        entry["person_name"] = "別の人"
    journal_steps.rechain(held)
    new = held.write(tmp_path / "new.jsonl")
    done = run(database, tmp_path, journal_group, "verify-diff", old, new)
    assert (done.exit_code, done.stdout) == (1, f"{held.room} 5: 以前の写しと違います。\n")


def test_verify_diff_refuses_what_is_no_copy(database: Database, tmp_path: Path) -> None:
    old = journal_steps.decided(database).write(tmp_path / "old.jsonl")
    for text in ("", "{}", "[1]", "何か", '{"format": "entaku-journal/9"}'):
        (tmp_path / "new.jsonl").write_text(text)
        words = ("verify-diff", old, tmp_path / "new.jsonl")
        done = run(database, tmp_path, journal_group, *words)
        assert (done.exit_code, "記録の写しとして読み取れません" in done.output) == (1, True)


def test_a_conference_is_exported_whole_and_its_fingerprint_is_the_same_everywhere(
    database: Database, tmp_path: Path, clock
) -> None:
    held = journal_steps.decided(database)
    at, folder = held.at, tmp_path / "kept"
    words = ("export", "--conference", at.conference.id, "--to", folder)
    done = run(database, tmp_path, journal_group, *words)
    assert (done.exit_code, done.stdout) == (0, "書き出した部屋: 2\n")
    named = sorted(file.name for file in folder.iterdir())
    assert named == [f"c-{at.conference.id}.jsonl", f"i-{at.item.id}.jsonl"]

    told = run(database, tmp_path, journal_group, "fingerprint", at.conference.id).stdout.strip()
    alone = journal_steps.verifier(folder)
    assert alone.stdout.splitlines()[-2:] == [
        f"会議の記録の指紋：{told}",
        "確かめたものは、すべて合っています。",
    ]


def test_the_fingerprint_stays_what_it_was_when_the_conference_closed(
    database: Database, tmp_path: Path, clock
) -> None:
    held = journal_steps.decided(database)
    at = held.at
    open_ = fingerprint_of(database, at)
    clock.advance(minutes=1)
    end(database, at["yorozu"], at.item.id)
    close(database, at["yorozu"], at.conference.id)
    closed = fingerprint_of(database, at)
    assert closed != open_

    clock.advance(minutes=1)
    late = journal_steps.copied(database, at, held.room)
    late.entries.append(late.entries[-1] | {"op_id": "f" * 32, "at": "2026-12-24T00:00:00.000Z"})
    journal_steps.rechain(late, len(late.entries) - 1)
    journal_steps.store(database, late)
    assert fingerprint_of(database, at) == closed
    folder = tmp_path / "kept"
    words = ("export", "--conference", at.conference.id, "--to", folder)
    run(database, tmp_path, journal_group, *words)
    told = journal_steps.verifier(folder).stdout.splitlines()
    assert f"会議の記録の指紋：{closed}" in told


def fingerprint_of(database: Database, at) -> str:
    with database.read() as desk:
        return fingerprint_on(desk.session, at.conference.id)


def test_a_fingerprint_needs_a_conference(database: Database, tmp_path: Path) -> None:
    done = run(database, tmp_path, journal_group, "fingerprint", "nowhere")
    assert (done.exit_code, done.output) == (1, "Error: この番号の会議はありません。\n")


def test_the_verifier_is_handed_out_as_it_is(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "entaku_verify.py"
    assert run(database, tmp_path, journal_group, "verifier", "--to", file).exit_code == 0
    assert file.read_bytes() == journal_steps.VERIFIER.read_bytes()
