"""Writing the firm of a case file with its years, cash table, loans and guarantees."""

from dataclasses import asdict

from app.domain.cashflow_form import amounts
from app.domain.firms import LenderKind
from app.domain.names import fold_name, sort_key
from app.domain.vocabulary import AgencyKind
from app.services.case_import.case_record import Case
from app.services.case_import.reading import ReadCase
from app.store import agencies
from app.store.columns import new_id
from app.store.tables.agencies import AgencyRow
from app.store.tables.firms import (
    CashFlowMonthRow,
    FirmRow,
    FiscalYearRow,
    GuaranteeRow,
    LoanRow,
)
from app.store.unit_of_work import UnitOfWork


def write_firm(uow: UnitOfWork, read: ReadCase, referrer: AgencyRow) -> FirmRow:
    given = read.record.firm
    firm = FirmRow(
        id=new_id(),
        name=given.name,
        name_key=fold_name(given.name),
        kana=given.name_kana,
        sort_key=sort_key(given.name_kana),
        legal_form=given.legal_form,
        is_corporation=given.is_corporation,
        corporate_number=given.corporate_number,
        representative=given.representative,
        representative_kana=given.representative_kana,
        representative_age=given.representative_age,
        founded=given.founded,
        prefecture_code=given.prefecture_code,
        city=given.city,
        industry_major=given.industry.jsic_major,
        industry_major_name=given.industry.jsic_major_name,
        industry_middle=given.industry.jsic_middle,
        industry_middle_name=given.industry.jsic_middle_name,
        employees=given.employees,
        capital=given.capital,
        fiscal_year_end_month=given.fiscal_year_end_month,
        seasonality=given.seasonality,
        created_by_agency_id=referrer.id,
        created_at=uow.now(),
    )
    uow.session.add(firm)
    uow.session.flush()
    _figures(uow, firm, read)
    _loans(uow, firm, read.record)
    return firm


def _figures(uow: UnitOfWork, firm: FirmRow, read: ReadCase) -> None:
    for year in read.years:
        uow.session.add(
            FiscalYearRow(
                firm_id=firm.id,
                period_start=year.period_start,
                period_end=year.period_end,
                prior_year_sales=year.prior_year_sales,
                employees=year.employees,
                capital_expenditure=year.capital_expenditure,
                profit_and_loss=asdict(year.profit_and_loss),
                balance_sheet=asdict(year.balance_sheet),
            )
        )
    for month in read.months:
        uow.session.add(
            CashFlowMonthRow(
                firm_id=firm.id, month=month.month, kind=month.kind, figures=amounts(month)
            )
        )


def _loans(uow: UnitOfWork, firm: FirmRow, record: Case) -> None:
    for position, given in enumerate(record.exposure.loans, start=1):
        jfc = given.lender_kind is LenderKind.JFC
        kind = AgencyKind.JFC if jfc else AgencyKind.FINANCIAL_INSTITUTION
        lender = agencies.register(uow.session, kind, given.lender, firm.prefecture_code)
        loan = LoanRow(
            id=new_id(),
            firm_id=firm.id,
            position=position,
            lender_name=given.lender,
            lender_kind=given.lender_kind,
            lender_agency_id=lender.id,
            term=given.term,
            balance=given.balance,
            product=given.product,
            annual_rate=given.annual_rate_percent,
            monthly_principal=given.monthly_principal,
            repayment_status=given.repayment_status,
            is_main_bank=given.is_main_bank,
        )
        uow.session.add(loan)
        uow.session.flush()
        if given.guarantee is None:
            continue
        guarantee = given.guarantee
        association = agencies.register(
            uow.session,
            AgencyKind.GUARANTEE_ASSOCIATION,
            guarantee.association,
            firm.prefecture_code,
        )
        uow.session.add(
            GuaranteeRow(
                loan_id=loan.id,
                guarantee_no=guarantee.guarantee_no,
                association_name=guarantee.association,
                association_id=association.id,
                product=guarantee.product,
                responsibility_sharing=guarantee.responsibility_sharing,
                ratio=guarantee.guarantee_ratio,
                guaranteed_balance=guarantee.guaranteed_balance,
                status=guarantee.status,
            )
        )
