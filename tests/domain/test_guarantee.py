from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import StateForbids
from app.domain.guarantee import (
    GUARANTEE_STATE_LABELS,
    NEXT_STATES,
    ClaimClocks,
    GuaranteeState,
    change_deadline,
    claim_deadline,
    cooling_end,
    lending_deadline,
    may_move,
    refuse_illegal_move,
)

S = GuaranteeState
# The way of a guarantee that ends in a loss, as the associations tell it (①–⑨).
LOSS = (
    S.APPLIED,
    S.SCREENING,
    S.APPROVED,
    S.ACTIVE,
    S.OVERDUE,
    S.INCIDENT_REPORTED,
    S.CLAIM_FILED,
    S.SUBROGATED,
    S.RECOVERING,
    S.RECOVERED,
)


def test_every_state_has_a_label_and_a_row_in_the_table() -> None:
    assert set(GUARANTEE_STATE_LABELS) == set(NEXT_STATES) == set(S)
    assert len(set(GUARANTEE_STATE_LABELS.values())) == len(S)


def test_the_usual_ways_are_open_step_by_step() -> None:
    assert [may_move(frm, to) for frm, to in pairwise(LOSS)] == [True] * 9
    rescheduled = (S.ACTIVE, S.CHANGE_REQUESTED, S.MODIFIED, S.CHANGE_REQUESTED, S.ACTIVE)
    assert [may_move(frm, to) for frm, to in pairwise(rescheduled)] == ([True] * 4)


@pytest.mark.parametrize(
    ("frm", "to"),
    [
        (S.ACTIVE, S.SUBROGATED),
        (S.ACTIVE, S.CLAIM_FILED),
        (S.OVERDUE, S.CLAIM_FILED),
        (S.APPLIED, S.APPROVED),
        (S.APPROVED, S.COMPLETED),
        (S.EXPIRED, S.ACTIVE),
        (S.COMPLETED, S.ACTIVE),
        (S.RECOVERED, S.RECOVERING),
        (S.SUBROGATED, S.ACTIVE),
        (S.CLAIM_FILED, S.ACTIVE),
    ],
)
def test_illegal_jumps_are_refused(frm: GuaranteeState, to: GuaranteeState) -> None:
    assert not may_move(frm, to)
    with pytest.raises(StateForbids):
        refuse_illegal_move(frm, to)


def test_a_refusal_names_both_states() -> None:
    with pytest.raises(StateForbids) as caught:
        refuse_illegal_move(S.ACTIVE, S.SUBROGATED)
    assert str(caught.value) == "「融資実行・返済中」から「代位弁済・求償権取得」へは進めません。"


def test_exactly_these_states_are_the_end() -> None:
    ends = {state for state, following in NEXT_STATES.items() if not following}
    assert ends == {S.EXPIRED, S.DECLINED, S.WITHDRAWN, S.EXTINGUISHED, S.RECOVERED, S.COMPLETED}


def test_a_claim_taken_back_and_a_part_exempted_or_waived_go_on() -> None:
    moves = [
        (S.CLAIM_FILED, S.INCIDENT_REPORTED),
        (S.EXEMPTED, S.SUBROGATED),
        (S.WAIVED, S.RECOVERING),
        (S.WRITTEN_OFF, S.RECOVERING),
    ]
    assert [may_move(frm, to) for frm, to in moves] == [True] * 4


@given(st.sampled_from(S))
def test_no_state_follows_itself_and_each_is_reached_from_an_application(state: S) -> None:
    assert not may_move(state, state)
    reached, todo = {S.APPLIED}, [S.APPLIED]
    while todo:
        for following in NEXT_STATES[todo.pop()] - reached:
            reached.add(following)
            todo.append(following)
    assert state in reached


def test_lending_and_changing_have_thirty_days() -> None:
    issued = date(2026, 11, 24)
    assert lending_deadline(issued) == date(2026, 12, 24)
    assert lending_deadline(issued, permitted=True) == date(2027, 1, 23)
    assert change_deadline(issued) == date(2026, 12, 24)


def test_the_two_claim_clocks_run_from_the_final_due_date() -> None:
    due = date(2026, 3, 31)
    assert (cooling_end(due), claim_deadline(due)) == (date(2026, 6, 29), date(2028, 3, 31))
    clocks = ClaimClocks.after(due)
    days = (date(2026, 6, 29), date(2026, 6, 30), date(2028, 3, 31), date(2028, 4, 1))
    assert [clocks.may_claim(day) for day in days] == [False, True, True, False]


def test_two_years_after_a_leap_day_is_never_a_day_too_late() -> None:
    assert claim_deadline(date(2028, 2, 29)) == date(2030, 2, 28)
    assert claim_deadline(date(2026, 2, 28)) == date(2028, 2, 28)
