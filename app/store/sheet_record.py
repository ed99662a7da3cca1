"""Telling the sheet what the record says: cells nobody types, written where they changed."""

from dataclasses import replace
from datetime import date

from sqlmodel import Session, col, select

from app.clock import in_japan
from app.domain.addenda import DecisionField
from app.domain.cell_sources import CellSource
from app.domain.consensus import Result
from app.domain.machine import NOBODY
from app.domain.people import Actor
from app.domain.sheet_record import Lead, Loan, Record, record_values
from app.domain.sheet_values import CellValue
from app.store import addenda, ballots, consents, firm_papers, sheets
from app.store.tables.agencies import AgencyRow
from app.store.tables.ballots import DecisionRow
from app.store.tables.cases import CaseRow
from app.store.tables.firms import FirmRow, GuaranteeRow, LoanRow
from app.store.tables.sheets import CellRow
from app.store.unit_of_work import UnitOfWork


def tell_record(uow: UnitOfWork, case: CaseRow, actor: Actor) -> int:
    """Write the cells of the record that no longer say what it says; return how many."""
    uow.session.flush()
    changed = untold(uow.session, case)
    # What the product does by itself stands beside the agency that brought the case.
    by = replace(actor, agency_id=case.referrer_agency_id) if actor.agency_id == NOBODY else actor
    for column, value in changed.items():
        sheets.put_cell(uow, case.id, sheets.CASE_ROW, column, value, by, source=CellSource.RECORD)
    return len(changed)


def untold(session: Session, case: CaseRow) -> dict[str, CellValue]:
    """What the record says otherwise than the sheet."""
    query = select(CellRow.column, CellRow.value).where(
        CellRow.case_id == case.id, CellRow.row == sheets.CASE_ROW
    )
    held = dict(session.exec(query).all())
    return {
        column: value
        for column, value in record_values(record_of(session, case)).items()
        if held.get(column) != value
    }


def record_of(session: Session, case: CaseRow) -> Record:
    firm = session.get_one(FirmRow, case.firm_id)
    consent = consents.newest(session, case.id)
    years = firm_papers.years_of(session, firm.id)
    return Record(
        case_no=case.case_no,
        firm=_firm(firm),
        referrer=_name(session, case.referrer_agency_id),
        received_by=_name(session, case.receiver_agency_id),
        year=years[-1] if years else None,
        loans=_loans(session, firm.id),
        lead=_lead(session, case),
        consent_status=consent.status if consent else "",
        consent_until=consent.valid_until if consent else None,
    )


def _firm(firm: FirmRow) -> dict[str, CellValue]:
    return {
        "firm_name": firm.name,
        "firm_kana": firm.kana,
        "corporate_number": firm.corporate_number,
        "legal_form": firm.legal_form,
        "representative": firm.representative,
        "rep_age": firm.representative_age,
        "postal_code": firm.postal_code,
        "address": firm_papers.address_of(firm),
        "phone": firm.phone,
        "industry": firm_papers.industry_of(firm),
        "founded": firm_papers.founded_in_words(firm.founded),
        "capital": firm.capital,
        "employees": firm.employees,
    }


def _name(session: Session, agency_id: str | None) -> str:
    return session.get_one(AgencyRow, agency_id).name if agency_id else ""


def _loans(session: Session, firm_id: str) -> tuple[Loan, ...]:
    """保証付 counts the whole balance of a guaranteed loan, as the firm's page does."""
    rows = session.exec(
        select(LoanRow, GuaranteeRow.loan_id)
        .join(GuaranteeRow, col(GuaranteeRow.loan_id) == col(LoanRow.id), isouter=True)
        .where(LoanRow.firm_id == firm_id)
        .order_by(col(LoanRow.position))
    )
    return tuple(
        Loan(row.lender_name, row.is_main_bank, row.balance, row.balance if guaranteed else 0)
        for row, guaranteed in rows
    )


def _lead(session: Session, case: CaseRow) -> Lead | None:
    """Who leads for good; a 仮決定 is none yet."""
    if case.lead_agency_id is None:
        return None
    decided = session.exec(
        select(DecisionRow)
        .where(
            DecisionRow.case_id == case.id,
            DecisionRow.lead_agency_id == case.lead_agency_id,
            col(DecisionRow.result).in_([Result.DECIDED, Result.PROVISIONAL]),
        )
        .order_by(col(DecisionRow.declared_at).desc())
        .limit(1)
    ).first()
    if decided is None or not _stands(decided):
        return None
    day = _decided_on(session, decided)
    return Lead(_name(session, case.lead_agency_id), _person(session, case, decided), day)


def _person(session: Session, case: CaseRow, decision: DecisionRow) -> str:
    """As an addendum wrote the name last, if one did."""
    written = [
        one.says
        for one in addenda.of_decision(session, decision.id)
        if one.field == DecisionField.LEAD_PERSON
    ]
    return written[-1] if written else case.lead_person


def _stands(decision: DecisionRow) -> bool:
    settled = (decision.settled or {}).get("result")
    return Result.DECIDED in {decision.result, settled}


def _decided_on(session: Session, decision: DecisionRow) -> date:
    """The day it was declared, or on which the last head office agreed."""
    at = decision.declared_at
    if decision.result != Result.DECIDED:
        at = max((one.at for one in ballots.replies_on(session, decision.round_id)), default=at)
    return in_japan(at).date()
