from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.figures import (
    format_decimal,
    format_ratio,
    format_thousands,
    parse_integer,
    parse_thousands,
)
from app.domain.text import TextProblem

MONEY = st.integers(-(10**15) + 1, 10**15 - 1)


@pytest.mark.parametrize(
    ("written", "thousands"),
    [
        ("1234", 1234),
        ("1,234", 1234),
        ("１，２３４", 1234),
        ("1,234千円", 1234),
        ("1,234 千円", 1234),
        ("▲1,234", -1234),
        ("△1,234", -1234),
        ("▲ 1,234", -1234),
        ("-1234", -1234),
        ("−1,234", -1234),
        ("－１２３４", -1234),
        ("(1,234)", -1234),
        ("（1,234）千円", -1234),
        ("(1,234千円)", -1234),
        ("+5", 5),
        ("0", 0),
        ("▲0", 0),
        ("007", 7),
        ("1,234,999円", 1234),
        ("▲1,999円", -1),
        ("¥1,234,000", 1234),
        ("￥1,234,000円", 1234),
        ("12百万円", 12_000),
        ("1.5百万円", 1500),
        ("300万円", 3000),
        ("2億円", 200_000),
        ("1,000.0", 1000),
        ("999,999,999,999,999", 10**15 - 1),
    ],
)
def test_money_is_read_into_thousands(written: str, thousands: int) -> None:
    assert parse_thousands(written) == thousands


@pytest.mark.parametrize("blank", ["", "  ", "\u3000"])
def test_a_blank_is_no_figure(blank: str) -> None:
    assert (parse_thousands(blank), parse_integer(blank)) == (None, None)


@pytest.mark.parametrize(
    "written",
    [
        "abc",
        "-",
        "▲",
        "12,34",
        "1,2345",
        "1,234,",
        "▲▲1",
        "▲(1,234)",
        "(1,234",
        "()",
        "¥1千円",
        "1ドル",
        "1百千円",
        "(1円)円",
        "1.",
        ".5",
        "1e5",
        "一千",
        "٣",
        "1千",
    ],
)
def test_nonsense_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(TextProblem) as caught:
        parse_thousands(written)
    assert isinstance(caught.value, ValueError)
    assert str(caught.value) == "数値ではありません。1,234 や ▲1,234 のように入力してください。"


def test_a_fraction_of_a_thousand_is_refused_rather_than_lost() -> None:
    with pytest.raises(TextProblem, match="千円未満の端数"):
        parse_thousands("1.5")


@pytest.mark.parametrize(
    "written", ["1" * 16, "9" * 5000, "1" + "0" * 12 + "億円", f"1.{'0' * 99}"]
)
def test_more_digits_than_a_browser_keeps_are_refused(written: str) -> None:
    with pytest.raises(TextProblem, match="桁数が多すぎます"):
        parse_thousands(written)


@given(MONEY)
def test_what_is_shown_is_read_back(value: int) -> None:
    assert parse_thousands(format_thousands(value)) == value


@given(MONEY)
def test_yen_are_truncated_towards_zero(yen: int) -> None:
    expected = abs(yen) // 1000 * (1 if yen >= 0 else -1)
    assert parse_thousands(f"{yen}円") == expected


@given(st.text(max_size=20))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        value = parse_thousands(text)
    except TextProblem:
        return
    assert value is None or abs(value) < 10**15


@pytest.mark.parametrize(
    ("written", "number"), [("21人", 21), ("２１", 21), (" 21 人", 21), ("-3", -3)]
)
def test_counts_are_read_with_or_without_their_word(written: str, number: int) -> None:
    assert parse_integer(written, suffix="人") == number


@pytest.mark.parametrize("written", ["人", "21名", "21円", "x"])
def test_a_count_of_something_else_is_refused(written: str) -> None:
    with pytest.raises(TextProblem, match="数値ではありません"):
        parse_integer(written, suffix="人")


def test_half_a_person_is_refused() -> None:
    with pytest.raises(TextProblem) as caught:
        parse_integer("2.5")
    assert str(caught.value) == "整数で入力してください。"


def test_money_is_shown_with_commas_and_a_black_triangle() -> None:
    assert [format_thousands(n) for n in (0, 1234, -1234, -1_234_567)] == [
        "0",
        "1,234",
        "▲1,234",
        "▲1,234,567",
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.1786, "17.9%"),
        (-0.3376, "▲33.8%"),
        (0.0, "0.0%"),
        (-0.0004, "0.0%"),
        (0.0125, "1.3%"),
        (12.5, "1,250.0%"),
    ],
)
def test_ratios_are_percent_to_one_decimal_rounded_half_up(value: float, shown: str) -> None:
    assert format_ratio(value) == shown


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (31.555, 2, "31.56"),
        (Fraction(1, 3), 2, "0.33"),
        (-0.005, 2, "▲0.01"),
        (-157.5, 0, "▲158"),
        (1234.5, 0, "1,235"),
        (1e-7, 1, "0.0"),
    ],
)
def test_decimals_are_rounded_half_up(value: float | Fraction, digits: int, shown: str) -> None:
    assert format_decimal(value, digits) == shown
