"""Three years and a cash table for a firm, from the first firm of the demonstration."""

import json
from dataclasses import asdict
from typing import Any

from app.domain import cashflow_form, statements
from app.settings import ROOT
from app.store.tables.firms import CashFlowMonthRow, FiscalYearRow
from app.store.unit_of_work import Database


def demonstration() -> dict[str, Any]:
    file = json.loads((ROOT / "app" / "data" / "demo_cases.json").read_text(encoding="utf-8"))
    first: dict[str, Any] = file["cases"][0]
    return first


def give_figures(database: Database, firm_id: str) -> None:
    """The last of the three years has a negative EBITDA."""
    record = demonstration()
    with database.begin() as uow:
        for given in record["fiscal_years"]:
            year, problems = statements.from_mapping(given)
            assert year is not None, problems
            uow.session.add(
                FiscalYearRow(
                    firm_id=firm_id,
                    period_start=year.period_start,
                    period_end=year.period_end,
                    prior_year_sales=year.prior_year_sales,
                    employees=year.employees,
                    capital_expenditure=year.capital_expenditure,
                    profit_and_loss=asdict(year.profit_and_loss),
                    balance_sheet=asdict(year.balance_sheet),
                )
            )
        for given in record["cash_flow_table"]["rows"]:
            month, problems = cashflow_form.from_mapping(given)
            assert month is not None, problems
            uow.session.add(
                CashFlowMonthRow(
                    firm_id=firm_id,
                    month=month.month,
                    kind=month.kind,
                    figures=cashflow_form.amounts(month),
                )
            )
