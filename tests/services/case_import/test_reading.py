"""Broken copies of the demonstration file: each is refused at the field that is broken."""

import copy
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.services.case_import.reading import MOST_BYTES, Reading, read
from app.settings import ROOT

FILE: Path = ROOT / "app" / "data" / "demo_cases.json"
TODAY = date(2026, 11, 24)


@cache
def parsed() -> Any:
    return json.loads(FILE.read_bytes())


def broken(path: str, value: object, *, remove: bool = False) -> Reading:
    """Read a copy with one field replaced; ``cases.0`` is C01."""
    content = copy.deepcopy(parsed())
    content["cases"] = content["cases"][:2]
    *way, last = path.split(".")
    place = content
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    key: Any = int(last) if last.isdigit() else last
    if remove:
        del place[key]
    else:
        place[key] = value
    return read(json.dumps(content).encode(), TODAY)


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(problem.case_id, problem.path) for problem in reading.problems]


def test_the_demonstration_file_has_nothing_wrong_and_nothing_odd() -> None:
    reading = read(FILE.read_bytes(), TODAY)

    assert (reading.problems, reading.warnings) == ([], [])
    assert len(reading.cases) == 24
    assert [len(case.months) for case in reading.cases if case.months] == [12] * 5


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("firm.name", ""),
        ("firm.name", "あ" * 121),
        ("firm.name", "改行\nあり"),
        ("firm.name", "孤立\ud83d"),
        ("firm.name", 5),
        ("firm.name_kana", "漢字"),
        ("firm.legal_form", "財閥"),
        ("firm.is_corporation", "true"),
        ("firm.is_corporation", False),
        ("firm.corporate_number", "599000110000"),
        ("firm.corporate_number", 5990001100001),
        ("firm.representative_age", "52"),
        ("firm.founded", "平成21年"),
        ("firm.prefecture_code", "48"),
        ("firm.prefecture", "大阪府"),
        ("firm.industry.jsic_major", "Z"),
        ("firm.capital", -1),
        ("firm.capital", 10**12),
        ("firm.fiscal_year_end_month", 13),
        ("life_cycle_phase", "円熟"),
        ("referrer.agency_kind", "party"),
        ("referrer.organization", "別の信用金庫"),
        ("conference_kind", "party"),
        ("agencies.party", "楽しい会"),
        ("background", "あ" * 2001),
        ("issues", "課題"),
        ("issues.1", None),
        ("non_financial.manager", ""),
        ("fiscal_years", []),
        ("fiscal_years.0.period_end", "2024/03/31"),
        ("fiscal_years.1.period_end", "2024-02-30"),
        ("fiscal_years.1.profit_and_loss.sales", "221,000"),
        ("fiscal_years.1.profit_and_loss.sales", 1.5),
        ("fiscal_years.1.balance_sheet.goodwill", 1),
        ("fiscal_years.2.label", "2025年3月期"),
        ("fiscal_years.2.prior_year_sales", 10**12),
        ("exposure.loans.0.balance", -1),
        ("exposure.loans.0.lender_kind", "usurer"),
        ("exposure.loans.0.term", "forever"),
        ("exposure.loans.0.annual_rate_percent", "1.3"),
        ("exposure.loans.0.annual_rate_percent", True),
        ("exposure.loans.0.annual_rate_percent", 109.5),
        ("exposure.loans.0.repayment_status", "gone"),
        ("exposure.loans.0.guarantee.guarantee_ratio", 0),
        ("exposure.loans.0.guarantee.status", "forgotten"),
        ("consent.status", "maybe"),
        ("consent.method", "口頭"),
        ("consent.method", None),
        ("consent.granted_on", None),
        ("consent.valid_until", "2026-10-20"),
        ("consent.scope_agency_kinds.0", "smrj"),
        ("consent.scope_agency_kinds", []),
        ("consent.scope_item_groups.0", "private"),
        ("consent.scope_item_groups", ["finance"]),
        ("consent.withdrawn_on", "2026-11-01"),
        ("consent.history", [{"status": "withdrawn", "on": "いつか", "reason": "x"}]),
        ("sample_opinions.first_round.0.stance", "agree"),
        ("sample_opinions.final_round.0.preferred_lead", "smrj"),
        ("support_plan.period_months", 0),
        ("cash_flow_table.rows.3.month", "2026-13"),
        ("cash_flow_table.rows.3.cash_sales", "多い"),
        ("surprise", 1),
        ("consent.surprise", 1),
    ],
)
def test_a_bad_field_is_named_with_its_case(path: str, value: object) -> None:
    reading = broken(f"cases.0.{path}", value)

    reported = told(reading)
    assert {case_id for case_id, _path in reported} == {"C01"}
    shown = path.partition(".history")[0]
    assert any(one == path or one.startswith(shown) for _case, one in reported), reported
    assert not any(str(problem.sentence).isascii() for problem in reading.problems)
    assert [case.record.case_id for case in reading.cases] == ["C02"]


