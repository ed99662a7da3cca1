"""Durable entries to every participant's screen, ours beside others that do less or keep less."""

import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.clock import iso, system_clock
from app.settings import read_settings
from app.store.engine import make_engine
from app.store.unit_of_work import Database
from bench import world
from bench.servers import (
    FLOOR,
    HOCUSPOCUS,
    OURS,
    PEER,
    PROTOCOLS,
    ROOT,
    Y_WEBSOCKET,
    BenchFailed,
    environ_of,
    free_port,
    node,
    pinned,
    running,
)
from bench.surroundings import surroundings

SERVERS = (OURS, PEER, FLOOR)
SHARED = (HOCUSPOCUS, Y_WEBSOCKET)
STEPS_PER_MS = 100
SLOPE = (20, 60, 120, 183)  # rooms; the last: one for each office of the associations
_COMPARED = ("p50_ms", "p95_ms", "p99_ms", "us_per_delivery", "us_per_entry", "rss_peak_mb")
_COUNTS = ("sent", "acked", "refused", "expected", "delivered", "doubled", "strayed", "cut")


@dataclass(frozen=True, slots=True)
class Task:
    """``rate`` is entries per second in each room; each server is measured ``rounds`` times.

    With ``shared`` also the servers of shared documents, which need packages of their own.
    """

    rooms: int
    people: int
    rate: float
    seconds: float
    rounds: int = 2
    shared: bool = False

    @property
    def servers(self) -> tuple[str, ...]:
        return (*SERVERS, *SHARED) if self.shared else SERVERS


def measure(task: Task, slope: bool, tell: Callable[[str], None]) -> dict[str, Any]:
    """The whole measurement; with ``slope`` also with fewer and more rooms, one round each."""
    with tempfile.TemporaryDirectory(prefix="entaku-bench-") as folder:
        report: dict[str, Any] = {
            "bench": "room",
            "at": iso(system_clock()),
            "rooms": task.rooms,
            "people": task.people,
            "rate": task.rate,
            "seconds": task.seconds,
            "rounds": task.rounds,
            "environment": surroundings(Path(folder)),
        }
    report |= compare(task, tell)
    if slope:
        steps = [replace(task, rooms=rooms, rounds=1) for rooms in SLOPE]
        report["slope"] = [{"rooms": one.rooms, **_growth(compare(one, tell))} for one in steps]
    return report


def compare(task: Task, tell: Callable[[str], None]) -> dict[str, Any]:
    """All servers in turn, the order reversed from round to round; one runs at a time."""
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in task.servers}
    with _house(task) as (data, rooms):
        for turn in range(task.rounds):
            for name in task.servers if turn % 2 == 0 else task.servers[::-1]:
                tell(f"{name}: {turn + 1}/{task.rounds} ({task.rooms} × {task.people})")
                runs[name].append(_run(name, data, task, rooms))
    servers = {name: _together(found) for name, found in runs.items()}
    ratios = {
        name: {key: _ratio(servers[OURS][key], found[key]) for key in _COMPARED}
        for name, found in servers.items()
        if name != OURS
    }
    return {"servers": servers, "ratios": ratios}


def compare_one(name: str, task: Task, tell: Callable[[str], None]) -> dict[str, Any]:
    """One server alone, at the task's rate."""
    with _house(task) as (data, rooms):
        tell(f"{name}: {task.rate:g}/s ({task.rooms} × {task.people})")
        return _together([_run(name, data, task, rooms)])


@contextmanager
def _house(task: Task) -> Iterator[tuple[Path, list[world.MeetingRoom]]]:
    with tempfile.TemporaryDirectory(prefix="entaku-bench-") as folder:
        data = Path(folder)
        settings = read_settings(environ_of(data, free_port()))
        database = Database(make_engine(settings.database_url), system_clock, settings.secret)
        rooms = world.build(database, settings, task.rooms, task.people)
        database.engine.dispose()
        yield data, rooms


def _run(name: str, data: Path, task: Task, rooms: list[world.MeetingRoom]) -> dict[str, Any]:
    port = free_port()
    with running(name, data, port) as pid:
        order = {
            "port": port,
            "pid": pid,
            "protocol": PROTOCOLS[name],
            "people": task.people,
            "rate": task.rate,
            "seconds": task.seconds,
            "rooms": [
                {"room_id": room.room_id, "item_id": room.item_id, "tokens": room.tokens}
                for room in rooms
            ],
        }
        load = subprocess.run(
            [*pinned(1), node(), str(ROOT / "bench" / "load.mjs")],
            input=json.dumps(order),
            capture_output=True,
            text=True,
            check=False,
        )
    if load.returncode != 0:
        log = (data / f"{name}.log").read_text(errors="replace")
        raise BenchFailed(f"{name}: {load.stderr[-2000:]}\n{log[-2000:]}")
    found: dict[str, Any] = json.loads(load.stdout)
    return found


def _together(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Counts and times added up over the rounds, delays pooled."""

    def total(key: str) -> float:
        return float(sum(run[key] for run in runs))

    def mean(key: str) -> float:
        return round(total(key) / len(runs), 3)

    delays, answers, lag = (_pool(runs, key) for key in ("delays", "answers", "lag"))
    return {
        "p50_ms": percentile(delays, 50),
        "p95_ms": percentile(delays, 95),
        "p99_ms": percentile(delays, 99),
        "max_ms": percentile(delays, 100),
        "answer_p50_ms": percentile(answers, 50),
        "answer_p99_ms": percentile(answers, 99),
        **{key: int(total(key)) for key in _COUNTS},
        "missing": int(total("expected") - total("delivered")),
        "cpu_seconds": round(total("cpu_seconds"), 2),
        "cores": _ratio(total("cpu_seconds"), total("busy_seconds")),
        "us_per_delivery": _ratio(total("cpu_seconds") * 1e6, total("delivered")),
        "us_per_entry": _ratio(total("cpu_seconds") * 1e6, total("sent")),
        "idle_cores": mean("idle_cores"),
        "bytes_per_delivery": _ratio(total("bytes"), total("heard")),
        "rss_idle_mb": mean("rss_idle_mb"),
        "kb_per_socket": mean("kb_per_socket"),
        "rss_peak_mb": round(max(run["rss_peak_mb"] for run in runs), 1),
        "joined_seconds": mean("joined_seconds"),
        "lag_p99_ms": percentile(lag, 99),
        "load_cores": mean("load_cores"),
        "other_cores": mean("other_cores"),
        "rounds_p50_ms": [percentile(_pool([run], "delays"), 50) for run in runs],
    }


def _pool(runs: list[dict[str, Any]], key: str) -> Counter[int]:
    pooled: Counter[int] = Counter()
    for run in runs:
        pooled.update(dict(run[key]))
    return pooled


def percentile(counts: Counter[int], percent: float) -> float | None:
    """The delay in ms that ``percent`` of the deliveries kept; None if there were none."""
    wanted = counts.total() * percent / 100
    reached = 0
    for step in sorted(counts):
        reached += counts[step]
        if reached >= wanted:
            return step / STEPS_PER_MS
    return None


def _ratio(one: float | None, other: float | None) -> float | None:
    return round(one / other, 2) if one is not None and other else None


def _growth(found: dict[str, Any]) -> dict[str, Any]:
    keys = (
        "p50_ms",
        "p99_ms",
        "us_per_entry",
        "cpu_seconds",
        "cores",
        "us_per_delivery",
        "idle_cores",
        "missing",
    )
    return {name: {key: one[key] for key in keys} for name, one in found["servers"].items()}
