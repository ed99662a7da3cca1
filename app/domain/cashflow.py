"""資金繰り表: a firm's money month by month, carried forward, checked, and where it runs out.

The checks are those of the domain dictionary, 5.4. Everything is in 千円.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.cashflow_form import (
    ROW_BY_KEY,
    ROWS,
    MonthFigures,
    MonthKind,
    Sign,
    amounts,
)
from app.domain.figures import format_thousands
from app.domain.sentences import _
from app.domain.text import Sentence


class Severity(StrEnum):
    """``hard`` refuses the table; the others are shown beside it."""

    HARD = "hard"
    WARNING = "warning"
    SHORTAGE = "shortage"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be said about one figure of one month."""

    month: str
    key: str
    severity: Severity
    sentence: Sentence


def _summands(key: str) -> dict[str, int]:
    """Return what a computed row adds (1) and takes away (−1)."""
    if key == "operating_balance":
        return {"operating_receipts": 1, "operating_payments": -1}
    if key == "closing_balance":
        balances = ("opening_balance", "operating_balance", "investing_balance")
        return dict.fromkeys((*balances, "financing_balance"), 1)
    rows = (row for row in ROWS if row.section is ROW_BY_KEY[key].section)
    # Payments are written as positive figures, and so is their own total.
    minus = 1 if key == "operating_payments" else -1
    return {
        row.key: minus if row.sign is Sign.MINUS else 1
        for row in rows
        if row.sign is not Sign.COMPUTED
    }


_SUBTOTALS = {row.key: _summands(row.key) for row in ROWS if row.sign is Sign.COMPUTED}


def roll_forward(opening_balance: int, months: Sequence[MonthFigures]) -> tuple[MonthFigures, ...]:
    """Compute every total, carrying each month's closing balance into the next."""
    rolled = []
    for month in months:
        figures = amounts(month) | {"opening_balance": opening_balance}
        for key, parts in _SUBTOTALS.items():
            figures[key] = sum(sign * figures[part] for part, sign in parts.items())
        opening_balance = figures["closing_balance"]
        rolled.append(MonthFigures(month=month.month, kind=month.kind, **figures))
    return tuple(rolled)


def shortage_month(months: Sequence[MonthFigures]) -> str | None:
    """Return the first month that closes below zero (資金不足), or None."""
    return next((month.month for month in months if month.closing_balance < 0), None)


def _month_after(month: str) -> str:
    year, number = divmod(int(month[:4]) * 12 + int(month[5:]), 12)
    return f"{year:04}-{number + 1:02}"


def check(
    months: Sequence[MonthFigures], *, monthly_principal: int | None = None, floor: int = 0
) -> list[Finding]:
    """Check a table month by month.

    Hard: months that do not follow each other, an actual month after a forecast, a negative
    amount where the row has a sign, an opening balance that is not the closing one before, and a
    closing balance that is not its own sum. Subtotals may be off by as many 千円 as figures are
    summed. ``monthly_principal`` is Σ of the loans' instalments and ``floor`` the cash the firm
    itself wants to keep; without them nothing is said about either.
    """
    findings: list[Finding] = []
    before: MonthFigures | None = None
    forecast_seen = False
    for month in months:
        said = _Findings(month, findings)
        said.sequence(before, forecast_seen)
        said.figures()
        said.outlook(before, monthly_principal, floor)
        forecast_seen = forecast_seen or month.kind is MonthKind.FORECAST
        before = month
    return findings


@dataclass(frozen=True, slots=True)
class _Findings:
    month: MonthFigures
    found: list[Finding]

    def say(self, key: str, severity: Severity, template: str, **values: int | str) -> None:
        told = {
            name: format_thousands(value) if isinstance(value, int) else Sentence(value)
            for name, value in values.items()
        }
        sentence = Sentence(template, **told)
        self.found.append(Finding(self.month.month, key, severity, sentence))

    def sequence(self, before: MonthFigures | None, forecast_seen: bool) -> None:
        month = self.month
        if forecast_seen and month.kind is MonthKind.ACTUAL:
            self.say("kind", Severity.HARD, _("予定の月より後に実績の月があります。"))
        if before is None:
            return
        if month.month != _month_after(before.month):
            self.say("month", Severity.HARD, _("前の列の翌月ではありません。"))
        if month.opening_balance != before.closing_balance:
            self.say(
                "opening_balance",
                Severity.HARD,
                _("前月繰越が前の月の翌月繰越と合いません（記載 {stated}、前の月 {previous}）。"),
                stated=month.opening_balance,
                previous=before.closing_balance,
            )

    def figures(self) -> None:
        figures = amounts(self.month)
        for row in ROWS:
            if row.sign in {Sign.PLUS, Sign.MINUS} and figures[row.key] < 0:
                template = _("{label}は0以上で入力してください。")
                self.say(row.key, Severity.HARD, template, label=row.label)
        for key, parts in _SUBTOTALS.items():
            terms = [sign * figures[part] for part, sign in parts.items() if figures[part]]
            hard = key == "closing_balance"
            if abs(figures[key] - sum(terms)) > (0 if hard else len(terms)):
                self.say(
                    key,
                    Severity.HARD if hard else Severity.WARNING,
                    _("{label}が内訳の合計と合いません（記載 {stated}、計算 {computed}）。"),
                    label=ROW_BY_KEY[key].label,
                    stated=figures[key],
                    computed=sum(terms),
                )

    def outlook(
        self, before: MonthFigures | None, monthly_principal: int | None, floor: int
    ) -> None:
        month, closing = self.month, self.month.closing_balance
        if closing < 0:
            template = _("資金が不足します（翌月繰越 {closing}千円）。")
            self.say("closing_balance", Severity.SHORTAGE, template, closing=closing)
        elif closing < floor:
            template = _("手元に残す資金（{floor}千円）を下回ります（翌月繰越 {closing}千円）。")
            self.say("closing_balance", Severity.WARNING, template, floor=floor, closing=closing)
        if monthly_principal is not None and month.loan_repayments != monthly_principal:
            self.say(
                "loan_repayments",
                Severity.WARNING,
                _("借入明細の毎月の返済額（{expected}千円）と合いません（記載 {stated}千円）。"),
                expected=monthly_principal,
                stated=month.loan_repayments,
            )
        if before is None or before.borrowings_balance is None or month.borrowings_balance is None:
            return
        expected = before.borrowings_balance + month.new_borrowings - month.loan_repayments
        if month.borrowings_balance != expected:
            self.say(
                "borrowings_balance",
                Severity.WARNING,
                _("借入金残高が借入と返済に合いません（記載 {stated}、計算 {computed}）。"),
                stated=month.borrowings_balance,
                computed=expected,
            )
