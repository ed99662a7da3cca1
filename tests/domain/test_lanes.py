"""The name of a lane is made of what it is for, and nothing else is one."""

import pytest

from app.domain.lanes import Lane, LaneOf

ITEM, AGENCY = "1" * 32, "a" * 32


@pytest.mark.parametrize("lane", list(Lane))
def test_a_lane_is_found_again_by_its_name(lane):
    of = LaneOf(ITEM, AGENCY, lane)
    assert LaneOf.named(of.subject) == of


@pytest.mark.parametrize(
    "name",
    ["", ITEM, f"{ITEM}-{AGENCY}", f"{ITEM}-{AGENCY}-all", f"{ITEM}-{AGENCY[1:]}-chair", "-" * 71],
)
def test_anything_else_is_no_lane(name):
    assert LaneOf.named(name) is None
