import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from app.domain.cashflow_form import (
    ROW_BY_KEY,
    ROWS,
    MonthFigures,
    MonthKind,
    Section,
    amounts,
    from_mapping,
)

DEMO = Path(__file__).parents[2] / "app" / "data" / "demo_cases.json"
CASES: list[dict[str, Any]] = json.loads(DEMO.read_text(encoding="utf-8"))["cases"]
RECORDS = [row for case in CASES for row in (case.get("cash_flow_table") or {"rows": []})["rows"]]


def problems_of(record: object) -> list[tuple[str, str]]:
    month, problems = from_mapping(record, "rows.3")
    assert month is None
    return [(problem.path, str(problem.sentence)) for problem in problems]


def test_every_month_of_the_demonstration_is_read() -> None:
    assert len(RECORDS) == 60
    for record in RECORDS:
        month, problems = from_mapping(record)
        assert problems == []
        assert month is not None
        stated = {key: value for key, value in record.items() if key in ROW_BY_KEY}
        assert amounts(month) == dict.fromkeys(amounts(month), 0) | stated
        assert (month.month, month.kind) == (record["month"], MonthKind.FORECAST)


def test_the_form_and_a_month_have_the_same_rows_in_the_same_order() -> None:
    assert [field.name for field in fields(MonthFigures)] == ["month", "kind", *ROW_BY_KEY]
    assert len(ROWS) == len(ROW_BY_KEY)
    sections = [row.section for row in ROWS]
    assert list(dict.fromkeys(sections)) == list(Section)


def test_rows_left_out_are_zero_but_totals_must_be_given() -> None:
    record = {key: value for key, value in RECORDS[0].items() if value != 0}
    full, _problems = from_mapping(RECORDS[0])
    short, problems = from_mapping(record | {"investing_balance": 0})
    assert (short, problems) == (full, [])
    del record["closing_balance"]
    assert problems_of(record | {"investing_balance": 0}) == [
        ("rows.3.closing_balance", "項目がありません。")
    ]


def test_reference_rows_may_be_unknown() -> None:
    month, _problems = from_mapping(RECORDS[0] | {"sales": 5, "purchases": None})
    assert month is not None
    assert (month.sales, month.purchases, month.borrowings_balance) == (5, None, None)
    assert "purchases" not in amounts(month)


@pytest.mark.parametrize("wrong", ["2026-13", "2026/04", "2026-4", 202604, None, "２０２６-04"])
def test_a_month_has_one_form(wrong: object) -> None:
    assert problems_of(RECORDS[0] | {"month": wrong}) == [
        ("rows.3.month", "年月（2026-04 の形）ではありません。")
    ]


def test_a_record_that_is_no_record_is_one_problem() -> None:
    assert problems_of([]) == [("rows.3", "項目の組（オブジェクト）ではありません。")]


def test_every_bad_field_is_named() -> None:
    bad = RECORDS[0] | {"kind": "plan", "cash_sales": "12", "memo": 1}
    assert [path for path, _sentence in problems_of(bad)] == [
        "rows.3.memo",
        "rows.3.kind",
        "rows.3.cash_sales",
    ]


@pytest.mark.parametrize("kind", [None, [], {}, 3])
def test_a_kind_of_another_type_is_no_kind(kind: object) -> None:
    assert [path for path, _sentence in problems_of(RECORDS[0] | {"kind": kind})] == ["rows.3.kind"]
