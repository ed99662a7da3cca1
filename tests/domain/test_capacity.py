from datetime import date

import pytest

from app.domain.capacity import CAPACITY_LABELS, Capacity, age_of, require_past
from app.domain.errors import Malformed

TODAY = date(2026, 11, 24)


def test_there_are_the_four_answers_of_the_field() -> None:
    assert [CAPACITY_LABELS[one] for one in Capacity] == ["受入可", "待ち", "要面談", "不可"]


@pytest.mark.parametrize(
    ("as_of", "told"),
    [
        (TODAY, None),
        (date(2026, 8, 26), None),  # 90 days
        (date(2026, 8, 25), "91日前の情報です。"),
        (date(2025, 11, 24), "365日前の情報です。"),
    ],
)
def test_an_old_statement_says_how_old_it_is(as_of: date, told: str | None) -> None:
    assert age_of(as_of, TODAY) == told


def test_how_things_will_be_cannot_be_stated() -> None:
    require_past(TODAY, TODAY)
    with pytest.raises(Malformed):
        require_past(date(2026, 11, 25), TODAY)
