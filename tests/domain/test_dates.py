from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import (
    days_until,
    fiscal_year,
    fiscal_year_days,
    fiscal_year_label,
    fiscal_year_name,
    parse_date,
    period_label,
    read_date,
    wareki,
    wareki_short,
    wareki_with_weekday,
    western,
)
from app.domain.text import TextProblem

APRIL_FIRST = date(2026, 4, 1)
GREGORIAN = st.dates(date(1873, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "written",
    [
        "令和8年4月1日",
        "令和8/4/1",
        "令和 8 年 4 月 1 日",
        "㋿8年4月1日",
        "R8.4.1",
        "R8/4/1",
        "r8-4-1",
        "Ｒ８．４．１",
        "R08.04.01",
        "R.8.4.1",
        "2026/4/1",
        "2026-04-01",
        "2026.4.1",
        "2026年4月1日",
        "2026年4月1日(水)",
        "２０２６／０４／０１",
        "2026ー4ー1",
        "2026−4−1",
        "20260401",
        "２０２６０４０１",
        "\u30002026/4/1 ",
        "令和8年4月1日（水曜日）",
    ],
)
def test_every_usual_way_of_writing_is_read(written: str) -> None:
    assert parse_date(written) == APRIL_FIRST


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("令和1年5月1日", date(2019, 5, 1)),
        ("R元.5.1", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("昭和元年12月25日", date(1926, 12, 25)),
        ("T15.12.24", date(1926, 12, 24)),
        ("大正元年7月30日", date(1912, 7, 30)),
        ("M45.7.29", date(1912, 7, 29)),
        ("明治6年1月1日", date(1873, 1, 1)),
        ("H20.2.29", date(2008, 2, 29)),
    ],
)
def test_eras_are_read_up_to_their_boundaries(written: str, day: date) -> None:
    assert parse_date(written) == day


@pytest.mark.parametrize(
    "written",
    [
        "",
        "令和元年4月30日",
        "平成31年5月1日",
        "平成元年1月7日",
        "昭和64年1月8日",
        "昭和元年12月24日",
        "明治5年12月2日",
        "令和0年5月1日",
        "2026/2/29",
        "2026/13/1",
        "2026/4/31",
        "20260431",
        "0026-04-01",
        "26/4/1",
        "2026/4",
        "4月1日",
        "2026年4月1日(木)",
        "2026/4/1x",
        "R8年4月1日2",
        "٢٠٢٦/٤/١",
        "明日",
        "X8.4.1",
    ],
)
def test_anything_else_is_no_date(written: str) -> None:
    assert parse_date(written) is None


@given(GREGORIAN)
def test_what_is_written_is_read_back(day: date) -> None:
    texts = (wareki(day), wareki_with_weekday(day), wareki_short(day), western(day))
    assert [parse_date(text) for text in texts] == [day] * 4


@given(st.text(max_size=20))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert parse_date(text) is None or text.strip() != ""


def test_a_form_tells_blank_from_nonsense() -> None:
    assert (read_date(" \u3000"), read_date("R8.4.1")) == (None, APRIL_FIRST)
    with pytest.raises(TextProblem, match="日付として読み取れません"):
        read_date("あした")


def test_dates_are_written_as_offices_write_them() -> None:
    day = date(2026, 11, 24)
    assert (wareki(day), wareki_with_weekday(day), wareki_short(day), western(day)) == (
        "令和8年11月24日",
        "令和8年11月24日(火)",
        "R8.11.24",
        "2026年11月24日(火)",
    )


def test_the_first_year_is_gannen_in_full_and_1_in_short() -> None:
    assert (wareki(date(2019, 5, 1)), wareki_short(date(2019, 5, 1))) == (
        "令和元年5月1日",
        "R1.5.1",
    )


def test_days_before_the_gregorian_calendar_have_only_a_western_year() -> None:
    day = date(1872, 12, 31)
    assert (wareki(day), wareki_short(day)) == ("1872年12月31日", "1872.12.31")


def test_the_fiscal_year_begins_in_april() -> None:
    days = (date(2026, 3, 31), date(2026, 4, 1), date(2027, 3, 31))
    assert [fiscal_year(day) for day in days] == [2025, 2026, 2026]
    assert fiscal_year_days(2026) == (date(2026, 4, 1), date(2027, 3, 31))


@pytest.mark.parametrize(
    ("year", "label", "name"),
    [
        (2026, "R8", "令和8年度"),
        (2019, "R1", "令和元年度"),
        (2018, "H30", "平成30年度"),
        (1989, "H1", "平成元年度"),
        (1988, "S63", "昭和63年度"),
    ],
)
def test_fiscal_years_carry_the_era_of_their_may(year: int, label: str, name: str) -> None:
    assert (fiscal_year_label(year), fiscal_year_name(year)) == (label, name)


@pytest.mark.parametrize(
    ("end", "plain", "era"),
    [
        (date(2026, 3, 31), "2026年3月期", "令和8年3月期"),
        (date(2019, 4, 30), "2019年4月期", "平成31年4月期"),
        (date(2019, 9, 30), "2019年9月期", "令和元年9月期"),
    ],
)
def test_a_firms_period_is_named_by_its_last_month(end: date, plain: str, era: str) -> None:
    assert (period_label(end), period_label(end, era=True)) == (plain, era)


def test_a_deadline_is_told_in_days() -> None:
    day = date(2026, 11, 24)
    days = (day, date(2026, 11, 27), date(2026, 11, 22))
    assert [days_until(d, day) for d in days] == ["本日", "あと3日", "2日超過"]
