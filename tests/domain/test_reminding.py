"""On which days a reminder goes out: never too often, never on a closed day, never too late."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.holidays import add_business_days, is_business_day
from app.domain.reminding import AGAIN, AHEAD, KEPT_TRYING, is_old, is_reminded_on

DUE = st.dates(date(2020, 1, 1), date(2040, 12, 31))
ONE_DAY = timedelta(days=1)


def days_of(due: date, before: int = 20, after: int = 40) -> list[date]:
    days = [due + n * ONE_DAY for n in range(-before, after + 1)]
    return [day for day in days if is_reminded_on(due, day)]


def opens(day: date) -> date:
    """The day itself, or the next on which offices work."""
    return add_business_days(day - ONE_DAY, 1)


def test_three_days_before_on_the_day_and_every_third_day_after() -> None:
    # A Friday, with one Saturday and one Monday holiday (勤労感謝の日) after it.
    assert days_of(date(2026, 11, 13), after=14) == [
        date(2026, 11, 10),
        date(2026, 11, 13),
        date(2026, 11, 16),
        date(2026, 11, 19),
        date(2026, 11, 24),
        date(2026, 11, 25),
    ]


def test_what_falls_due_within_closed_days_is_told_before_them() -> None:
    """2 January: three days before it, and the day itself, no office is open."""
    assert days_of(date(2027, 1, 2), after=4)[:2] == [date(2026, 12, 28), date(2027, 1, 4)]


@given(DUE)
def test_never_on_a_closed_day(due: date) -> None:
    assert all(is_business_day(day) for day in days_of(due))


@given(DUE)
def test_once_ahead_and_never_earlier_than_closed_days_ask_for(due: date) -> None:
    ahead = [day for day in days_of(due) if day < opens(due)]
    assert len(ahead) == (0 if opens(due - AHEAD) == due else 1)
    for day in ahead:
        assert day <= due
        assert day == opens(due - AHEAD) or not any(
            is_business_day(day + n * ONE_DAY) for n in range(1, (due - day).days + 1)
        )


@given(DUE, st.integers(0, 12))
def test_every_third_day_from_the_date_on_is_told_that_day_or_the_next_open_one(
    due: date, times: int
) -> None:
    assert is_reminded_on(due, opens(due + times * AGAIN))


@given(DUE, st.integers(0, 40))
def test_nothing_is_told_but_what_was_planned(due: date, later: int) -> None:
    day = due + later * ONE_DAY
    planned = {opens(due + times * AGAIN) for times in range(15)} | {opens(due - AHEAD)}
    assert is_reminded_on(due, day) == (day in planned)


@given(DUE)
def test_a_mail_is_tried_for_some_business_days(day: date) -> None:
    last = add_business_days(day, KEPT_TRYING)
    assert not is_old(day, day)
    assert not is_old(day, last)
    assert is_old(day, last + ONE_DAY)
