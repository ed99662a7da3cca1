"""ローカルベンチマーク: the six financial indicators of METI's health check.

Formulas are those of the domain dictionary, 5.1 [found: F02, F03]; the rules for impossible
values are the product's own [proposal], because the tool's were not to be had. There are no
grades: they need METI's table for the industry, which is not part of the product (5.2).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.domain.figures import format_decimal, format_ratio
from app.domain.sentences import _
from app.domain.statements import FiscalYear
from app.domain.text import Problem, Sentence


@dataclass(frozen=True, slots=True)
class Definition:
    """One of the six, with the view it belongs to (観点) and the direction that is good."""

    key: str
    label: str
    viewpoint: str
    unit: str
    higher_is_better: bool
    digits: int


@dataclass(frozen=True, slots=True)
class Indicator:
    """A computed indicator. ``text`` is complete by itself; ``value`` is None if there is none.

    Ratios are kept as ratios (0.1786), and ``unit`` says how they are shown (%).
    """

    key: str
    label: str
    value: float | None
    text: Sentence
    unit: str
    note: str = ""


# ``digits`` are those of the stored value, as in the import format.
DEFINITIONS = (
    Definition("sales_growth_rate", _("売上増加率"), _("売上持続性"), "%", True, 4),
    Definition("operating_margin", _("営業利益率"), _("収益性"), "%", True, 4),
    Definition("labor_productivity", _("労働生産性"), _("生産性"), _("千円/人"), True, 1),
    Definition("ebitda_debt_ratio", _("EBITDA有利子負債倍率"), _("健全性"), _("倍"), False, 2),
    Definition(
        "working_capital_months", _("営業運転資本回転期間"), _("効率性"), _("か月"), False, 2
    ),
    Definition("equity_ratio", _("自己資本比率"), _("安全性"), "%", True, 4),
)
_BY_KEY = {definition.key: definition for definition in DEFINITIONS}

NO_PRIOR_YEAR = _("前期なし")
NO_PRIOR_SALES = _("算出不能（前期の売上高がゼロ以下）")
NO_SALES = _("算出不能（売上高がゼロ以下）")
NO_EMPLOYEES = _("算出不能（従業員数がゼロ）")
NO_ASSETS = _("算出不能（総資産がゼロ以下）")
EBITDA_NEGATIVE = _("算出不能（EBITDAがマイナス）")
EBITDA_ZERO = _("算出不能（EBITDAがゼロ）")
NET_CASH = _("実質無借金")
OFFICERS_EXCLUDED = _("役員借入金は借入金に含めていません。")
OFFICERS_INCLUDED = _("役員借入金を借入金に含めています。")


def indicators(
    year: FiscalYear, *, include_officer_borrowings: bool = False
) -> tuple[Indicator, ...]:
    """Compute the six in METI's order.

    Whether 役員借入金 counts as debt in METI's tool was not verified, so whoever reads the figure
    chooses, and the choice is printed as the indicator's note.
    """
    profit, sheet = year.profit_and_loss, year.balance_sheet
    prior = year.prior_year_sales
    growth = (
        _absent("sales_growth_rate", NO_PRIOR_YEAR)
        if prior is None
        else _ratio("sales_growth_rate", profit.sales - prior, prior, NO_PRIOR_SALES)
    )
    working_capital = (
        sheet.notes_receivable
        + sheet.accounts_receivable
        + sheet.inventories
        - sheet.notes_payable
        - sheet.accounts_payable
    )
    return (
        growth,
        _ratio("operating_margin", profit.operating_profit, profit.sales, NO_SALES),
        _ratio("labor_productivity", profit.operating_profit, year.employees, NO_EMPLOYEES),
        _debt_ratio(year, include_officer_borrowings),
        _ratio("working_capital_months", working_capital * 12, profit.sales, NO_SALES),
        _ratio("equity_ratio", sheet.total_net_assets, sheet.total_assets, NO_ASSETS),
    )


def _debt_ratio(year: FiscalYear, include_officer_borrowings: bool) -> Indicator:
    """(借入金 − 現金・預金) ÷ EBITDA.

    Two negatives would make a harmless-looking positive figure [found: F05], so an EBITDA of zero
    or less has no value at all; with more cash than debt the value stays, as 実質無借金.
    """
    key, sheet = "ebitda_debt_ratio", year.balance_sheet
    debt = sheet.short_term_borrowings + sheet.long_term_borrowings - sheet.cash_and_deposits
    note = OFFICERS_EXCLUDED
    if include_officer_borrowings:
        debt += sheet.officer_borrowings
        note = OFFICERS_INCLUDED
    if year.ebitda <= 0:
        return _absent(key, EBITDA_NEGATIVE if year.ebitda < 0 else EBITDA_ZERO, note)
    value = Fraction(debt, year.ebitda)
    text = Sentence(NET_CASH) if debt <= 0 else _shown(_BY_KEY[key], value)
    return _present(key, value, text, note)


def _ratio(key: str, above: int, below: int, impossible: str) -> Indicator:
    if below <= 0:
        return _absent(key, impossible)
    value = Fraction(above, below)
    return _present(key, value, _shown(_BY_KEY[key], value))


def _present(key: str, value: Fraction, text: Sentence, note: str = "") -> Indicator:
    definition = _BY_KEY[key]
    kept = round(float(value), definition.digits)
    return Indicator(key, definition.label, kept, text, definition.unit, note)


def _absent(key: str, text: str, note: str = "") -> Indicator:
    definition = _BY_KEY[key]
    return Indicator(key, definition.label, None, Sentence(text), definition.unit, note)


def _shown(definition: Definition, value: Fraction) -> Sentence:
    """Show percent to one decimal, 千円 whole, 倍 and か月 to two decimals, unit included."""
    if definition.unit == "%":
        return Sentence(format_ratio(value))
    figure = format_decimal(value, 0 if definition.key == "labor_productivity" else 2)
    return Sentence(_("{figure}{unit}"), figure=figure, unit=Sentence(definition.unit))


def disagreements(year: FiscalYear, stated: object, path: str = "") -> list[Problem]:
    """Compare the indicators a file states (``local_benchmark``) with the computed ones."""
    name = ".".join(part for part in (path, "local_benchmark") if part)
    if not isinstance(stated, Mapping):
        return [Problem(name, Sentence(_("項目の組（オブジェクト）ではありません。")))]
    computed = {indicator.key: indicator for indicator in indicators(year)}
    problems = [
        Problem(f"{name}.{key}", Sentence(_("この形式にない項目です。")))
        for key in stated
        if key not in computed
    ]
    problems += [
        Problem(
            f"{name}.{key}",
            Sentence(_("計算した値（{computed}）と合いません。"), computed=indicator.value),
        )
        for key, indicator in computed.items()
        if key in stated and stated[key] != indicator.value
    ]
    return problems
