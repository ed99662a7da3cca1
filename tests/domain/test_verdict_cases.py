"""The rule of 総意 on the cases the browser's copy of it is held against."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.consensus import Given, Result, Rule, Stance, may_declare, outcome_of

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "static" / "room" / "verdict_cases.json").read_text()
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_the_rule_gives_the_verdict_the_browser_shows(case: dict[str, Any]) -> None:
    asked = case["asked"]
    verdict = outcome_of(
        Rule(quorum=asked["quorum"], allow_provisional=asked["allow_provisional"]),
        {seat["agency_id"]: seat["name"] for seat in asked["seats"]},
        asked["nominee_id"],
        asked["accepted"],
        {
            agency_id: Given(
                Stance(given["stance"]),
                date.fromisoformat(given["reply_by"]) if given["reply_by"] else None,
            )
            for agency_id, given in asked["stances"].items()
        },
        asked["recused"],
    )
    told = {
        "result": verdict.result,
        "reasons": list(verdict.reasons),
        "missing": list(verdict.missing),
        "silent": list(verdict.silent),
        "objecting": list(verdict.objecting),
        "holding": list(verdict.holding),
    }
    assert told == case["verdict"]
    assert [r for r in Result if may_declare(verdict, r)] == case["may"]