@pytest.mark.parametrize(
    "path",
    [
        "firm",
        "firm.name",
        "consent",
        "consent.scope_item_groups",
        "fiscal_years.0.balance_sheet",
        "fiscal_years.0.profit_and_loss.sales",
        "exposure.loans.0.guarantee",
        "support_plan",
        "cash_flow_table.rows.0.closing_balance",
    ],
)
def test_a_missing_field_is_named_with_its_case(path: str) -> None:
    reading = broken(f"cases.0.{path}", None, remove=True)

    assert [one for one in told(reading) if one[1].startswith(path)] != []


def test_every_bad_field_of_every_case_is_reported_at_once() -> None:
    content = copy.deepcopy(parsed())
    content["cases"] = content["cases"][:3]
    content["cases"][0]["firm"]["name"] = 1
    content["cases"][0]["fiscal_years"][0]["employees"] = "多数"
    content["cases"][2]["consent"]["status"] = "maybe"

    reading = read(json.dumps(content).encode(), TODAY)

    assert told(reading) == [
        ("C01", "firm.name"),
        ("C01", "fiscal_years.0.employees"),
        ("C03", "consent.status"),
    ]


def test_months_that_do_not_add_up_are_refused() -> None:
    reading = broken("cases.0.cash_flow_table.rows.3.closing_balance", 1)

    assert told(reading) == [
        ("C01", "cash_flow_table.rows.3.closing_balance"),
        ("C01", "cash_flow_table.rows.4.opening_balance"),
    ]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("firm.corporate_number", "1990001100001"),
        ("firm.founded_wareki", "平成22年"),
        ("fiscal_years.2.profit_and_loss.gross_profit", 1),
        ("fiscal_years.2.prior_year_sales", 1),
        ("fiscal_years.1.local_benchmark.equity_ratio", 0.5),
        ("exposure.total_borrowings", 1),
        ("exposure.lender_count", 9),
        ("exposure.loans.1.guarantee.guaranteed_balance", 6000),
        ("cash_flow_table.rows.3.operating_receipts", 1),
    ],
)
def test_figures_that_do_not_add_up_are_warnings(path: str, value: object) -> None:
    reading = broken(f"cases.0.{path}", value)

    assert reading.problems == []
    assert ("C01", path) in [(warning.case_id, warning.path) for warning in reading.warnings]


def test_truncated_amounts_are_no_warning() -> None:
    exact = parsed()["cases"][0]["exposure"]["total_borrowings"]

    assert broken("cases.0.exposure.total_borrowings", exact + 4).warnings == []


def test_what_is_used_twice_is_refused() -> None:
    same_id = broken("cases.1.case_id", "C01")
    same_number = broken("cases.1.firm.corporate_number", "5990001100001")

    assert told(same_id) == [("", "")]
    assert told(same_number) == [("", "")]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'"cases"',
        b"{",
        b'{"schema": NaN}',
        b'{"schema": "demo_cases/1", "schema": "demo_cases/1"}',
        b"[" * 100_000,
        '{"schema": "円卓"}'.encode("utf-16"),
        b'{"n": ' + b"9" * 5000 + b"}",
        b" " * (MOST_BYTES + 1),
    ],
    ids=["empty", "list", "text", "cut", "nan", "twice", "deep", "utf16", "digits", "large"],
)
def test_what_is_no_case_file_is_refused_as_a_whole(data: bytes) -> None:
    reading = read(data, TODAY)

    assert told(reading) == [("", "")]
    assert reading.cases == []


@pytest.mark.parametrize("path", ["schema", "unit", "as_of"])
def test_another_schema_or_unit_is_refused(path: str) -> None:
    assert told(broken(path, "demo_cases/2")) == [("", path)]


def test_a_byte_order_mark_is_taken() -> None:
    assert len(read(b"\xef\xbb\xbf" + FILE.read_bytes(), TODAY).cases) == 24


@pytest.mark.parametrize("case", [None, 7, "C01", [], {}, {"case_id": 1}])
def test_a_case_that_is_none_is_named_by_its_place(case: object) -> None:
    reading = broken("cases.1", case)

    assert {case_id for case_id, _path in told(reading)} == {"#2"}
