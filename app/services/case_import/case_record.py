"""The format ``demo_cases/1``: what a case file may say of each case.

Fiscal years and the months of a cash table are read by the domain, which owns their figures.
Labels in Japanese (``…_ja``, ``…_wareki``) accompany codes and are kept or compared; the codes
decide.
"""

from typing import Annotated, Any, Literal

from pydantic import Field

from app.domain.stances import Stance
from app.domain.vocabulary import ConferenceKind, LifeCyclePhase
from app.services.case_import.fields import (
    Day,
    Group,
    Kind,
    Long,
    Name,
    Record,
    Short,
    Word,
    member_of,
)
from app.services.case_import.firm_record import Exposure, Firm
from app.services.commands import paragraph

SCHEMA = "demo_cases/1"
MOST_CASES = 2000
ConsentState = Literal[
    "granted", "granted_limited", "expired", "explained_not_signed", "declined", "withdrawn"
]


class Organization(Record):
    agency_kind: Kind
    organization: Name


class Supporter(Organization):
    agency_kind_ja: Name
    role: Short


class SuggestedLead(Organization):
    agency_kind_ja: Name
    reason: Long


class AlternativeLead(Record):
    agency_kind: Kind
    agency_kind_ja: Name
    argument: Long


class NonFinancial(Record):
    manager: Long
    business: Long
    environment_and_stakeholders: Long
    internal_control: Long


class ConsentEvent(Record):
    """An earlier version of the consent; only its withdrawal is known."""

    status: Literal["withdrawn"]
    on: Day
    reason: Annotated[str, paragraph(500)]


class Consent(Record):
    status: ConsentState
    method: Word | None
    granted_on: Day | None
    valid_until: Day | None
    purpose: Annotated[str, paragraph(1000)] | None
    scope_agency_kinds: list[Kind]
    scope_item_groups: list[Group]
    withdrawn_on: Day | None
    explained_by: Name
    note: Annotated[str, paragraph(500)] = ""
    history: Annotated[tuple[ConsentEvent, ...], Field(max_length=50, strict=False)] = ()


class FirstOpinion(Record):
    agency_kind: Kind
    preferred_lead: Kind
    stance: Literal["prefer"]


class FinalOpinion(Record):
    agency_kind: Kind
    preferred_lead: Kind
    stance: Annotated[Stance, member_of(Stance)]


class OpinionResult(Record):
    lead: Kind
    decided_by: Literal["consensus"]
    condition_noted_from: Kind | None = None


class SampleOpinions(Record):
    first_round: list[FirstOpinion]
    final_round: list[FinalOpinion]
    result: OpinionResult


class SupportPlan(Record):
    policy: Long
    kpis: Annotated[list[Short], Field(max_length=100)]
    monitoring_frequency: Name
    period_months: Annotated[int, Field(ge=1, le=120)]


class CashFlowTable(Record):
    unit: Literal["千円"]
    note: Short
    rows: Annotated[list[Any], Field(max_length=120)]


class Case(Record):
    case_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,30}$")]
    fictional: bool
    firm: Firm
    life_cycle_phase: Annotated[LifeCyclePhase, member_of(LifeCyclePhase)]
    life_cycle_phase_ja: Name
    referrer: Organization
    conference_kind: Annotated[ConferenceKind, member_of(ConferenceKind)]
    conference_kind_ja: Name
    agencies: dict[Kind, Name]
    background: Long
    issues: Annotated[list[Annotated[str, paragraph(500)]], Field(max_length=100)]
    wishes: Annotated[list[Annotated[str, paragraph(500)]], Field(max_length=100)]
    early_warning_signs: Annotated[list[Annotated[str, paragraph(500)]], Field(max_length=100)]
    non_financial: NonFinancial
    fiscal_years: Annotated[list[Any], Field(min_length=1, max_length=10)]
    exposure: Exposure
    consent: Consent
    plausible_lead: SuggestedLead
    supporting_agencies: Annotated[list[Supporter], Field(max_length=50)]
    alternative_lead: AlternativeLead
    contention: Long
    sample_opinions: SampleOpinions
    support_plan: SupportPlan
    cash_flow_table: CashFlowTable | None = None


class File(Record):
    schema_name: Annotated[Literal["demo_cases/1"], Field(alias="schema")]
    unit: Literal["千円"]
    generated_for: Short
    notice: Long
    as_of: Day
    cases: Annotated[list[Any], Field(max_length=MOST_CASES)]
