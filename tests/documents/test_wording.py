from datetime import UTC, date, datetime

import pytest
from markupsafe import Markup

from app.documents import wording


def test_a_month_and_a_short_month_keep_the_era() -> None:
    assert wording.month_of(date(2026, 11, 1)) == "令和8年11月"
    assert wording.short_month(date(2026, 11, 1)) == "R8.11"
    assert wording.short_month(date(2018, 3, 1)) == "H30.3"
    assert wording.month_of(date(2019, 5, 1)) == "令和元年5月"


def test_a_moment_is_told_in_japan_time() -> None:
    assert wording.wareki_moment(datetime(2026, 11, 24, 15, 5, tzinfo=UTC)) == (
        "令和8年11月25日 00:05"
    )


@pytest.mark.parametrize(
    ("value", "words"), [(1234, "1,234"), (-1234567, "▲1,234,567"), (0, "0"), (None, "―")]
)
def test_money_below_zero_carries_a_triangle(value: int | None, words: str) -> None:
    assert wording.amount(value) == words


def test_hidden_marks_are_not_printed_and_line_feeds_stay() -> None:
    assert wording.printable("青\u202e葉\u2066製\x00作\x07所\n髙𠮷\ufeff") == "青葉製作所\n髙𠮷"


def test_nothing_is_printed_as_nothing_and_markup_stays_markup() -> None:
    assert wording.printable(None) == ""
    assert wording.printable(3) == 3
    kept = wording.printable(Markup("<b>\u202e</b>"))
    assert isinstance(kept, Markup)
