"""The pictures of a case: its information-sharing sheet, and its life with its newest plan."""

from dataclasses import dataclass

from app.domain.case_life import CaseStatus
from app.domain.conference import ReferralStatus
from app.domain.consent import ConsentStatus, ItemGroup
from app.domain.plan import Answer, PlanList, PlanStatus
from app.domain.sheet_columns import RowKind
from app.domain.sheet_values import CellValue
from app.domain.vocabulary import AgencyKind
from app.queries.wire.papers import Paper, PaperOnItem
from app.queries.wire.shape import Shape


@dataclass(frozen=True)
class SheetRow(Shape):
    """The line of the case has the id ``case``; an agency's proposals have the agency's id."""

    id: str
    kind: RowKind
    owner_id: str | None


@dataclass(frozen=True)
class Cell(Shape):
    """``version`` is what ``write_cell`` wants as ``base_version``; ``reason`` that of a 訂正."""

    value: CellValue
    version: int
    person: str
    agency: str
    at: str
    reason: str


@dataclass(frozen=True)
class SheetSnapshot(Shape):
    """Room ``s-…``: rows, cells and papers this agency may see; cells are kept by ``row|column``,
    the versions that agenda items discuss by ``item|paper``."""

    id: str
    rows: list[SheetRow]
    cells: dict[str, Cell]
    papers: list[Paper]
    on_items: dict[str, PaperOnItem]


@dataclass(frozen=True)
class CaseLead(Shape):
    agency_id: str | None
    agency: str
    person: str


@dataclass(frozen=True)
class CaseConsent(Shape):
    version: int
    status: ConsentStatus
    agencies: list[str]
    groups: list[ItemGroup]
    valid_until: str | None
    withdrawn_on: str | None


@dataclass(frozen=True)
class CaseReferral(Shape):
    id: str
    to_agency_id: str
    to_agency: str
    reason: str
    status: ReferralStatus
    reason_returned: str


@dataclass(frozen=True)
class PlanSection(Shape):
    text: str
    version: int


@dataclass(frozen=True)
class PlanLine(Shape):
    """``values`` are those of ``put_plan_line`` for the table named by ``list``."""

    id: str
    list: PlanList
    position: int
    agency_id: str | None
    version: int
    values: dict[str, str]


@dataclass(frozen=True)
class PlanAnswer(Shape):
    answer: Answer
    text: str
    person: str
    at: str


@dataclass(frozen=True)
class AskedAgency(Shape):
    """An agency that is asked to confirm the plan."""

    agency_id: str
    name: str
    kind: AgencyKind


@dataclass(frozen=True)
class CasePlan(Shape):
    id: str
    version: int
    status: PlanStatus
    sections: dict[str, PlanSection]
    lines: list[PlanLine]
    asked: list[AskedAgency]
    digest: str
    confirmations: dict[str, PlanAnswer]


@dataclass(frozen=True)
class CaseSnapshot(Shape):
    """Room ``a-…``: the life of a case and its newest plan."""

    id: str
    case_no: str
    status: CaseStatus
    lead: CaseLead
    consent: CaseConsent | None
    referral: CaseReferral | None
    plan: CasePlan | None
