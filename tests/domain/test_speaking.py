"""The rules of the list of speakers, also on the cases the browser's copy is held against."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.speaking import (
    SpeechKind,
    Spoken,
    accounts,
    default_allowance,
    elapsed,
    heard,
    in_order,
    least_heard,
    silent,
)

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "static" / "room" / "speaking_cases.json").read_text()
)
AGENCIES = list("abcde")
SPEECHES = st.lists(
    st.builds(
        Spoken,
        kind=st.sampled_from([str(kind) for kind in SpeechKind]),
        agency_id=st.sampled_from(AGENCIES),
        seconds=st.integers(0, 600),
    ),
    max_size=12,
)


@dataclass(frozen=True)
class Raised:
    id: str
    kind: str
    agency_id: str


HANDS = st.lists(
    st.builds(
        Raised,
        id=st.uuids().map(str),
        kind=st.sampled_from([str(kind) for kind in SpeechKind]),
        agency_id=st.sampled_from(AGENCIES),
    ),
    max_size=12,
    unique_by=lambda hand: hand.id,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_the_rules_give_what_the_browser_shows(case: dict[str, Any]) -> None:
    spoken = [Spoken(**one) for one in case["speeches"]]
    waiting = [Raised(**one) for one in case["waiting"]]
    agencies = case["agencies"]
    allowance = case["allowance"] or default_allowance(case["minutes"], len(agencies))
    assert case["expected"] == {
        "allowance": allowance,
        "order": [hand.id for hand in in_order(waiting, heard(spoken))],
        "accounts": {
            agency: asdict(account)
            for agency, account in accounts(allowance, agencies, spoken).items()
        },
        "silent": silent(agencies, spoken),
        "suggested": least_heard(agencies, spoken, case["present"]),
    }


@given(waiting=HANDS, heard_of=st.sets(st.sampled_from(AGENCIES)))
def test_everybody_is_called_once_and_in_the_order_of_the_kinds(
    waiting: list[Raised], heard_of: set[str]
) -> None:
    called = in_order(waiting, heard_of)
    assert sorted(one.id for one in called) == sorted(one.id for one in waiting)
    kinds = [one.kind for one in called]
    assert kinds == sorted(kinds, key=["order", "question", "contribution"].index)
    for kind in ("question", "contribution"):
        known = [one.agency_id in heard_of for one in called if one.kind == kind]
        assert known == sorted(known)


@given(waiting=HANDS, heard_of=st.sets(st.sampled_from(AGENCIES)))
def test_among_equals_whoever_asked_first_is_called_first(
    waiting: list[Raised], heard_of: set[str]
) -> None:
    place = {hand.id: number for number, hand in enumerate(waiting)}
    called = in_order(waiting, heard_of)
    for before, after in pairwise(called):
        alike = before.kind == after.kind and (
            before.kind == "order"
            or (before.agency_id in heard_of) == (after.agency_id in heard_of)
        )
        assert not alike or place[before.id] < place[after.id]


@given(waiting=HANDS, heard_of=st.sets(st.sampled_from(AGENCIES)))
def test_a_hand_that_goes_down_changes_nothing_among_the_others(
    waiting: list[Raised], heard_of: set[str]
) -> None:
    called = in_order(waiting, heard_of)
    for gone in waiting:
        rest = in_order([hand for hand in waiting if hand is not gone], heard_of)
        assert rest == [hand for hand in called if hand is not gone]


@given(
    speeches=SPEECHES,
    allowance=st.integers(30, 600),
    agency=st.sampled_from(AGENCIES),
    seconds=st.integers(1, 300),
)
def test_what_one_overruns_all_the_others_gain(
    speeches: list[Spoken], allowance: int, agency: str, seconds: int
) -> None:
    of_others = [one for one in speeches if one.agency_id != agency]
    before = accounts(allowance, AGENCIES, of_others)
    over = Spoken("contribution", agency, before[agency].left + seconds)
    after = accounts(allowance, AGENCIES, [*of_others, over])
    assert after[agency].left == -seconds
    for one in set(AGENCIES) - {agency}:
        assert after[one].left - before[one].left == seconds


@given(speeches=SPEECHES, allowance=st.integers(30, 600))
def test_a_speech_of_one_never_costs_another_time(speeches: list[Spoken], allowance: int) -> None:
    left = accounts(allowance, AGENCIES, [])
    for count in range(1, len(speeches) + 1):
        now = accounts(allowance, AGENCIES, speeches[:count])
        speaker = speeches[count - 1].agency_id
        assert all(now[one].left >= left[one].left for one in AGENCIES if one != speaker)
        left = now


@given(speeches=SPEECHES, present=st.none() | st.sampled_from(AGENCIES))
def test_nobody_who_spoke_less_is_passed_over_by_the_suggestion(
    speeches: list[Spoken], present: str | None
) -> None:
    found = least_heard(AGENCIES, speeches, present)
    assert (found is None) == (not heard(speeches))
    if found is not None:
        spent = {one: account.spent for one, account in accounts(60, AGENCIES, speeches).items()}
        assert found != present
        assert spent[found] == min(spent[one] for one in AGENCIES if one != present)


@given(speeches=SPEECHES)
def test_every_agency_was_heard_or_is_still_silent(speeches: list[Spoken]) -> None:
    assert set(silent(AGENCIES, speeches)) | heard(speeches) == set(AGENCIES)
    assert not set(silent(AGENCIES, speeches)) & heard(speeches)


def test_a_speech_is_counted_in_whole_seconds_and_stands_still_while_held() -> None:
    began = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
    assert elapsed(0, began, began + timedelta(seconds=59, milliseconds=900)) == 59
    assert elapsed(40, began, began + timedelta(seconds=2)) == 42
    assert elapsed(40, None, began + timedelta(hours=1)) == 40
    assert elapsed(40, began, began - timedelta(seconds=5)) == 40
