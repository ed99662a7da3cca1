import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.cashflow import Finding, Severity, check, roll_forward, shortage_month
from app.domain.cashflow_form import ROWS, MonthFigures, MonthKind, Sign, from_mapping

DEMO = Path(__file__).parents[2] / "app" / "data" / "demo_cases.json"
CASES: list[dict[str, Any]] = json.loads(DEMO.read_text(encoding="utf-8"))["cases"]
TABLES = {case["case_id"]: case for case in CASES if case.get("cash_flow_table")}
ENTRY_KEYS = [row.key for row in ROWS if row.sign in {Sign.PLUS, Sign.MINUS}]


def table_of(case_id: str) -> list[MonthFigures]:
    read = [from_mapping(row)[0] for row in TABLES[case_id]["cash_flow_table"]["rows"]]
    return [month for month in read if month is not None]


def months(**figures: int) -> tuple[MonthFigures, ...]:
    """Three months with the same entries, rolled forward from 1,000."""
    kinds = {
        "2026-11": MonthKind.ACTUAL,
        "2026-12": MonthKind.ESTIMATE,
        "2027-01": MonthKind.FORECAST,
    }
    plain = [MonthFigures(month=month, kind=kind, **figures) for month, kind in kinds.items()]
    return roll_forward(1000, plain)


def said(findings: list[Finding]) -> list[tuple[str, str, Severity]]:
    return [(finding.month, finding.key, finding.severity) for finding in findings]


def changed(table: tuple[MonthFigures, ...], at: int, **figures: Any) -> list[MonthFigures]:
    return [replace(month, **figures) if n == at else month for n, month in enumerate(table)]


def test_the_demonstration_tables_add_up_and_only_two_run_short() -> None:
    found = {case_id: said(check(table_of(case_id))) for case_id in TABLES}
    assert found == {
        "C01": [],
        "C11": [(f"2026-{month:02}", "closing_balance", Severity.SHORTAGE) for month in (5, 6)],
        "C13": [],
        "C14": [
            (f"2026-{month:02}", "closing_balance", Severity.SHORTAGE) for month in (9, 10, 11, 12)
        ],
        "C24": [],
    }
    assert {case_id: shortage_month(table_of(case_id)) for case_id in TABLES} == {
        "C01": None,
        "C11": "2026-05",
        "C13": None,
        "C14": "2026-09",
        "C24": None,
    }


def test_the_demonstration_tables_roll_forward_to_themselves() -> None:
    for case_id in TABLES:
        table = table_of(case_id)
        assert list(roll_forward(table[0].opening_balance, table)) == table


def test_the_demonstration_repays_what_its_loans_ask() -> None:
    for case_id, case in TABLES.items():
        principal = sum(loan["monthly_principal"] for loan in case["exposure"]["loans"])
        warned = check(table_of(case_id), monthly_principal=principal)
        assert [f.key for f in warned if f.key == "loan_repayments"] == []


def test_a_shortage_is_told_with_its_amount() -> None:
    table = months(cash_sales=100, payables_paid=700)
    assert [(f.month, f.severity, str(f.sentence)) for f in check(table)] == [
        ("2026-12", Severity.SHORTAGE, "資金が不足します（翌月繰越 ▲200千円）。"),
        ("2027-01", Severity.SHORTAGE, "資金が不足します（翌月繰越 ▲800千円）。"),
    ]
    assert shortage_month(table) == "2026-12"


def test_closing_at_zero_is_no_shortage() -> None:
    assert shortage_month(months(cash_sales=0, payables_paid=333)) is None
    assert check(months(other=250), floor=0) == []


def test_the_firms_own_floor_is_a_warning() -> None:
    findings = check(months(other=250), floor=500)
    assert [(f.month, f.severity, str(f.sentence)) for f in findings] == [
        (
            "2027-01",
            Severity.WARNING,
            "手元に残す資金（500千円）を下回ります（翌月繰越 250千円）。",
        )
    ]


def test_the_opening_balance_must_be_the_closing_one_before() -> None:
    table = months(cash_sales=10)
    broken = changed(table, 1, opening_balance=1011, closing_balance=1021)
    assert said(check(broken)) == [
        ("2026-12", "opening_balance", Severity.HARD),
        ("2027-01", "opening_balance", Severity.HARD),
    ]
    assert str(check(broken)[0].sentence) == (
        "前月繰越が前の月の翌月繰越と合いません（記載 1,011、前の月 1,010）。"
    )


def test_the_closing_balance_must_be_its_own_sum_to_the_last_thousand() -> None:
    broken = changed(months(cash_sales=10), 2, closing_balance=1031)
    (finding,) = check(broken)
    assert (finding.key, finding.severity) == ("closing_balance", Severity.HARD)
    assert str(finding.sentence) == "翌月繰越が内訳の合計と合いません（記載 1,031、計算 1,030）。"


@pytest.mark.parametrize(("off", "warned"), [(2, 0), (-2, 0), (3, 1), (-3, 1)])
def test_a_subtotal_may_be_off_by_one_thousand_for_each_figure_in_it(off: int, warned: int) -> None:
    table = months(cash_sales=10, receivables_collected=20)
    receipts = table[2].operating_receipts + off
    broken = changed(
        table,
        2,
        operating_receipts=receipts,
        operating_balance=receipts,
        closing_balance=table[2].closing_balance + off,
    )
    assert said(check(broken)) == [("2027-01", "operating_receipts", Severity.WARNING)] * warned


@given(st.sampled_from(ENTRY_KEYS))
def test_a_row_with_a_sign_takes_no_negative_amount(key: str) -> None:
    table = months(**{key: -1})
    assert [s for s in said(check(table)) if s[0] == "2026-11"] == [("2026-11", key, Severity.HARD)]


@given(st.dictionaries(st.sampled_from(ENTRY_KEYS), st.integers(0, 10**6)), st.integers())
def test_whatever_is_entered_a_rolled_table_has_no_hard_finding(
    entries: dict[str, int], opening: int
) -> None:
    table = roll_forward(opening, months(**entries))
    assert [f for f in check(table) if f.severity is not Severity.SHORTAGE] == []
    paid = {row.key for row in ROWS if row.sign is Sign.MINUS}
    moved = sum(-amount if key in paid else amount for key, amount in entries.items())
    assert table[-1].closing_balance == opening + 3 * moved


def test_months_must_follow_each_other_over_the_turn_of_the_year() -> None:
    table = months()
    assert check(table) == []
    assert said(check(changed(table, 2, month="2027-02"))) == [("2027-02", "month", Severity.HARD)]


def test_no_month_is_actual_after_a_forecast() -> None:
    table = changed(months(), 0, kind=MonthKind.FORECAST)
    table[2] = replace(table[2], kind=MonthKind.ACTUAL)
    assert said(check(table)) == [("2027-01", "kind", Severity.HARD)]


def test_repayments_are_compared_with_the_loans_only_when_these_are_known() -> None:
    table = months(loan_repayments=30)
    assert check(table) == []
    assert said(check(table[:1], monthly_principal=40)) == [
        ("2026-11", "loan_repayments", Severity.WARNING)
    ]


def test_the_loan_balance_follows_borrowing_and_repaying() -> None:
    table = months(new_borrowings=100, loan_repayments=30)
    right = [replace(m, borrowings_balance=500 + 70 * n) for n, m in enumerate(table)]
    assert check(right) == []
    right[2] = replace(right[2], borrowings_balance=641)
    assert said(check(right)) == [("2027-01", "borrowings_balance", Severity.WARNING)]
