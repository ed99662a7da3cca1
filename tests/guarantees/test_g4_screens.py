"""G4: all screens become the same, by the browser's own chain, reducers and outbox."""

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from app.store import journal
from app.store.cursors import cursor_of
from app.store.tables.conferences import RemarkRow
from app.store.tables.journal import EntryRow, RoomRow
from tests.factories import actor_of, table
from tests.guarantees.figures import note
from tests.serving import serving

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = 200


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program of many browsers, bundled for node."""
    target = tmp_path_factory.mktemp("crowd") / "crowd.mjs"
    subprocess.run(
        [
            ROOT / "node_modules/.bin/esbuild",
            ROOT / "tests/guarantees/crowd.mjs",
            "--bundle",
            "--platform=node",
            "--format=esm",
            f"--outfile={target}",
            "--log-level=warning",
        ],
        check=True,
    )
    return target


@contextmanager
def running(program: Path, task: dict[str, Any]) -> Iterator[Any]:
    process = subprocess.Popen(
        ["node", program, json.dumps(task)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def heard(process: Any) -> dict[str, Any]:
    line = process.stdout.readline()
    assert line, "the browsers ended without a word"
    return dict(json.loads(line))


def task_for(database: Any, server: Any, at: Any, clients: int, **more: Any) -> dict[str, Any]:
    """Sessions of the six agencies' people, as many as there are browsers."""
    people = list(at.actors.values())
    with database.begin() as uow:
        people += [actor_of(uow, at.agencies[key], f"同僚 {key}") for key in at.agencies]
    return {
        "port": server.port,
        "tokens": [server.token_for(people[n % len(people)]) for n in range(clients)],
        "rooms": [f"i-{at.item.id}", f"c-{at.conference.id}"],
        "item": at.item.id,
        "seed": 20261124,
        **more,
    }


def compared(server: Any, ended: dict[str, Any], rooms: list[str]) -> dict[str, int]:
    """Every screen took each entry after its first picture once and shows what a new one shows."""
    order, said, broken = {}, Counter[str](), []
    with server.database.read() as desk:
        for room in rooms:
            seqs = desk.session.exec(
                select(EntryRow.seq).where(EntryRow.room_id == room).order_by(col(EntryRow.seq))
            )
            order[room] = [cursor_of(desk.secret, room, seq) for seq in seqs]
            broken += list(journal.verify(desk.session, desk.session.get_one(RoomRow, room)))
        said.update(row.text for row in desk.session.exec(select(RemarkRow)))
    missed = twice = disordered = differing = pictures = 0
    fresh = {room["id"]: room["shown"] for room in ended["fresh"]["rooms"]}
    for browser in ended["browsers"]:
        for room in browser["rooms"]:
            known = order[room["id"]]
            start = known.index(room["first"]) + 1 if room["first"] in known else 0
            taken = Counter(room["applied"])
            missed += len(set(known[start:]) - set(taken))
            twice += sum(count - 1 for count in taken.values())
            disordered += room["applied"] != known[start:]
            differing += room["shown"] != fresh[room["id"]]
            pictures += room["pictures"] - 1
    assert broken == []
    assert len(said) == sum(said.values()) == ended["acts"], "an act was lost or carried out twice"
    return {
        "missed": missed,
        "applied_twice": twice,
        "out_of_order": disordered,
        "differing": differing,
        "new_pictures": pictures,
    }


@pytest.mark.guarantee
def test_two_hundred_clients_back_at_once_miss_nothing_and_apply_nothing_twice(
    database, database_url, tmp_path, crowd
):
    """First all lines are cut, then the server is killed; six people talk all the while."""
    at = table(database)
    with serving(tmp_path / "data", database_url) as server:
        task = task_for(database, server, at, CLIENTS, what="back", writers=6, pace=120)
        with running(crowd, task) as process:
            assert heard(process) == {"step": "kill"}
            server.kill()
            server.start()
            process.stdin.write("up\n")
            process.stdin.flush()
            ended = heard(process)
        found = compared(server, ended, task["rooms"])
    note(
        f"g4_200_back_at_once_{database.engine.dialect.name}",
        clients=CLIENTS,
        acts=ended["acts"],
        after_cut=ended["cut"],
        after_kill=ended["killed"],
        **found,
    )
    assert set(found.values()) == {0}


@pytest.mark.guarantee
def test_acts_sent_twice_and_entries_in_disorder_change_nothing_twice(
    database, database_url, tmp_path, crowd
):
    """Every act goes out on two sockets, three answers of ten are lost, entries come twice,
    late and backwards."""
    at = table(database)
    with serving(tmp_path / "data", database_url) as server:
        task = task_for(database, server, at, 12, what="disorder", turns=15, pace=300)
        with running(crowd, task) as process:
            ended = heard(process)
        found = compared(server, ended, task["rooms"])
    note(
        f"g4_disorder_{database.engine.dialect.name}",
        clients=12,
        acts=ended["acts"],
        **found,
    )
    assert set(found.values()) == {0}
