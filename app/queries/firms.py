"""Firms as an agency may know them: found by name, and recorded as far as consent goes."""

from collections.abc import Set
from dataclasses import dataclass

from sqlmodel import col, select

from app.domain import benchmark
from app.domain.access import Act, Standing, decide
from app.domain.case_life import CASE_STATUS_LABELS, ENDED, CaseStatus
from app.domain.consent import ItemGroup
from app.domain.firms import LENDER_KIND_LABELS, LenderKind
from app.domain.guarantee import GUARANTEE_STATE_LABELS, GuaranteeState
from app.domain.people import Actor
from app.domain.plan_paper import CashMonth, FirmFacts, YearFigures
from app.domain.prefectures import PREFECTURE_BY_CODE
from app.domain.sheet_columns import COLUMN
from app.domain.sheet_schema import Right, right_to
from app.domain.text import Sentence
from app.store import cases, consents, firm_papers, firms, reach, standings
from app.store.tables.cases import CaseRow
from app.store.tables.firms import FirmRow, GuaranteeRow, LoanRow
from app.store.unit_of_work import Desk

_RECORD_GROUPS = (ItemGroup.IDENTITY, ItemGroup.FINANCE, ItemGroup.EXPOSURE)


@dataclass(frozen=True, slots=True)
class FirmLine:
    """What a search tells; ``known`` when the agency has a case of it or registered it."""

    id: str
    name: str
    place: str
    industry: str
    known: bool


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One of the six over the years; labels and texts are to be told."""

    key: str
    label: str
    unit: str
    texts: tuple[Sentence, ...]
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Closed years from the oldest on, their indicators, and the cash table."""

    years: tuple[YearFigures, ...]
    indicators: tuple[IndicatorRow, ...]
    note: str
    cash: tuple[CashMonth, ...]


@dataclass(frozen=True, slots=True)
class LoanLine:
    """借入明細; ``status`` and ``guarantee_status`` are labels to be told."""

    lender: str
    lender_kind: str
    is_main_bank: bool
    product: str | None
    term: str
    balance: int
    rate: str
    monthly: int
    status: str
    association: str | None
    ratio: int | None
    guaranteed: int | None
    guarantee_status: str | None


@dataclass(frozen=True, slots=True)
class Exposure:
    loans: tuple[LoanLine, ...]

    @property
    def total(self) -> int:
        return sum(loan.balance for loan in self.loans)

    @property
    def guaranteed(self) -> int:
        return sum(loan.balance for loan in self.loans if loan.association is not None)


@dataclass(frozen=True, slots=True)
class FirmRecord:
    """A firm; what consent and rights keep from the reader is None."""

    id: str
    name: str
    place: str
    industry: str
    facts: FirmFacts | None
    representative_age: int | None
    figures: Figures | None
    exposure: Exposure | None


@dataclass(frozen=True, slots=True)
class CaseOfFirm:
    id: str
    case_no: str
    status: str


@dataclass(frozen=True, slots=True)
class FirmPage:
    """``may_open`` is False while the agency still carries a case of the firm."""

    record: FirmRecord
    cases: tuple[CaseOfFirm, ...]
    may_open: bool


def search_firms(desk: Desk, actor: Actor, text: str) -> tuple[FirmLine, ...]:
    reach.network(actor, Act.FIND_FIRMS)
    found = firms.search(desk.session, actor.agency_id, text[:200], desk.today())
    return tuple(
        FirmLine(one.row.id, one.row.name, _place(one.row), _industry(one.row), one.known)
        for one in found
    )


def firm_page(desk: Desk, actor: Actor, firm_id: str) -> FirmPage:
    """Name, town and trade to any agency that found the firm; the record only through its cases."""
    reach.network(actor, Act.FIND_FIRMS)
    firm = reach.load(desk, FirmRow, firm_id)
    groups: set[ItemGroup] = set()
    if firm.created_by_agency_id == actor.agency_id:
        groups.add(ItemGroup.IDENTITY)
    visible = []
    its_cases = desk.session.exec(
        select(CaseRow).where(
            CaseRow.firm_id == firm.id,
            col(CaseRow.id).in_(cases.visible_ids(desk.session, actor.agency_id, desk.today())),
        )
    )
    for case in its_cases:
        standing = standings.of_case(desk.session, actor, case, desk.today())
        if decide(actor, Act.SEE_CASE, standing):
            visible.append(case)
            groups |= record_groups(desk, actor, case, standing)
    carried = any(
        case.referrer_agency_id == actor.agency_id and CaseStatus(case.status) not in ENDED
        for case in visible
    )
    return FirmPage(
        record=record_of(desk, firm, groups),
        cases=tuple(
            CaseOfFirm(case.id, case.case_no, CASE_STATUS_LABELS[CaseStatus(case.status)])
            for case in sorted(visible, key=lambda case: case.case_no)
        ),
        may_open=not carried and decide(actor, Act.OPEN_CASE, standings.NETWORK_MEMBER),
    )


