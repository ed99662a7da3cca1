"""決算書: one firm's year as it stands in the statements, in 千円.

The fields are those of the import format; what can be computed (labels, EBITDA, the benchmark)
is never stored, and is compared where a file states it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import TypeVar

from app.domain.dates import period_label
from app.domain.figures import format_thousands
from app.domain.reading import RecordReader
from app.domain.sentences import _
from app.domain.text import Problem, Sentence


@dataclass(frozen=True, slots=True)
class ProfitAndLoss:
    """損益計算書."""

    sales: int
    cost_of_sales: int
    gross_profit: int
    sga: int
    operating_profit: int
    non_operating_income: int
    interest_expense: int
    other_non_operating_expense: int
    ordinary_profit: int
    extraordinary_gain: int
    extraordinary_loss: int
    profit_before_tax: int
    income_taxes: int
    net_profit: int
    depreciation: int
    owner_drawings: int


@dataclass(frozen=True, slots=True)
class BalanceSheet:
    """貸借対照表. Borrowings from officers stand apart from those from lenders."""

    cash_and_deposits: int
    notes_receivable: int
    accounts_receivable: int
    inventories: int
    other_current_assets: int
    total_current_assets: int
    tangible_fixed_assets: int
    intangible_fixed_assets: int
    investments_and_other: int
    total_fixed_assets: int
    total_assets: int
    notes_payable: int
    accounts_payable: int
    short_term_borrowings: int
    other_current_liabilities: int
    total_current_liabilities: int
    long_term_borrowings: int
    officer_borrowings: int
    other_fixed_liabilities: int
    total_fixed_liabilities: int
    total_liabilities: int
    capital: int
    retained_earnings: int
    total_net_assets: int
    total_liabilities_and_net_assets: int


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """決算期. ``prior_year_sales`` is None in a firm's first period."""

    period_start: date
    period_end: date
    prior_year_sales: int | None
    employees: int
    profit_and_loss: ProfitAndLoss
    balance_sheet: BalanceSheet
    capital_expenditure: int

    @property
    def label(self) -> str:
        """2026年3月期."""
        return period_label(self.period_end)

    @property
    def label_wareki(self) -> str:
        """令和8年3月期."""
        return period_label(self.period_end, era=True)

    @property
    def ebitda(self) -> int:
        """営業利益 + 減価償却費 (5.1, indicator 4)."""
        return self.profit_and_loss.operating_profit + self.profit_and_loss.depreciation


FIGURE_LABELS = {
    "profit_and_loss": {
        "sales": _("売上高"),
        "cost_of_sales": _("売上原価"),
        "gross_profit": _("売上総利益"),
        "sga": _("販売費及び一般管理費"),
        "operating_profit": _("営業利益"),
        "non_operating_income": _("営業外収益"),
        "interest_expense": _("支払利息"),
        "other_non_operating_expense": _("その他の営業外費用"),
        "ordinary_profit": _("経常利益"),
        "extraordinary_gain": _("特別利益"),
        "extraordinary_loss": _("特別損失"),
        "profit_before_tax": _("税引前当期純利益"),
        "income_taxes": _("法人税等"),
        "net_profit": _("当期純利益"),
        "depreciation": _("減価償却費"),
        "owner_drawings": _("事業主貸（生活費）"),
    },
    "balance_sheet": {
        "cash_and_deposits": _("現金・預金"),
        "notes_receivable": _("受取手形"),
        "accounts_receivable": _("売掛金"),
        "inventories": _("棚卸資産"),
        "other_current_assets": _("その他の流動資産"),
        "total_current_assets": _("流動資産合計"),
        "tangible_fixed_assets": _("有形固定資産"),
        "intangible_fixed_assets": _("無形固定資産"),
        "investments_and_other": _("投資その他の資産"),
        "total_fixed_assets": _("固定資産合計"),
        "total_assets": _("資産合計"),
        "notes_payable": _("支払手形"),
        "accounts_payable": _("買掛金"),
        "short_term_borrowings": _("短期借入金"),
        "other_current_liabilities": _("その他の流動負債"),
        "total_current_liabilities": _("流動負債合計"),
        "long_term_borrowings": _("長期借入金"),
        "officer_borrowings": _("役員借入金"),
        "other_fixed_liabilities": _("その他の固定負債"),
        "total_fixed_liabilities": _("固定負債合計"),
        "total_liabilities": _("負債合計"),
        "capital": _("資本金"),
        "retained_earnings": _("利益剰余金"),
        "total_net_assets": _("純資産合計"),
        "total_liabilities_and_net_assets": _("負債・純資産合計"),
    },
}

