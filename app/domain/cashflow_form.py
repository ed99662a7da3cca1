"""資金繰り表, the form: its rows from top to bottom, and one month's column.

Rows follow the domain dictionary, 5.4 [found: F27]; forms differ by lender, so rows a firm does
not use are hidden rather than missing. Everything is in 千円.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from app.domain.reading import RecordReader
from app.domain.sentences import _
from app.domain.text import Problem


class Section(StrEnum):
    """The blocks of the form, from top to bottom."""

    OPENING = "opening"
    RECEIPTS = "receipts"
    PAYMENTS = "payments"
    INVESTING = "investing"
    FINANCING = "financing"
    CLOSING = "closing"
    REFERENCE = "reference"


class Sign(StrEnum):
    """How a row enters its section: received, paid, either, or computed from other rows."""

    PLUS = "+"
    MINUS = "-"
    EITHER = "±"
    COMPUTED = "="


class MonthKind(StrEnum):
    """Whether a month has happened."""

    ACTUAL = "actual"
    ESTIMATE = "estimate"
    FORECAST = "forecast"


SECTION_LABELS = {
    Section.OPENING: _("前月繰越"),
    Section.RECEIPTS: _("経常収入"),
    Section.PAYMENTS: _("経常支出"),
    Section.INVESTING: _("経常外収支"),
    Section.FINANCING: _("財務収支"),
    Section.CLOSING: _("翌月繰越"),
    Section.REFERENCE: _("参考"),
}
MONTH_KIND_LABELS = {
    MonthKind.ACTUAL: _("実績"),
    MonthKind.ESTIMATE: _("見込"),
    MonthKind.FORECAST: _("予定"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the form."""

    key: str
    label: str
    sign: Sign
    section: Section


ROWS = (
    Row("opening_balance", _("前月繰越"), Sign.EITHER, Section.OPENING),
    Row("cash_sales", _("現金売上"), Sign.PLUS, Section.RECEIPTS),
    Row("receivables_collected", _("売掛金回収"), Sign.PLUS, Section.RECEIPTS),
    Row("notes_collected", _("受取手形・電子記録債権の期日入金"), Sign.PLUS, Section.RECEIPTS),
    Row("notes_discounted", _("手形割引"), Sign.PLUS, Section.RECEIPTS),
    Row("advances_received", _("前受金"), Sign.PLUS, Section.RECEIPTS),
    Row("other_operating_receipts", _("その他の経常収入"), Sign.PLUS, Section.RECEIPTS),
    Row("operating_receipts", _("経常収入計"), Sign.COMPUTED, Section.RECEIPTS),
    Row("cash_purchases", _("現金仕入"), Sign.MINUS, Section.PAYMENTS),
    Row("payables_paid", _("買掛金支払"), Sign.MINUS, Section.PAYMENTS),
    Row("notes_paid", _("支払手形決済"), Sign.MINUS, Section.PAYMENTS),
    Row("subcontract", _("外注費"), Sign.MINUS, Section.PAYMENTS),
    Row("personnel_expenses", _("人件費"), Sign.MINUS, Section.PAYMENTS),
    Row("other_expenses", _("諸経費"), Sign.MINUS, Section.PAYMENTS),
    Row("interest_paid", _("支払利息"), Sign.MINUS, Section.PAYMENTS),
    Row("taxes_paid", _("税金・社会保険料"), Sign.MINUS, Section.PAYMENTS),
    Row("lease_paid", _("リース料"), Sign.MINUS, Section.PAYMENTS),
    Row("owner_drawings", _("生活費（事業主貸）"), Sign.MINUS, Section.PAYMENTS),
    Row("other", _("その他の経常支出"), Sign.MINUS, Section.PAYMENTS),
    Row("operating_payments", _("経常支出計"), Sign.COMPUTED, Section.PAYMENTS),
    Row("operating_balance", _("経常収支"), Sign.COMPUTED, Section.PAYMENTS),
    Row("asset_sales", _("設備等売却収入"), Sign.PLUS, Section.INVESTING),
    Row("capital_investment", _("設備投資支出"), Sign.MINUS, Section.INVESTING),
    Row("securities", _("有価証券（売却−取得）"), Sign.EITHER, Section.INVESTING),
    Row("other_investing", _("その他の経常外収支"), Sign.EITHER, Section.INVESTING),
    Row("investing_balance", _("経常外収支"), Sign.COMPUTED, Section.INVESTING),
    Row("new_borrowings", _("借入（短期・長期）"), Sign.PLUS, Section.FINANCING),
    Row("officer_borrowings", _("役員借入"), Sign.PLUS, Section.FINANCING),
    Row("capital_increase", _("増資"), Sign.PLUS, Section.FINANCING),
    Row("loan_repayments", _("借入金返済（短期・長期）"), Sign.MINUS, Section.FINANCING),
    Row("officer_repayments", _("役員借入返済"), Sign.MINUS, Section.FINANCING),
    Row("lease_principal", _("リース元本"), Sign.MINUS, Section.FINANCING),
    Row("financing_balance", _("財務収支"), Sign.COMPUTED, Section.FINANCING),
    Row("closing_balance", _("翌月繰越"), Sign.COMPUTED, Section.CLOSING),
    Row("borrowings_balance", _("借入金残高"), Sign.EITHER, Section.REFERENCE),
    Row("sales", _("売上高"), Sign.EITHER, Section.REFERENCE),
    Row("purchases", _("仕入高"), Sign.EITHER, Section.REFERENCE),
)
ROW_BY_KEY = {row.key: row for row in ROWS}

