"""A firm as a paper shows it: basic facts, three years of figures, indicators, the cash table."""

from collections.abc import Mapping, Set
from datetime import date

from sqlmodel import Session, col, select

from app.domain import benchmark
from app.domain.benchmark import OFFICERS_EXCLUDED
from app.domain.cashflow_form import MONTH_KIND_LABELS, MonthKind
from app.domain.consent import ItemGroup
from app.domain.dates import era_year
from app.domain.plan_paper import CashMonth, FirmFacts, Indicator, YearFigures
from app.domain.prefectures import PREFECTURES
from app.domain.statements import BalanceSheet, FiscalYear, ProfitAndLoss
from app.store.tables.firms import CashFlowMonthRow, FirmRow, FiscalYearRow

YEARS_SHOWN = 3
MONTHS_SHOWN = 12
_PREFECTURE = {one.code: one.name for one in PREFECTURES}


def facts_of(
    firm: FirmRow, groups: Set[ItemGroup], business: str | None, phase: str | None
) -> FirmFacts:
    """企業概要; of a firm that keeps even that to itself, only the name."""
    if ItemGroup.IDENTITY not in groups:
        return FirmFacts(firm.name, None, None, "", "", *[None] * 7)
    postal = f"〒{firm.postal_code} " if firm.postal_code else ""
    return FirmFacts(
        name=firm.name,
        name_kana=firm.kana or None,
        corporate_number=firm.corporate_number,
        representative=firm.representative,
        address=f"{postal}{address_of(firm)}",
        industry=industry_of(firm),
        business=business,
        employees=firm.employees,
        capital=firm.capital,
        founded=founded_in_words(firm.founded),
        fiscal_year_end_month=firm.fiscal_year_end_month,
        phase=phase,
    )


def address_of(firm: FirmRow) -> str:
    return f"{_PREFECTURE.get(firm.prefecture_code, '')}{firm.city}{firm.address}"


def industry_of(firm: FirmRow) -> str | None:
    return firm.industry_middle_name or firm.industry_major_name or None


def founded_in_words(founded: str) -> str | None:
    """平成21年4月 for 2009-04, and the year alone where no month is known."""
    year, _dash, month = founded.partition("-")
    if not year.isdigit():
        return founded or None
    if not month.isdigit():
        return f"{year}年"
    return f"{era_year(date(int(year), int(month), 28))}{int(month)}月"


def years_of(session: Session, firm_id: str) -> list[FiscalYear]:
    """The newest closed years, the oldest of them first."""
    query = select(FiscalYearRow).where(FiscalYearRow.firm_id == firm_id)
    newest = query.order_by(col(FiscalYearRow.period_end).desc()).limit(YEARS_SHOWN)
    return [
        FiscalYear(
            period_start=row.period_start,
            period_end=row.period_end,
            prior_year_sales=row.prior_year_sales,
            employees=row.employees,
            profit_and_loss=ProfitAndLoss(**row.profit_and_loss),
            balance_sheet=BalanceSheet(**row.balance_sheet),
            capital_expenditure=row.capital_expenditure,
        )
        for row in reversed(session.exec(newest).all())
    ]


def figures_of(year: FiscalYear) -> YearFigures:
    """財務要約; borrowings are those from lenders, as in the indicators."""
    profit, sheet = year.profit_and_loss, year.balance_sheet
    return YearFigures(
        label=year.label_wareki,
        sales=profit.sales,
        operating_profit=profit.operating_profit,
        ordinary_profit=profit.ordinary_profit,
        net_profit=profit.net_profit,
        depreciation=profit.depreciation,
        cash=sheet.cash_and_deposits,
        borrowings=sheet.short_term_borrowings + sheet.long_term_borrowings,
        net_assets=sheet.total_net_assets,
        total_assets=sheet.total_assets,
        employees=year.employees,
    )


def indicators_of(years: list[FiscalYear]) -> tuple[Indicator, ...]:
    """The six over the years, without the unit, which stands in its own column."""
    by_year = [benchmark.indicators(year) for year in years]
    return tuple(
        Indicator(
            name=several[0].label,
            unit=several[0].unit,
            shown=tuple(_in_a_cell(one) for one in several),
            values=tuple(_charted(one) for one in several),
        )
        for several in zip(*by_year, strict=True)
    )


def note_of(years: list[FiscalYear]) -> str | None:
    """Which borrowings are counted, and why a figure of the table could not be computed."""
    if not years:
        return None
    reasons = [
        f"{one.label}（{year.label_wareki}）：{one.text}。"
        for year in years
        for one in benchmark.indicators(year)
        if str(one.text) != _in_a_cell(one) and one.value is None
    ]
    return "".join((OFFICERS_EXCLUDED, *reasons))


def _in_a_cell(indicator: benchmark.Indicator) -> str:
    """A figure without its unit; of what has no value, the first words (算出不能)."""
    text = str(indicator.text)
    return text.partition("（")[0] if indicator.value is None else text.removesuffix(indicator.unit)


def _charted(indicator: benchmark.Indicator) -> float | None:
    if indicator.value is None:
        return None
    return round(indicator.value * 100, 2) if indicator.unit == "%" else indicator.value


def cash_of(session: Session, firm_id: str) -> tuple[CashMonth, ...]:
    """The last months of the cash table that are known, planned ones included."""
    query = select(CashFlowMonthRow).where(CashFlowMonthRow.firm_id == firm_id)
    newest = query.order_by(col(CashFlowMonthRow.month).desc()).limit(MONTHS_SHOWN)
    return tuple(
        CashMonth(
            month=date.fromisoformat(f"{row.month}-01"),
            kind=MONTH_KIND_LABELS[MonthKind(row.kind)],
            opening=_figure(row.figures, "opening_balance"),
            operating_receipts=_figure(row.figures, "operating_receipts"),
            operating_payments=_figure(row.figures, "operating_payments"),
            investing_balance=_figure(row.figures, "investing_balance"),
            financing_balance=_figure(row.figures, "financing_balance"),
            closing=_figure(row.figures, "closing_balance"),
        )
        for row in reversed(session.exec(newest).all())
    )


def _figure(figures: Mapping[str, object], key: str) -> int:
    value = figures.get(key)
    return value if isinstance(value, int) else 0
