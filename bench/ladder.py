"""How much each server carries: the rate doubled until one delivery in a hundred is late."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bench.room import Task, compare_one

LATE_MS = 100.0
STEPS = 8


def climb(task: Task, tell: Callable[[str], None]) -> dict[str, list[dict[str, Any]]]:
    """For each server the steps up to and with the first at which it was late or lost something."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name in task.servers:
        steps = found[name] = []
        step = replace(task, rounds=1)
        for _turn in range(STEPS):
            told = compare_one(name, step, tell)
            steps.append({"rate": step.rate, **told})
            late = told["p99_ms"] is None or told["p99_ms"] > LATE_MS
            if late or told["missing"] or told["cut"]:
                break
            step = replace(step, rate=step.rate * 2)
    return found