_MONTH = re.compile(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFigures:
    """One column of the form; ``month`` is 2026-04. Reference rows may be unknown."""

    month: str
    kind: MonthKind
    opening_balance: int = 0
    cash_sales: int = 0
    receivables_collected: int = 0
    notes_collected: int = 0
    notes_discounted: int = 0
    advances_received: int = 0
    other_operating_receipts: int = 0
    operating_receipts: int = 0
    cash_purchases: int = 0
    payables_paid: int = 0
    notes_paid: int = 0
    subcontract: int = 0
    personnel_expenses: int = 0
    other_expenses: int = 0
    interest_paid: int = 0
    taxes_paid: int = 0
    lease_paid: int = 0
    owner_drawings: int = 0
    other: int = 0
    operating_payments: int = 0
    operating_balance: int = 0
    asset_sales: int = 0
    capital_investment: int = 0
    securities: int = 0
    other_investing: int = 0
    investing_balance: int = 0
    new_borrowings: int = 0
    officer_borrowings: int = 0
    capital_increase: int = 0
    loan_repayments: int = 0
    officer_repayments: int = 0
    lease_principal: int = 0
    financing_balance: int = 0
    closing_balance: int = 0
    borrowings_balance: int | None = None
    sales: int | None = None
    purchases: int | None = None


def amounts(month: MonthFigures) -> dict[str, int]:
    """Return the month's figures by key, without the reference rows nobody filled in."""
    values = {row.key: getattr(month, row.key) for row in ROWS}
    return {key: value for key, value in values.items() if value is not None}


def from_mapping(data: object, path: str = "") -> tuple[MonthFigures | None, list[Problem]]:
    """Read one month of an import file; any problem means no month, and each names its field.

    The opening balance and the totals must be given; a row that is left out is 0.
    """
    reader = RecordReader(data, path)
    reader.refuse_unknown({"month", "kind", *ROW_BY_KEY})
    month, kind = reader.value("month"), reader.value("kind")
    if not (isinstance(month, str) and _MONTH.fullmatch(month)):
        reader.report("month", _("年月（2026-04 の形）ではありません。"))
    if kind not in tuple(MonthKind):
        reader.report(
            "kind", _("実績・見込・予定（actual, estimate, forecast）のいずれでもありません。")
        )
    figures = {
        row.key: reader.figure(row.key)
        for row in ROWS
        if row.key == "opening_balance"
        or row.sign is Sign.COMPUTED
        or (reader.has(row.key) and reader.value(row.key) is not None)
    }
    if reader.problems:
        return None, reader.problems
    return MonthFigures(month=str(month), kind=MonthKind(str(kind)), **figures), []
