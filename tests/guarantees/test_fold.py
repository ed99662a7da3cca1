"""Snapshot ≡ fold: for every kind of fact and every class of viewer, by the browser's reducers."""

import json
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import NotFound
from app.domain.facts import all_facts
from app.store import journal
from app.store.unit_of_work import Database
from realtime import views
from tests.factories import StandingClock
from tests.story import cast, story

ROOT = Path(__file__).resolve().parents[2]
VIEWERS = ("bank", "cga", "yorozu", "chamber", "outsider")


@dataclass
class TickingClock(StandingClock):
    """Moves on with every look at it, as clocks do: one act must still happen at one moment."""

    def __call__(self) -> datetime:
        self.advance(milliseconds=1)
        return self.now


@pytest.fixture
def clock() -> StandingClock:
    return TickingClock()


@pytest.fixture(scope="module")
def reducers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reducers the browser runs, bundled for node."""
    target = tmp_path_factory.mktemp("fold") / "fold.cjs"
    subprocess.run(
        [
            ROOT / "node_modules/.bin/esbuild",
            ROOT / "tests/static/live/fold.ts",
            "--bundle",
            "--platform=node",
            f"--outfile={target}",
            "--log-level=warning",
        ],
        check=True,
    )
    return target


def pictures(database: Database, viewers: dict[str, Any], ids: dict[str, str]) -> dict[Any, Any]:
    """Every room each viewer may see, with the place its snapshot stands at."""
    rooms = {f"c-{ids.get(name)}" for name in ("conference", "second")} | {f"i-{ids.get('item')}"}
    rooms |= {f"{letter}-{ids.get('case')}" for letter in "sa"}
    rooms |= {
        f"l-{ids.get('item')}-{actor.agency_id}-{lane}"
        for actor in viewers.values()
        for lane in ("agency", "chair")
    }
    seen = {}
    with database.read() as desk:
        for name, actor in viewers.items():
            for room in rooms:
                try:
                    way = views.entrance(desk, actor, room)
                except (NotFound, ValueError):
                    continue
                except Exception as error:
                    if getattr(error, "code", "") != "malformed":
                        raise
                    continue
                last = journal.last_visible(desk.session, room, way.tags)
                seen[name, room] = (way.tags, last, views.snapshot(desk, actor, way))
    return seen


def entries_between(database: Database, room: str, tags: Any, after: int) -> list[Any]:
    with database.read() as desk:
        rows = journal.entries_after(desk.session, room, after, tags)
        return [journal.on_wire(desk.secret, row, 0) for row in rows]


def test_folding_the_entries_gives_the_next_snapshot(database, reducers, clock):
    c = cast(database)
    viewers = {**c.actors, "outsider": c.outsider}
    viewers = {name: viewers[name] for name in VIEWERS}
    steps, expected, told, covered = [], [], [], set()
    before: dict[Any, Any] = {}
    for what, act in story(c):
        clock.advance(seconds=7)
        act()
        after = pictures(database, viewers, c.ids)
        for key, (tags, last, snapshot) in after.items():
            name, room = key
            assert name != "outsider", f"the outsider sees {room} after {what}"
            earlier = before.get(key)
            if earlier is None or earlier[0] != tags:
                covered |= {e["kind"] for e in entries_between(database, room, tags, 0)}
                continue
            entries = entries_between(database, room, tags, earlier[1])
            covered |= {entry["kind"] for entry in entries}
            steps.append({"room": room, "before": earlier[2], "entries": entries})
            expected.append(snapshot)
            told.append(f"{what}: {name} in {room[0]}")
            assert last >= earlier[1]
        before = after
    folded = json.loads(
        subprocess.run(
            ["node", reducers], input=json.dumps(steps), capture_output=True, text=True, check=True
        ).stdout
    )
    for label, mine, theirs in zip(told, folded, json.loads(json.dumps(expected)), strict=True):
        assert mine == theirs, label
    assert {fact.wire_name() for fact in all_facts()} == covered