# Each subtotal with its summands; "-" before a name takes it away.
SUBTOTALS: Mapping[str, Mapping[str, str]] = {
    "profit_and_loss": {
        "gross_profit": "sales -cost_of_sales",
        "operating_profit": "gross_profit -sga",
        "ordinary_profit": "operating_profit non_operating_income -interest_expense"
        " -other_non_operating_expense",
        "profit_before_tax": "ordinary_profit extraordinary_gain -extraordinary_loss",
        "net_profit": "profit_before_tax -income_taxes",
    },
    "balance_sheet": {
        "total_current_assets": "cash_and_deposits notes_receivable accounts_receivable"
        " inventories other_current_assets",
        "total_fixed_assets": "tangible_fixed_assets intangible_fixed_assets investments_and_other",
        "total_assets": "total_current_assets total_fixed_assets",
        "total_current_liabilities": "notes_payable accounts_payable short_term_borrowings"
        " other_current_liabilities",
        "total_fixed_liabilities": "long_term_borrowings officer_borrowings"
        " other_fixed_liabilities",
        "total_liabilities": "total_current_liabilities total_fixed_liabilities",
        "total_net_assets": "capital retained_earnings",
        "total_liabilities_and_net_assets": "total_liabilities total_net_assets",
    },
}


def checks(year: FiscalYear) -> list[Problem]:
    """Return warnings, never refusals: subtotals that are off, and sheets that do not balance.

    Statements are truncated to 千円, so a subtotal may be off by as many 千円 as rows are summed
    (domain dictionary, section 0). The two totals of the balance sheet are one figure printed
    twice, so they must be equal.
    """
    warnings = []
    for part, subtotals in SUBTOTALS.items():
        sheet = getattr(year, part)
        for name, terms in subtotals.items():
            summands = terms.split()
            total = sum(
                -getattr(sheet, term[1:]) if term[0] == "-" else getattr(sheet, term)
                for term in summands
            )
            stated = getattr(sheet, name)
            if abs(stated - total) > len(summands):
                warnings.append(
                    _off(
                        f"{part}.{name}",
                        _("{label}が内訳の合計と合いません（記載 {stated}、計算 {computed}）。"),
                        FIGURE_LABELS[part][name],
                        stated,
                        total,
                    )
                )
    sheet = year.balance_sheet
    if sheet.total_assets != sheet.total_liabilities_and_net_assets:
        warnings.append(
            _off(
                "balance_sheet.total_assets",
                _("{label}が負債・純資産合計と合いません（記載 {stated}、相手 {computed}）。"),
                FIGURE_LABELS["balance_sheet"]["total_assets"],
                sheet.total_assets,
                sheet.total_liabilities_and_net_assets,
            )
        )
    return warnings


def _off(path: str, template: str, label: str, stated: int, computed: int) -> Problem:
    figures = {"stated": format_thousands(stated), "computed": format_thousands(computed)}
    return Problem(path, Sentence(template, label=Sentence(label), **figures))


def from_mapping(data: object, path: str = "") -> tuple[FiscalYear | None, list[Problem]]:
    """Read one year of an import file; any problem means no year, and each names its field.

    ``path`` is put before the field names. Stated labels and EBITDA may be left out and must
    agree when given; a stated ``local_benchmark`` is compared by ``app.domain.benchmark``.
    """
    reader = RecordReader(data, path)
    reader.refuse_unknown({field.name for field in fields(FiscalYear)} | {*_STATED, *_COMPARED})
    year = FiscalYear(
        period_start=reader.day("period_start"),
        period_end=reader.day("period_end"),
        prior_year_sales=reader.figure_or_none("prior_year_sales"),
        employees=reader.figure("employees"),
        profit_and_loss=_read_sheet(reader.record("profit_and_loss"), ProfitAndLoss),
        balance_sheet=_read_sheet(reader.record("balance_sheet"), BalanceSheet),
        capital_expenditure=reader.figure("capital_expenditure"),
    )
    if reader.problems:
        return None, reader.problems
    if year.period_end < year.period_start:
        reader.report("period_end", _("期末が期首より前の日付です。"))
    if year.employees < 0:
        reader.report("employees", _("従業員数は0以上で入力してください。"))
    for name in _STATED:
        if reader.has(name) and reader.value(name) != (computed := getattr(year, name)):
            reader.report(name, _("計算した値（{computed}）と合いません。"), computed=computed)
    return (None if reader.problems else year), reader.problems


_STATED = ("label", "label_wareki", "ebitda")
_COMPARED = ("local_benchmark",)
_Sheet = TypeVar("_Sheet", ProfitAndLoss, BalanceSheet)


def _read_sheet(reader: RecordReader, kind: type[_Sheet]) -> _Sheet:
    names = [field.name for field in fields(kind)]
    reader.refuse_unknown(set(names))
    return kind(*(reader.figure(name) for name in names))
