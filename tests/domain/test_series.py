from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.holidays import is_business_day
from app.domain.series import LAST, Occurrence, Pattern, SeriesRule, Shift, describe, occurrences
from app.domain.text import TextProblem

THIRD_TUESDAY = SeriesRule(pattern=Pattern.NTH_WEEKDAY, nth=3, weekday=1)
RULES = st.builds(
    SeriesRule,
    pattern=st.sampled_from(Pattern),
    nth=st.sampled_from([1, 2, 3, 4, 5, LAST]),
    weekday=st.integers(0, 6),
    day=st.integers(1, 31),
    every_months=st.integers(1, 12),
    shift=st.sampled_from(Shift),
)
STARTS = st.dates(date(2019, 1, 1), date(2090, 12, 31))


def test_a_monthly_series_keeps_its_weekday_through_the_year() -> None:
    found = occurrences(THIRD_TUESDAY, date(2026, 4, 1))
    assert [o.held for o in found] == [
        date(2026, 4, 21),
        date(2026, 5, 19),
        date(2026, 6, 16),
        date(2026, 7, 21),
        date(2026, 8, 18),
        date(2026, 9, 15),
        date(2026, 10, 20),
        date(2026, 11, 17),
        date(2026, 12, 15),
        date(2027, 1, 19),
        date(2027, 2, 16),
        date(2027, 3, 16),
    ]
    assert {(o.reason, o.needs_answer, o.held == o.planned) for o in found} == {(None, False, True)}


@pytest.mark.parametrize(
    ("shift", "held", "needs_answer"),
    [
        (Shift.NEXT, date(2026, 11, 4), False),
        (Shift.PREVIOUS, date(2026, 11, 2), False),
        (Shift.SKIP, None, False),
        (Shift.ASK, None, True),
    ],
)
def test_a_holiday_moves_the_day_as_the_rule_says_and_is_named(
    shift: Shift, held: date | None, needs_answer: bool
) -> None:
    rule = SeriesRule(pattern=Pattern.NTH_WEEKDAY, nth=1, weekday=1, shift=shift)
    planned = date(2026, 11, 3)
    assert occurrences(rule, date(2026, 11, 1), months=1) == (
        Occurrence("2026-11", planned, held, "文化の日", needs_answer),
    )


def test_a_next_day_in_the_following_month_falls_back_to_the_previous_one() -> None:
    rule = SeriesRule(pattern=Pattern.END_OF_MONTH, shift=Shift.NEXT)
    (january,) = occurrences(rule, date(2026, 1, 1), months=1)
    assert (january.planned, january.held, january.reason) == (
        date(2026, 1, 31),
        date(2026, 1, 30),
        "土曜日",
    )


def test_a_previous_day_in_the_month_before_falls_forward() -> None:
    rule = SeriesRule(pattern=Pattern.DAY_OF_MONTH, day=1, shift=Shift.PREVIOUS)
    (january,) = occurrences(rule, date(2027, 1, 1), months=1)
    assert (january.held, january.reason) == (date(2027, 1, 4), "元日")


def test_the_turn_of_the_year_and_the_agencys_own_closures_move_the_day() -> None:
    rule = SeriesRule(pattern=Pattern.DAY_OF_MONTH, day=30, shift=Shift.PREVIOUS)
    closures = frozenset({date(2026, 11, 30)})
    found = occurrences(rule, date(2026, 11, 1), 2, closures)
    assert [(o.held, o.reason) for o in found] == [
        (date(2026, 11, 27), "機関の休業日"),
        (date(2026, 12, 28), "年末年始"),
    ]


def test_a_month_closed_altogether_is_asked_about() -> None:
    november = frozenset(date(2026, 11, day) for day in range(1, 31))
    assert occurrences(THIRD_TUESDAY, date(2026, 11, 1), 1, november) == (
        Occurrence("2026-11", date(2026, 11, 17), None, "機関の休業日", needs_answer=True),
    )


def test_a_series_set_on_saturdays_stays_there_except_on_holidays() -> None:
    rule = SeriesRule(pattern=Pattern.NTH_WEEKDAY, nth=4, weekday=5)
    found = occurrences(rule, date(2030, 11, 1), months=1)
    assert [(o.held, o.reason) for o in found] == [(date(2030, 11, 25), "勤労感謝の日")]
    found = occurrences(rule, date(2030, 10, 1), months=1)
    assert [(o.held, o.reason) for o in found] == [(date(2030, 10, 26), None)]