def record_groups(
    desk: Desk, actor: Actor, case: CaseRow, standing: Standing
) -> frozenset[ItemGroup]:
    """Which parts of the firm's record this case opens to the actor.

    A referrer sees everything of its own case, consent or not. But the record belongs to the
    firm: had another agency registered it, opening a case of one's own would be enough to read
    its accounts. So a firm registered by others stays closed until its consent names the reader.
    """
    groups = {g for g in _RECORD_GROUPS if right_to(actor, standing, g) is not Right.HIDDEN}
    firm = desk.session.get(FirmRow, case.firm_id)
    if firm is None or firm.created_by_agency_id != actor.agency_id:
        consent = consents.in_force(desk.session, case.id)
        named = consent.groups_for(actor.agency_id, desk.today()) if consent else frozenset()
        groups &= named
    return frozenset(groups)


def record_of(desk: Desk, firm: FirmRow, groups: Set[ItemGroup]) -> FirmRecord:
    """The firm as far as ``groups`` go; what the firm does is told by the sheet, not here."""
    facts = ItemGroup.IDENTITY in groups
    return FirmRecord(
        id=firm.id,
        name=firm.name,
        place=_place(firm),
        industry=_industry(firm),
        facts=firm_papers.facts_of(firm, groups, None, None) if facts else None,
        representative_age=firm.representative_age if facts else None,
        figures=_figures(desk, firm.id) if ItemGroup.FINANCE in groups else None,
        exposure=_exposure(desk, firm.id) if ItemGroup.EXPOSURE in groups else None,
    )


def _place(firm: FirmRow) -> str:
    return PREFECTURE_BY_CODE[firm.prefecture_code].name + firm.city


def _industry(firm: FirmRow) -> str:
    return firm.industry_middle_name or firm.industry_major_name


def _figures(desk: Desk, firm_id: str) -> Figures:
    years = firm_papers.years_of(desk.session, firm_id)
    by_year = [benchmark.indicators(year) for year in years]
    rows = tuple(
        IndicatorRow(
            key=several[0].key,
            label=several[0].label,
            unit=several[0].unit,
            texts=tuple(one.text for one in several),
            values=tuple(one.value for one in several),
        )
        for several in zip(*by_year, strict=True)
    )
    return Figures(
        years=tuple(firm_papers.figures_of(year) for year in years),
        indicators=rows,
        note=benchmark.OFFICERS_EXCLUDED,
        cash=firm_papers.cash_of(desk.session, firm_id),
    )


def _exposure(desk: Desk, firm_id: str) -> Exposure:
    rows = desk.session.exec(
        select(LoanRow, GuaranteeRow)
        .join(GuaranteeRow, col(GuaranteeRow.loan_id) == col(LoanRow.id), isouter=True)
        .where(LoanRow.firm_id == firm_id)
        .order_by(col(LoanRow.position))
    )
    return Exposure(tuple(_loan(loan, guarantee) for loan, guarantee in rows))


def _loan(loan: LoanRow, guarantee: GuaranteeRow | None) -> LoanLine:
    statuses = COLUMN["repayment_status"].options or {}
    return LoanLine(
        lender=loan.lender_name,
        lender_kind=LENDER_KIND_LABELS[LenderKind(loan.lender_kind)],
        is_main_bank=loan.is_main_bank,
        product=loan.product,
        term=loan.term,
        balance=loan.balance,
        rate=loan.annual_rate,
        monthly=loan.monthly_principal,
        status=statuses.get(loan.repayment_status, loan.repayment_status),
        association=guarantee.association_name if guarantee else None,
        ratio=guarantee.ratio if guarantee else None,
        guaranteed=guarantee.guaranteed_balance if guarantee else None,
        guarantee_status=GUARANTEE_STATE_LABELS[GuaranteeState(guarantee.status)]
        if guarantee
        else None,
    )
