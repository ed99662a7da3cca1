from datetime import date, datetime, timedelta

import pytest

from app.clock import JAPAN
from app.domain.chores import day_due, operation_of, pause_after


@pytest.mark.parametrize(
    ("hour", "minute", "day"), [(0, 0, 23), (0, 9, 23), (0, 10, 24), (9, 0, 24), (23, 59, 24)]
)
def test_a_day_is_due_at_ten_past_midnight(hour: int, minute: int, day: int) -> None:
    now = datetime(2026, 11, 24, hour, minute, tzinfo=JAPAN)
    assert day_due(now) == date(2026, 11, day)


def test_an_operation_belongs_to_one_chore_of_one_day() -> None:
    days = [date(2026, 11, 24), date(2026, 11, 25)]
    ids = [operation_of(b"ours", chore, day) for chore in ("copy", "put_away") for day in days]
    assert len(set(ids)) == 4
    assert {len(one) for one in ids} == {32}
    assert operation_of(b"ours", "copy", days[0]) == ids[0]
    assert operation_of(b"others", "copy", days[0]) not in ids


def test_the_pause_grows_up_to_an_hour() -> None:
    minutes = [pause_after(failures) // timedelta(minutes=1) for failures in (1, 2, 3, 6, 7, 500)]
    assert minutes == [1, 2, 4, 32, 60, 60]
