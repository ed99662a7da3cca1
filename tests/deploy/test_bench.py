import json
from collections import Counter
from typing import Any

import pytest
from click.testing import CliRunner

from bench.ladder import climb
from bench.loss import count_losses
from bench.room import Task, percentile
from deploy.bench import bench, lines

WORDS = ["room", "--rooms", "2", "--people", "3", "--seconds", "2", "--rounds", "1"]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One small measurement of all servers, as the command writes it."""
    file = tmp_path_factory.mktemp("bench") / "bench.json"
    outcome = CliRunner().invoke(bench, [*WORDS, "--json", str(file)])
    assert outcome.exit_code == 0, outcome.output
    found: dict[str, Any] = json.loads(file.read_text())
    return found


@pytest.mark.parametrize("name", ["entaku", "peer", "floor"])
def test_everything_said_reaches_everybody_else_exactly_once(
    report: dict[str, Any], name: str
) -> None:
    server = report["servers"][name]
    said = 2 * 2 * 1
    counts = ("sent", "acked", "expected", "delivered")
    assert [server[key] for key in counts] == [said, said, said * 2, said * 2]
    losses = ("missing", "refused", "doubled", "strayed", "cut")
    assert [server[key] for key in losses] == [0, 0, 0, 0, 0]


def test_the_report_names_what_was_measured_and_where(report: dict[str, Any]) -> None:
    asked = ("rooms", "people", "rate", "seconds", "rounds")
    assert [report[key] for key in asked] == [2, 3, 1.0, 2.0, 1]
    assert sorted(report["ratios"]["peer"]) == [
        "p50_ms",
        "p95_ms",
        "p99_ms",
        "rss_peak_mb",
        "us_per_delivery",
        "us_per_entry",
    ]
    environment = report["environment"]
    assert all(environment[key] for key in ("cores", "python", "node", "socket.io", "sqlite"))
    for server in report["servers"].values():
        assert server["p50_ms"] <= server["p95_ms"] <= server["p99_ms"] <= server["max_ms"]


def test_the_table_has_a_line_for_each_server_and_one_that_compares(
    report: dict[str, Any],
) -> None:
    first = [line.split()[0] for line in lines(report)[1:]]
    assert first == ["entaku", "peer", "floor", "peer比", "floor比"]


def test_a_percentile_is_the_delay_that_so_many_deliveries_kept() -> None:
    delays = Counter({100: 50, 200: 45, 900: 5})
    assert [percentile(delays, one) for one in (50, 95, 99, 100)] == [1.0, 2.0, 9.0, 9.0]
    assert percentile(Counter(), 50) is None


def test_nothing_that_others_have_seen_is_lost_by_kill_9() -> None:
    told: list[str] = []
    assert count_losses(Task(1, 3, 1.0, 1.0), told.append, said=20) == {
        "entaku": {"seen": 20, "kept": 20}
    }
    assert told == ["entaku: kill -9"]


def test_the_ladder_ends_with_the_first_step_that_is_late_or_loses_something(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bench.ladder.LATE_MS", 0.0)
    steps = climb(Task(1, 2, 2.0, 1.0), lambda _line: None)
    assert {name: [step["rate"] for step in found] for name, found in steps.items()} == {
        "entaku": [2.0],
        "peer": [2.0],
        "floor": [2.0],
    }
