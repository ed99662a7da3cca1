"""What the sheet says that nobody types: the firm's record, its loans, the consent, the lead."""

from dataclasses import dataclass
from datetime import date

from app.domain.sheet_columns import COLUMNS
from app.domain.sheet_values import CellValue
from app.domain.statements import FiscalYear

RECORD_COLUMNS = tuple(column.key for column in COLUMNS if column.record)


@dataclass(frozen=True, slots=True)
class Loan:
    """Money in 千円; ``guaranteed`` is the part of the balance that is guaranteed."""

    lender: str
    is_main_bank: bool
    balance: int
    guaranteed: int


@dataclass(frozen=True, slots=True)
class Lead:
    agency: str
    person: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class Record:
    """``firm``: cells that stand in the firm's record as they are. ``year``: the newest closed."""

    case_no: str
    firm: dict[str, CellValue]
    referrer: str
    received_by: str
    year: FiscalYear | None
    loans: tuple[Loan, ...]
    lead: Lead | None
    consent_status: str
    consent_until: date | None


def record_values(record: Record) -> dict[str, CellValue]:
    """Column → value, for every column of the record; None where nothing is known."""
    lead = record.lead
    found: dict[str, CellValue] = {
        "case_no": record.case_no,
        **record.firm,
        "referrer": record.referrer,
        "received_by": record.received_by,
        **_of_year(record.year),
        **_of_loans(record.loans),
        "lead_agency": lead.agency if lead else None,
        "lead_person": lead.person if lead else None,
        "decided_on": lead.decided_on.isoformat() if lead else None,
        "consent_status": record.consent_status,
        "consent_until": record.consent_until.isoformat() if record.consent_until else None,
    }
    return {key: found.get(key) or _zero(found.get(key)) for key in RECORD_COLUMNS}


def _zero(value: CellValue) -> CellValue:
    """Nothing is not naught: an empty text is no value, a figure of 0 is one."""
    return 0 if value == 0 and isinstance(value, int) else None


def _of_year(year: FiscalYear | None) -> dict[str, CellValue]:
    if year is None:
        return {}
    profit, sheet = year.profit_and_loss, year.balance_sheet
    return {
        "fiscal_period": year.period_end.isoformat(),
        "sales": profit.sales,
        "gross": profit.gross_profit,
        "op": profit.operating_profit,
        "ordinary": profit.ordinary_profit,
        "net": profit.net_profit,
        "depreciation": profit.depreciation,
        "cash": sheet.cash_and_deposits,
        "net_assets": sheet.total_net_assets,
        "total_assets": sheet.total_assets,
    }


def _of_loans(loans: tuple[Loan, ...]) -> dict[str, CellValue]:
    if not loans:
        return {}
    return {
        "main_bank": next((one.lender for one in loans if one.is_main_bank), None),
        "total_borrowings": sum(one.balance for one in loans),
        "guaranteed": sum(one.guaranteed for one in loans),
    }
