"""The timetable's rule on the cases the browser's copy of it is held against."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app.clock import iso
from app.domain.conference import ConferenceStatus, ItemStatus
from app.domain.timetable import Pause, Slot, forecast

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "static" / "room" / "timetable_cases.json").read_text()
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_the_rule_foresees_what_the_browser_shows(case: dict[str, Any]) -> None:
    table = case["table"]
    paused = table["paused"]
    found = forecast(
        ConferenceStatus(table["status"]),
        _moment(table["starts_at"]),
        Pause(_moment(paused["at"]), _moment(paused["resumes_at"])) if paused else None,
        [
            Slot(
                id=one["id"],
                minutes=one["minutes"],
                status=ItemStatus(one["status"]),
                ends_at=_moment(one["ends_at"]) if one["ends_at"] else None,
            )
            for one in table["items"]
        ],
        _moment(case["now"]),
    )
    told = found and {
        "starts": {item_id: iso(at) for item_id, at in found.starts.items()},
        "ends_at": iso(found.ends_at),
        "late": found.late,
    }
    assert told == case["forecast"]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
