"""The rules of decision on the cases the browser's copy of them is held against."""

import json
import random
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.ballot import VotingSeat
from app.domain.consensus import Result, may_declare, outcome_of
from app.domain.decision_rules import DecisionRule
from app.domain.stances import Given, Stance
from tests.domain.test_ballot import MARKS, rules
from tests.reducers import judged_in_the_browser

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "static" / "room" / "verdict_cases.json").read_text()
)
SAMPLES = 3_000


def told(asked: dict[str, Any]) -> dict[str, Any]:
    verdict = outcome_of(
        DecisionRule.of(asked["rule"]),
        [
            VotingSeat(
                seat["agency_id"],
                seat["name"],
                frozenset({seat["kind"], *seat["marks"]}),
                seat["takes_part"],
            )
            for seat in asked["seats"]
        ],
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
    may = [result for result in Result if may_declare(verdict, result)]
    return {"verdict": json.loads(json.dumps(asdict(verdict))), "may": may}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_the_rule_gives_the_verdict_the_browser_shows(case: dict[str, Any]) -> None:
    assert told(case["asked"]) == {"verdict": case["verdict"], "may": case["may"]}


def any_question(chance: random.Random) -> dict[str, Any]:
    size = chance.randint(1, 7)
    marks = [sorted(one) for one in chance.sample(MARKS, size)]
    kinds = [next(m for m in one if m not in {"main_bank", "secretariat"}) for one in marks]
    ids = [f"agency-{n}" for n in range(size)]
    spoken = [one for one in ids if chance.random() < 0.75]
    return {
        "rule": chance.choice(RULES).as_mapping(),
        "nominee_id": chance.choice(ids),
        "seats": [
            {
                "agency_id": one,
                "name": f"機関{one[-1]}",
                "kind": kind,
                "marks": [m for m in carried if m != kind],
                "takes_part": chance.random() < 0.8,
            }
            for one, kind, carried in zip(ids, kinds, marks, strict=True)
        ],
        "recused": [one for one in ids if chance.random() < 0.1],
        "accepted": chance.choice([True, True, False, None]),
        "stances": {
            one: {
                "stance": chance.choice(["agree", "agree", *Stance]),
                "reply_by": chance.choice(["2026-12-08", None]),
            }
            for one in spoken
        },
    }


RULES = list(rules())


def test_browser_and_server_judge_any_question_alike() -> None:
    chance = random.Random(20261126)  # the same questions every time
    questions = [any_question(chance) for _ in range(SAMPLES)]
    here = [told(one)["verdict"] for one in questions]
    assert judged_in_the_browser(questions) == here
    # The sample says something only if it reaches every result and every rule.
    assert {one["result"] for one in here} == {"decided", "provisional", "continued", None}
