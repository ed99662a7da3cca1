"""Cells of a file as values of the sheet: exact, or refused with the reason."""

import pytest

from app.domain.sheet_columns import COLUMN
from app.domain.sheet_grid import Raw, RawKind
from app.domain.sheet_reading import Found
from app.domain.sheet_taking import taken
from app.domain.text import TextProblem


def take(key: str, text: str, kind: str = "t", unit: str = "", from_1904: bool = False) -> object:
    raws = ((Raw(RawKind(kind), text),),) if text or kind != "t" else ()
    return taken(COLUMN[key], Found((1, 1), raws), unit, from_1904=from_1904)


@pytest.mark.parametrize(
    ("text", "kind", "unit", "value"),
    [
        ("▲３９，４９５", "t", "", -39495),
        ("△1,234", "t", "千円", -1234),
        ("(1,234)", "t", "", -1234),
        ("-39495", "n", "", -39495),
        ("39495000", "n", "円", 39495),
        ("39.5", "n", "百万円", 39500),
        ("▲３９，４９５，０００", "t", "円", -39495),
        ("1,500万円", "t", "円", 15000),
        ("¥12,000", "t", "", 12),
        ("12,000円", "t", "百万円", 12),
        ("1.5億円", "t", "", 150_000),
        ("", "t", "円", None),
        ("　", "t", "", None),
    ],
)
def test_money_is_converted_exactly(text: str, kind: str, unit: str, value: int | None) -> None:
    assert take("adjusted_net_assets", text, kind, unit) == value


@pytest.mark.parametrize(
    ("text", "kind", "unit"),
    [
        ("39495500", "n", "円"),
        ("12.5", "n", ""),
        ("1,234,567円", "t", ""),
        ("0.0001", "n", "百万円"),
        ("約3千", "t", ""),
        ("5人", "t", ""),
    ],
)
def test_money_that_is_not_whole_or_not_clear_is_refused(text: str, kind: str, unit: str) -> None:
    with pytest.raises(TextProblem):
        take("adjusted_net_assets", text, kind, unit)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("2026-04-01", "d", "2026-04-01"),
        ("46113", "n", "2026-04-01"),
        ("20260401", "n", "2026-04-01"),
        ("令和８年４月１日", "t", "2026-04-01"),
        ("Ｒ8.4.1", "t", "2026-04-01"),
        ("2026年4月1日(水)", "t", "2026-04-01"),
    ],
)
def test_dates_of_any_make_are_read(text: str, kind: str, value: str) -> None:
    assert take("received_on", text, kind) == value


def test_the_old_macintosh_counted_from_another_day() -> None:
    assert take("received_on", "44651", "n", from_1904=True) == "2026-04-01"


@pytest.mark.parametrize(("text", "kind"), [("4/3", "t"), ("12", "n"), ("46113.5", "n")])
def test_a_date_that_is_none_is_refused(text: str, kind: str) -> None:
    with pytest.raises(TextProblem):
        take("received_on", text, kind)


def test_a_date_in_several_cells_is_one() -> None:
    raws = tuple(Raw(RawKind.TEXT, one) for one in ("令和", "8", "年", "4", "月", "1", "日"))
    assert taken(COLUMN["received_on"], Found((1, 1), (raws,)), "") == "2026-04-01"


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("urgency", "Ｂ ３か月以内", "B"),
        ("urgency", "b", "B"),
        ("monitoring_grade", "計画どおり", "on_plan"),
        ("phase", "転換・衰退期(衰退局面)", "decline"),
        ("request_kind", "資金繰り、売上・販路", ["cash", "sales"]),
        ("request_kind", "売上・販路\n資金繰り", ["cash", "sales"]),
        ("in_charge", "佐藤", "佐藤"),
    ],
)
def test_choices_are_known_by_their_labels(key: str, text: str, value: object) -> None:
    assert take(key, text) == value


@pytest.mark.parametrize(
    ("key", "text", "told"),
    [
        ("urgency", "至急", "選択肢にありません：至急"),
        ("phase", "転換・衰退期", "選択肢にありません：転換・衰退期"),
        ("request_kind", "資金繰り、空想", "選択肢にありません：空想"),
    ],
)
def test_a_choice_that_is_none_or_two_is_refused(key: str, text: str, told: str) -> None:
    with pytest.raises(TextProblem) as problem:
        take(key, text)
    assert str(problem.value) == told


@pytest.mark.parametrize(("kind", "text"), [("f", ""), ("e", "#REF!")])
def test_what_nobody_calculated_is_not_guessed(kind: str, text: str) -> None:
    with pytest.raises(TextProblem):
        take("wishes", text, kind)


def test_text_keeps_its_letters_and_takes_figures_as_they_are() -> None:
    assert take("wishes", "１行目\n　２行目") == "１行目\n　２行目"
    assert take("wishes", "12.5", "n") == "12.5"
    assert take("wishes", "2026-04-01", "d") == "2026/04/01"
