import copy
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.statements import FIGURE_LABELS, SUBTOTALS, FiscalYear, checks, from_mapping

DEMO = Path(__file__).parents[2] / "app" / "data" / "demo_cases.json"
CASES: list[dict[str, Any]] = json.loads(DEMO.read_text(encoding="utf-8"))["cases"]
RECORDS = [record for case in CASES for record in case["fiscal_years"]]


@pytest.fixture
def record() -> dict[str, Any]:
    return copy.deepcopy(RECORDS[0])


def read(record: object) -> FiscalYear:
    year, problems = from_mapping(record)
    assert problems == []
    assert year is not None
    return year


def problems_of(record: object, path: str = "") -> list[tuple[str, str]]:
    year, problems = from_mapping(record, path)
    assert year is None
    return [(problem.path, str(problem.sentence)) for problem in problems]


def test_every_year_of_the_demonstration_is_read_and_raises_no_warning() -> None:
    assert len(RECORDS) == 72
    assert [checks(read(record)) for record in RECORDS] == [[]] * 72


def test_a_year_holds_what_the_file_says(record: dict[str, Any]) -> None:
    year = read(record)
    assert (year.period_start, year.period_end) == (date(2023, 4, 1), date(2024, 3, 31))
    assert (year.prior_year_sales, year.employees, year.capital_expenditure) == (168_000, 22, 0)
    assert (year.label, year.label_wareki, year.ebitda) == ("2024年3月期", "令和6年3月期", 1736)
    assert (year.profit_and_loss.sales, year.profit_and_loss.owner_drawings) == (198_000, 0)
    assert (year.balance_sheet.capital, year.balance_sheet.total_net_assets) == (10_000, -31_210)


def test_every_figure_has_a_label_and_every_subtotal_is_made_of_figures(
    record: dict[str, Any],
) -> None:
    for part, labels in FIGURE_LABELS.items():
        assert set(labels) == set(record[part])
        terms = {term.lstrip("-") for terms in SUBTOTALS[part].values() for term in terms.split()}
        assert (terms | set(SUBTOTALS[part])) - set(labels) == set()


def test_what_can_be_computed_may_be_left_out(record: dict[str, Any]) -> None:
    complete = read(record)
    for name in ("label", "label_wareki", "ebitda", "local_benchmark"):
        del record[name]
    assert read(record) == complete


def test_every_bad_field_is_named_in_one_reading(record: dict[str, Any]) -> None:
    record["period_start"] = "2023/4/1"
    record["employees"] = "22人"
    record["profit_and_loss"]["sales"] = 198000.0
    record["profit_and_loss"]["note"] = "x"
    record["balance_sheet"]["capital"] = True
    record["balance_sheet"]["inventories"] = 10**15
    del record["balance_sheet"]["total_assets"]
    record["memo"] = None
    assert sorted(problems_of(record, "fiscal_years.0")) == [
        ("fiscal_years.0.balance_sheet.capital", "整数ではありません。"),
        (
            "fiscal_years.0.balance_sheet.inventories",
            "桁数が多すぎます。単位を確認してください。",
        ),
        ("fiscal_years.0.balance_sheet.total_assets", "項目がありません。"),
        ("fiscal_years.0.employees", "整数ではありません。"),
        ("fiscal_years.0.memo", "この形式にない項目です。"),
        ("fiscal_years.0.period_start", "日付（2026-03-31 の形）ではありません。"),
        ("fiscal_years.0.profit_and_loss.note", "この形式にない項目です。"),
        ("fiscal_years.0.profit_and_loss.sales", "整数ではありません。"),
    ]


@pytest.mark.parametrize("wrong", [None, [], "2024年3月期", 3])
def test_a_record_that_is_no_record_is_one_problem(wrong: object) -> None:
    assert problems_of(wrong, "fiscal_years.2") == [
        ("fiscal_years.2", "項目の組（オブジェクト）ではありません。")
    ]


def test_a_missing_sheet_is_one_problem(record: dict[str, Any]) -> None:
    del record["balance_sheet"]
    record["profit_and_loss"] = []
    assert problems_of(record) == [
        ("profit_and_loss", "項目の組（オブジェクト）ではありません。"),
        ("balance_sheet", "項目がありません。"),
    ]


def test_only_the_prior_year_may_be_unknown(record: dict[str, Any]) -> None:
    record["prior_year_sales"] = None
    assert read(record).prior_year_sales is None
    record["capital_expenditure"] = None
    assert problems_of(record) == [("capital_expenditure", "整数ではありません。")]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("label", "2024年4月期", "計算した値（2024年3月期）と合いません。"),
        ("ebitda", 1737, "計算した値（1736）と合いません。"),
        ("period_end", "2023-03-31", "期末が期首より前の日付です。"),
        ("employees", -1, "従業員数は0以上で入力してください。"),
    ],
)
def test_what_contradicts_itself_is_refused(
    record: dict[str, Any], name: str, value: object, sentence: str
) -> None:
    record[name] = value
    assert (name, sentence) in problems_of(record)


def test_truncation_is_forgiven_up_to_one_thousand_for_each_summed_row(
    record: dict[str, Any],
) -> None:
    year = read(record)
    ordinary = year.profit_and_loss.ordinary_profit
    for off, warned in ((4, 0), (-4, 0), (5, 1), (-5, 1)):
        sheet = replace(year.profit_and_loss, ordinary_profit=ordinary + off)
        found = [problem.path for problem in checks(replace(year, profit_and_loss=sheet))]
        assert found.count("profit_and_loss.ordinary_profit") == warned


def test_a_sheet_that_does_not_balance_is_told_with_both_figures(record: dict[str, Any]) -> None:
    record["balance_sheet"]["total_assets"] += 1
    assert [(path, str(sentence)) for path, sentence in checks(read(record))] == [
        (
            "balance_sheet.total_assets",
            "資産合計が負債・純資産合計と合いません（記載 92,441、相手 92,440）。",
        )
    ]


def test_a_wrong_subtotal_is_told_with_both_figures(record: dict[str, Any]) -> None:
    record["balance_sheet"]["total_net_assets"] = 31_210
    assert [(path, str(sentence)) for path, sentence in checks(read(record))] == [
        (
            "balance_sheet.total_net_assets",
            "純資産合計が内訳の合計と合いません（記載 31,210、計算 ▲31,210）。",
        ),
        (
            "balance_sheet.total_liabilities_and_net_assets",
            "負債・純資産合計が内訳の合計と合いません（記載 92,440、計算 154,860）。",
        ),
    ]
