import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.benchmark import DEFINITIONS, disagreements, indicators
from app.domain.statements import FiscalYear, from_mapping

DEMO = Path(__file__).parents[2] / "app" / "data" / "demo_cases.json"
CASES: list[dict[str, Any]] = json.loads(DEMO.read_text(encoding="utf-8"))["cases"]
RECORDS = [record for case in CASES for record in case["fiscal_years"]]


def read(record: dict[str, Any]) -> FiscalYear:
    year, problems = from_mapping(record)
    assert problems == []
    assert year is not None
    return year


@pytest.fixture
def year() -> FiscalYear:
    return read(RECORDS[0])


def changed(year: FiscalYear, **figures: int) -> FiscalYear:
    profit = {key: value for key, value in figures.items() if hasattr(year.profit_and_loss, key)}
    sheet = {key: value for key, value in figures.items() if hasattr(year.balance_sheet, key)}
    return replace(
        year,
        profit_and_loss=replace(year.profit_and_loss, **profit),
        balance_sheet=replace(year.balance_sheet, **sheet),
    )


def shown(year: FiscalYear, key: str, **choice: bool) -> tuple[float | None, str]:
    found = {indicator.key: indicator for indicator in indicators(year, **choice)}
    return found[key].value, found[key].text


def test_all_72_years_of_the_demonstration_agree_with_the_stated_indicators() -> None:
    computed = [{i.key: i.value for i in indicators(read(record))} for record in RECORDS]
    assert len(computed) == 72
    assert computed == [record["local_benchmark"] for record in RECORDS]
    assert [disagreements(read(record), record["local_benchmark"]) for record in RECORDS] == (
        [[]] * 72
    )


def test_the_six_are_shown_with_their_units(year: FiscalYear) -> None:
    assert [(i.label, i.text, i.unit) for i in indicators(year)] == [
        ("売上増加率", "17.9%", "%"),
        ("営業利益率", "▲1.7%", "%"),
        ("労働生産性", "▲157千円/人", "千円/人"),
        ("EBITDA有利子負債倍率", "31.55倍", "倍"),
        ("営業運転資本回転期間", "▲0.53か月", "か月"),
        ("自己資本比率", "▲33.8%", "%"),
    ]
    assert [definition.key for definition in DEFINITIONS] == [i.key for i in indicators(year)]


@pytest.mark.parametrize(
    ("prior", "text"), [(None, "前期なし"), (0, "算出不能（前期の売上高がゼロ以下）")]
)
def test_without_a_prior_year_there_is_no_growth(
    year: FiscalYear, prior: int | None, text: str
) -> None:
    assert shown(replace(year, prior_year_sales=prior), "sales_growth_rate") == (None, text)


@pytest.mark.parametrize(
    ("figures", "key", "text"),
    [
        ({"sales": 0}, "operating_margin", "算出不能（売上高がゼロ以下）"),
        ({"sales": 0}, "working_capital_months", "算出不能（売上高がゼロ以下）"),
        ({"total_assets": 0}, "equity_ratio", "算出不能（総資産がゼロ以下）"),
        ({"depreciation": 3464}, "ebitda_debt_ratio", "算出不能（EBITDAがゼロ）"),
        ({"depreciation": 3463}, "ebitda_debt_ratio", "算出不能（EBITDAがマイナス）"),
    ],
)
def test_a_denominator_of_zero_or_less_gives_no_value(
    year: FiscalYear, figures: dict[str, int], key: str, text: str
) -> None:
    assert shown(changed(year, **figures), key) == (None, text)


def test_a_firm_without_employees_has_no_productivity(year: FiscalYear) -> None:
    alone = replace(year, employees=0)
    assert shown(alone, "labor_productivity") == (None, "算出不能（従業員数がゼロ）")


def test_two_negatives_never_make_a_harmless_looking_ratio(year: FiscalYear) -> None:
    rich_but_losing = changed(year, cash_and_deposits=200_000, operating_profit=-9000)
    assert shown(rich_but_losing, "ebitda_debt_ratio") == (None, "算出不能（EBITDAがマイナス）")


def test_more_cash_than_debt_is_net_cash_and_keeps_its_value(year: FiscalYear) -> None:
    rich = changed(year, cash_and_deposits=102_472)
    assert shown(rich, "ebitda_debt_ratio") == (-2.0, "実質無借金")
    even = changed(year, cash_and_deposits=99_000)
    assert shown(even, "ebitda_debt_ratio") == (0.0, "実質無借金")


def test_the_choice_about_officers_loans_is_printed(year: FiscalYear) -> None:
    lent = changed(year, officer_borrowings=1736)
    notes = {
        choice: [
            (i.value, i.note) for i in indicators(lent, include_officer_borrowings=choice) if i.note
        ]
        for choice in (False, True)
    }
    assert notes == {
        False: [(31.55, "役員借入金は借入金に含めていません。")],
        True: [(32.55, "役員借入金を借入金に含めています。")],
    }


def test_a_file_that_states_other_values_is_told_which(year: FiscalYear) -> None:
    stated = RECORDS[0]["local_benchmark"] | {"equity_ratio": 0.5, "grade": "A"}
    found = disagreements(year, stated, "fiscal_years.0")
    assert [(path, str(sentence)) for path, sentence in found] == [
        ("fiscal_years.0.local_benchmark.grade", "この形式にない項目です。"),
        ("fiscal_years.0.local_benchmark.equity_ratio", "計算した値（-0.3376）と合いません。"),
    ]
    assert [problem.path for problem in disagreements(year, None)] == ["local_benchmark"]


def test_an_indicator_tells_its_unit_in_another_language(year: FiscalYear) -> None:
    english = {"{figure}{unit}": "{figure} {unit}", "千円/人": "k¥ per head"}
    productivity = indicators(year)[2].text
    assert productivity.told_in(english.__getitem__) == "▲157 k¥ per head"
