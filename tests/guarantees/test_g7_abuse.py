"""G7: one bad client cannot stop a conference: not by size, number, speed or silence."""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import threading
import time

import pytest

from tests.clients import Participant, eventually
from tests.cluster import rooms_of
from tests.engines import create_tables
from tests.factories import another, table
from tests.guarantees.figures import note
from tests.serving import ROOT, serving

pytestmark = pytest.mark.guarantee
WINDOW = 1.0
MOST_MB = 15.0
# How much longer others may wait is a matter of comparison and of the long run; in the short one,
# on a machine that others use too, it is only that they do not stand still.
MOST_SLOWER, MOST_MS = 2.0, 3000.0
# Below this the difference is the machine's, not the attack's.
FLOOR_MS = 10.0
ATTACKS = (
    "huge_frame",
    "huge_post",
    "fragments",
    "flood",
    "pongs",
    "handshakes",
    "bad_posts",
    "silence",
)


class Honest:
    """Three people who go on talking; what counts is how long until the others have it."""

    def __init__(self, server, at):
        self.server, self.at, self.item = server, at, rooms_of(at)[1]
        self.people = [
            Participant(server.url, server.token_for(at[who]), rooms_of(at), ("websocket",))
            for who in ("yorozu", "bank", "cga")
        ]
        for one in self.people:
            one.connect()

    def talk(self, seconds, length=20):
        """Delays in milliseconds of everything said in so many seconds, 12 a second each."""
        delays = []

        def go_on(one):
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                began = time.monotonic()
                assert one.act("say_remark", item_id=self.at.item.id, text="あ" * length)["ok"]
                delays.append((time.monotonic() - began) * 1000)
                time.sleep(max(0.0, 0.08 - (time.monotonic() - began)))

        threads = [threading.Thread(target=go_on, args=(one,)) for one in self.people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return delays

    def all_have_everything(self):
        said = {op_id for one in self.people for op_id in one.acknowledged}
        return all(set(one.applied[self.item]) == said for one in self.people)

    def close(self):
        for one in self.people:
            one.close()


def p95(delays):
    return statistics.quantiles(delays, n=20)[-1]


def megabytes(pid):
    with pathlib.Path(f"/proc/{pid}/status").open() as status:
        line = next(line for line in status if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


class Weight:
    """The most the server weighed while somebody looked."""

    def __init__(self, pid):
        self.pid, self.most, self._stop = pid, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def _look(self):
        while not self._stop.wait(0.03):
            self.most = max(self.most, megabytes(self.pid))

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_error):
        self._stop.set()
        self._thread.join()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    folder = tmp_path_factory.mktemp("abuse")
    url = f"sqlite:///{folder / 'entaku.sqlite3'}"
    create_tables(url)
    with serving(folder / "data", url) as started:
        at = table(started.database)
        honest = Honest(started, at)
        honest.talk(WINDOW)
        honest.close()
        yield started, at


def attack(server, at, kind, seconds):
    token = server.token_for(at["chamber"])
    words = [kind, server.url, token, json.dumps(rooms_of(at)[:2]), str(seconds)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.guarantees.attackers", *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    )


def under_attack(served, kind, seconds, rounds=1):
    """How much more the server weighed and how much longer the others waited than without.

    With and without take turns, so that what else the machine does falls on both alike. Each round
    is another conference: what was said in the rounds before is no part of the attack.
    """
    server, at = served
    length = 2000 if kind == "silence" else 20
    before = megabytes(server.process.pid)
    quiet, busy, tries = [], [], 0
    with Weight(server.process.pid) as weight:
        for _round in range(rounds):
            honest = Honest(server, another(server.database, at))
            quiet += honest.talk(seconds if rounds > 1 else seconds / 2, length)
            process = attack(server, honest.at, kind, seconds + 1)
            time.sleep(1)
            busy += honest.talk(seconds, length)
            tries += int(process.communicate(timeout=60)[0])
            assert eventually(honest.all_have_everything), "somebody missed an entry"
            honest.close()
    assert tries > 0
    return {
        "tries": tries,
        "more_mb": round(weight.most - before, 1),
        "p95_ms": round(p95(busy), 1),
        "p95_without_ms": round(p95(quiet), 1),
        "slower": round(p95(busy) / max(p95(quiet), FLOOR_MS), 2),
    }


@pytest.mark.parametrize("kind", ATTACKS)
def test_one_bad_client_costs_little_memory_and_nobody_waits(served, kind):
    figures = under_attack(served, kind, WINDOW)
    note(f"g7_{kind}", **figures)
    assert figures["more_mb"] <= MOST_MB
    assert figures["p95_ms"] <= MOST_MS


@pytest.mark.soak
@pytest.mark.parametrize("kind", ATTACKS)
def test_a_bad_client_that_goes_on_for_long(served, kind):
    figures = under_attack(served, kind, 4.0, rounds=5)
    note(f"g7_{kind}_soak", **figures)
    assert figures["more_mb"] <= MOST_MB
    assert figures["slower"] <= MOST_SLOWER
