from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.holidays import (
    add_business_days,
    holiday_name,
    holidays_of,
    is_business_day,
    next_business_day,
    nth_weekday,
    previous_business_day,
    reason_closed,
)
from app.domain.text import TextProblem

# The official lists (内閣府「国民の祝日について」), as month/day.
OFFICIAL = {
    2019: "1/1 1/14 2/11 3/21 4/29 4/30 5/1 5/2 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/23 10/14"
    " 10/22 11/3 11/4 11/23",
    2020: "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/23 7/24 8/10 9/21 9/22 11/3 11/23",
    2021: "1/1 1/11 2/11 2/23 3/20 4/29 5/3 5/4 5/5 7/22 7/23 8/8 8/9 9/20 9/23 11/3 11/23",
    2022: "1/1 1/10 2/11 2/23 3/21 4/29 5/3 5/4 5/5 7/18 8/11 9/19 9/23 10/10 11/3 11/23",
    2023: "1/1 1/2 1/9 2/11 2/23 3/21 4/29 5/3 5/4 5/5 7/17 8/11 9/18 9/23 10/9 11/3 11/23",
    2024: "1/1 1/8 2/11 2/12 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/22 9/23 10/14"
    " 11/3 11/4 11/23",
    2025: "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/21 8/11 9/15 9/23 10/13 11/3 11/23"
    " 11/24",
    2026: "1/1 1/12 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/20 8/11 9/21 9/22 9/23 10/12 11/3 11/23",
    2027: "1/1 1/11 2/11 2/23 3/21 3/22 4/29 5/3 5/4 5/5 7/19 8/11 9/20 9/23 10/11 11/3 11/23",
}
CLOSURE_DAYS = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20)
DAYS = st.dates(date(2008, 1, 1), date(2098, 12, 31))


@pytest.mark.parametrize("year", OFFICIAL)
def test_the_rules_give_the_official_list(year: int) -> None:
    assert [f"{day.month}/{day.day}" for day in holidays_of(year)] == OFFICIAL[year].split()


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2019, 4, 30), "国民の休日"),
        (date(2019, 5, 1), "天皇の即位の日"),
        (date(2019, 10, 14), "体育の日"),
        (date(2019, 10, 22), "即位礼正殿の儀の行われる日"),
        (date(2019, 12, 23), None),
        (date(2018, 12, 23), "天皇誕生日"),
        (date(2018, 12, 24), "振替休日"),
        (date(2015, 8, 11), None),
        (date(2020, 7, 24), "スポーツの日"),
        (date(2020, 10, 12), None),
        (date(2021, 8, 8), "山の日"),
        (date(2021, 8, 9), "振替休日"),
        (date(2026, 5, 6), "振替休日"),
        (date(2026, 9, 22), "国民の休日"),
        (date(2015, 9, 22), "国民の休日"),
        (date(2026, 11, 24), None),
    ],
)
def test_each_holiday_has_its_name(day: date, name: str | None) -> None:
    assert holiday_name(day) == name


@pytest.mark.parametrize("day", [date(2006, 12, 31), date(2100, 1, 1), date.max])
def test_years_without_known_rules_are_refused(day: date) -> None:
    with pytest.raises(TextProblem) as caught:
        holiday_name(day)
    assert str(caught.value) == "祝日を判定できるのは2007年から2099年までです。"


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 12, 28), None),
        (date(2026, 12, 29), "年末年始"),
        (date(2027, 1, 1), "元日"),
        (date(2027, 1, 2), "年末年始"),
        (date(2027, 1, 3), "年末年始"),
        (date(2027, 1, 4), None),
        (date(2026, 11, 21), "土曜日"),
        (date(2026, 11, 22), "日曜日"),
        (date(2026, 11, 25), "機関の休業日"),
    ],
)
def test_a_closed_day_says_why(day: date, reason: str | None) -> None:
    assert reason_closed(day, frozenset({date(2026, 11, 25)})) == reason


def test_the_year_end_may_be_worked() -> None:
    days = (date(2026, 12, 29), date(2026, 12, 31), date(2027, 1, 1))
    assert [is_business_day(day, year_end=False) for day in days] == [True, True, False]


def test_business_days_step_over_the_turn_of_the_year() -> None:
    assert next_business_day(date(2026, 12, 28)) == date(2027, 1, 4)
    assert previous_business_day(date(2027, 1, 4)) == date(2026, 12, 28)
    assert next_business_day(date(2026, 12, 28), year_end=False) == date(2026, 12, 29)


def test_counting_business_days_goes_both_ways_and_zero_stays() -> None:
    sunday = date(2026, 11, 22)
    assert add_business_days(sunday, 0) == sunday
    assert add_business_days(sunday, 3) == date(2026, 11, 26)
    assert add_business_days(sunday, -5) == date(2026, 11, 16)


@given(DAYS)
def test_a_golden_rule_of_the_law_holds_for_every_sunday_holiday(day: date) -> None:
    name = holiday_name(day)
    if name is not None and day.weekday() == 6:
        following = day
        while (next_name := holiday_name(following := following + timedelta(days=1))) is not None:
            if next_name == "振替休日":
                return
        raise AssertionError(f"{day} has no substitute")


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), CLOSURE_DAYS)
def test_next_and_previous_leave_no_business_day_between(
    day: date, closures: frozenset[date]
) -> None:
    after, before = next_business_day(day, closures), previous_business_day(day, closures)
    assert is_business_day(after, closures)
    assert is_business_day(before, closures)
    skipped = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert [d for d in skipped if d != day and is_business_day(d, closures)] == []


@given(DAYS, st.integers(1, 15))
def test_back_and_forth_ends_on_the_same_business_day(day: date, count: int) -> None:
    start = next_business_day(day)
    assert add_business_days(add_business_days(start, count), -count) == start


def test_the_nth_weekday_of_a_month() -> None:
    tuesdays = [nth_weekday(2026, 11, nth, 1) for nth in (1, 3, 4, 5, -1)]
    november = [date(2026, 11, day) for day in (3, 17, 24)]
    assert tuesdays == [november[0], november[1], november[2], None, november[2]]
    assert nth_weekday(2026, 12, 5, 1) == date(2026, 12, 29)