def test_a_day_beyond_a_short_month_is_its_last_day() -> None:
    rule = SeriesRule(pattern=Pattern.DAY_OF_MONTH, day=31)
    planned = [o.planned for o in occurrences(rule, date(2028, 1, 1), months=4)]
    assert planned == [date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31), date(2028, 4, 30)]


def test_a_month_without_a_fifth_weekday_has_no_occurrence() -> None:
    rule = SeriesRule(pattern=Pattern.NTH_WEEKDAY, nth=5, weekday=1)
    assert [o.key for o in occurrences(rule, date(2026, 4, 1), months=6)] == ["2026-06", "2026-09"]


def test_the_last_weekday_is_the_fourth_or_the_fifth() -> None:
    rule = SeriesRule(pattern=Pattern.NTH_WEEKDAY, nth=LAST, weekday=4)
    days = [o.planned for o in occurrences(rule, date(2026, 9, 1), months=2)]
    assert days == [date(2026, 9, 25), date(2026, 10, 30)]


def test_a_day_before_the_start_is_left_out_but_its_month_still_counts() -> None:
    rule = SeriesRule(pattern=Pattern.NTH_WEEKDAY, nth=3, weekday=1, every_months=2)
    assert [o.key for o in occurrences(rule, date(2026, 4, 22), months=6)] == ["2026-06", "2026-08"]


@given(RULES, STARTS, st.integers(1, 24), st.frozensets(STARTS, max_size=5))
def test_there_are_never_two_in_one_month_and_none_on_a_closed_day(
    rule: SeriesRule, start: date, months: int, closures: frozenset[date]
) -> None:
    found = occurrences(rule, start, months, closures)
    held = [o.held for o in found if o.held is not None]
    assert len({(day.year, day.month) for day in held}) == len(held)
    assert [o.key for o in found if o.held and f"{o.held:%Y-%m}" != o.key] == []
    assert [day for day in held if day < start] == []
    moved = [o.held for o in found if o.held is not None and o.held != o.planned]
    assert [day for day in moved if not is_business_day(day, closures)] == []
    if not rule.chooses_weekend:
        assert [day for day in held if not is_business_day(day, closures)] == []


@given(RULES, STARTS, st.integers(1, 12))
def test_a_day_is_missing_or_moved_exactly_when_there_is_a_reason(
    rule: SeriesRule, start: date, months: int
) -> None:
    for occurrence in occurrences(rule, start, months):
        assert (occurrence.reason is not None) is (occurrence.held != occurrence.planned)
        assert occurrence.needs_answer is (occurrence.held is None and rule.shift is not Shift.SKIP)


@given(RULES, STARTS)
def test_a_longer_preview_only_adds(rule: SeriesRule, start: date) -> None:
    short, long = occurrences(rule, start, 6), occurrences(rule, start, 12)
    assert long[: len(short)] == short


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (THIRD_TUESDAY, "毎月第3火曜日（祝日の場合は翌営業日）"),
        (
            SeriesRule(pattern=Pattern.NTH_WEEKDAY, nth=LAST, weekday=4, shift=Shift.ASK),
            "毎月最終金曜日（祝日の場合はその都度決める）",
        ),
        (
            SeriesRule(pattern=Pattern.DAY_OF_MONTH, day=15, shift=Shift.PREVIOUS),
            "毎月15日（土日祝日の場合は前営業日）",
        ),
        (
            SeriesRule(pattern=Pattern.END_OF_MONTH, every_months=3, shift=Shift.SKIP),
            "3か月ごとの末日（土日祝日の場合は開催しない）",
        ),
    ],
)
def test_a_rule_is_told_in_words(rule: SeriesRule, told: str) -> None:
    assert describe(rule) == told


@pytest.mark.parametrize(
    ("nth", "weekday", "day", "every_months"),
    [
        (0, 1, 1, 1),
        (6, 1, 1, 1),
        (1, 7, 1, 1),
        (1, -1, 1, 1),
        (1, 1, 0, 1),
        (1, 1, 32, 1),
        (1, 1, 1, 0),
    ],
)
def test_a_rule_that_means_no_day_is_refused(
    nth: int, weekday: int, day: int, every_months: int
) -> None:
    with pytest.raises(TextProblem):
        SeriesRule(
            pattern=Pattern.NTH_WEEKDAY,
            nth=nth,
            weekday=weekday,
            day=day,
            every_months=every_months,
        )
