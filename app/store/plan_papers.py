"""Putting a plan's paper together from the records: its own lines, the firm, what was decided."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import col, select

from app.domain.consent import (
    CONSENTABLE,
    ITEM_GROUP_LABELS,
    ConsentStatus,
    ItemGroup,
)
from app.domain.errors import NotFound
from app.domain.plan import ACTION_STATUS_LABELS, ActionStatus, PlanList
from app.domain.plan_paper import (
    ActionRow,
    CashOutlook,
    Condition,
    Confirmation,
    ConsentFacts,
    KpiRow,
    Monitoring,
    PlanPaper,
    Revision,
    RoleRow,
)
from app.domain.plan_paper_form import digest_of, from_json
from app.domain.plan_revision import summary_of
from app.domain.sentences import _
from app.store import agencies, decision_papers, firm_papers, plan_sources, plans
from app.store.tables.agencies import AgencyRow
from app.store.tables.cases import CaseRow, ConsentAgencyRow, ConsentRow
from app.store.tables.firms import FirmRow
from app.store.tables.plans import PlanLineRow, PlanRow
from app.store.unit_of_work import Desk

CONFIDENTIALITY = _("取扱注意")


@dataclass(frozen=True, slots=True)
class Materials:
    """What the parts of one paper are made from, gathered once."""

    desk: Desk
    case: CaseRow
    plan: PlanRow
    asked: Sequence[Mapping[str, str]]
    groups: Set[ItemGroup]
    lines: Sequence[PlanLineRow]
    names: Mapping[str, str]
    cells: dict[str, Any]


def compose(
    desk: Desk,
    case: CaseRow,
    plan: PlanRow,
    asked: Sequence[Mapping[str, str]],
    issued_by: str,
) -> PlanPaper:
    """The plan as it stands, marked as a draft and not yet confirmed by anybody.

    It carries only what every agency asked to confirm may know about the firm.
    """
    lines = plans.lines_of(desk.session, plan.id)
    groups = plans.known_to_all(desk, case, asked)
    wanted = {line.agency_id for line in lines if line.agency_id}
    names = {
        row.id: row.name
        for row in agencies.by_ids(
            desk.session, wanted | {plan.lead_agency_id, case.referrer_agency_id}
        ).values()
    }
    cells = plan_sources.cells_of(desk.session, case.id, groups)
    firm = desk.session.get(FirmRow, case.firm_id)
    if firm is None:
        raise NotFound
    made_from = Materials(desk, case, plan, asked, groups, lines, names, cells)
    finance = ItemGroup.FINANCE in groups
    years = firm_papers.years_of(desk.session, firm.id) if finance else []
    decision = plans.deciding(desk.session, case.id) if ItemGroup.DECISION in groups else None
    text = {key: kept["text"] for key, kept in plan.sections.items()}
    reserved = plan_sources.reserved_at_the_table(
        desk.session, decision, plan_sources.outcomes_of(desk.session, case.id)
    )
    paper = PlanPaper(
        document_number=plan.number,
        case_number=case.case_no,
        version=plan.version,
        is_draft=True,
        addressees=(_("参加機関　御中"),),
        created_on=desk.today(),
        confidentiality=CONFIDENTIALITY,
        firm=firm_papers.facts_of(
            firm,
            groups,
            plan_sources.text_of(cells, "business") or None,
            plan_sources.label_of(cells, "phase"),
        ),
        background="\n".join(
            words
            for key in ("request_detail", "background", "wishes")
            if (words := plan_sources.text_of(cells, key))
        )
        or None,
        referred_by=names.get(case.referrer_agency_id),
        conferences=decision_papers.conferences_of(desk, case),
        years=tuple(firm_papers.figures_of(year) for year in years),
        indicators=firm_papers.indicators_of(years),
        indicator_note=firm_papers.note_of(years),
        viewpoints=(),
        situation=text.get("situation") or None,
        issues=(),
        issues_text=text.get("issues") or None,
        policy=text.get("policy") or None,
        goal=None,
        period_from=None,
        period_until=None,
        lead_agency=names.get(plan.lead_agency_id),
        lead_person=case.lead_person or None,
        lead_reason=decision_papers.reason_of(desk, decision) if decision else None,
        roles=_roles(made_from),
        decision=decision_papers.decision_of(desk, decision) if decision else None,
        actions=_actions(made_from),
        kpis=_kpis(made_from),
        cash=_cash(made_from, firm.id, text.get("cash", "")),
        monitoring=Monitoring(text["monitoring"], *[None] * 5) if text.get("monitoring") else None,
        consent=_consent(made_from) if ItemGroup.CONSENT in groups else None,
        # What the text no longer says word for word is still printed: nothing reserved is dropped.
        conditions=tuple(
            Condition(one.kind, one.agency, one.text)
            for one in reserved
            if one.text not in text.get("notes", "")
        ),
        notes=text.get("notes") or None,
        confirmations=tuple(
            Confirmation(one["name"], _("未確認"), None, None, None) for one in asked
        ),
        revisions=(),
        digest="",
        issued_by=issued_by,
        issued_at=desk.now(),
    )
    paper = replace(paper, revisions=_revisions(made_from, paper))
    return replace(paper, digest=digest_of(paper))


def _of(made_from: Materials, kind: PlanList) -> list[PlanLineRow]:
    return [line for line in made_from.lines if line.list == kind]


def _named(made_from: Materials, line: PlanLineRow) -> str:
    return made_from.names.get(line.agency_id or "", "")


def _day(written: Any) -> date | None:
    return date.fromisoformat(written) if written else None


def _roles(made_from: Materials) -> tuple[RoleRow, ...]:
    lead = made_from.plan.lead_agency_id
    return tuple(
        RoleRow(
            agency=_named(made_from, line),
            person=line.values.get("person") or None,
            role=line.values.get("role", ""),
            contact=line.values.get("contact") or None,
            is_lead=line.agency_id == lead,
        )
        for line in _of(made_from, PlanList.ROLE)
    )


def _actions(made_from: Materials) -> tuple[ActionRow, ...]:
    return tuple(
        ActionRow(
            number=number,
            content=line.values.get("content", ""),
            agency=_named(made_from, line),
            person=line.values.get("person") or None,
            due_on=_day(line.values.get("due")),
            deliverable=line.values.get("deliverable") or None,
            status=ACTION_STATUS_LABELS[ActionStatus(line.values.get("status", "planned"))],
        )
        for number, line in enumerate(_of(made_from, PlanList.ACTION), start=1)
    )


def _kpis(made_from: Materials) -> tuple[KpiRow, ...]:
    return tuple(
        KpiRow(
            name=line.values.get("indicator", ""),
            current=line.values.get("current") or None,
            target=line.values.get("target", ""),
            due_on=_day(line.values.get("due")),
            measured_by=line.values.get("how") or None,
        )
        for line in _of(made_from, PlanList.KPI)
    )


def _cash(made_from: Materials, firm_id: str, comment: str) -> CashOutlook | None:
    shared = ItemGroup.FINANCE in made_from.groups
    months = firm_papers.cash_of(made_from.desk.session, firm_id) if shared else ()
    return CashOutlook(months, comment or None, None) if months or comment else None


def _consent(made_from: Materials) -> ConsentFacts | None:
    session = made_from.desk.session
    query = select(ConsentRow).where(ConsentRow.case_id == made_from.case.id)
    row = session.exec(query.order_by(col(ConsentRow.version).desc()).limit(1)).first()
    if row is None:
        return None
    named = select(AgencyRow.name).where(
        AgencyRow.id == ConsentAgencyRow.agency_id, ConsentAgencyRow.consent_id == row.id
    )
    kept_out = [g for g in CONSENTABLE if g not in row.item_groups]
    return ConsentFacts(
        number=f"{made_from.case.case_no}-{row.version}",
        granted_on=row.valid_from,
        valid_until=row.valid_until,
        agencies=tuple(session.exec(named.order_by(col(AgencyRow.position), col(AgencyRow.name)))),
        groups=tuple(ITEM_GROUP_LABELS[g] for g in CONSENTABLE if g in row.item_groups),
        limits="、".join(ITEM_GROUP_LABELS[g] for g in kept_out)
        if row.status == ConsentStatus.GRANTED_LIMITED
        else None,
    )


def _revisions(made_from: Materials, paper: PlanPaper) -> tuple[Revision, ...]:
    """The history so far, and this version with what it changed against the one before."""
    lead = paper.lead_agency or paper.issued_by
    earlier = [
        row
        for row in plans.versions(made_from.desk.session, made_from.case.id)
        if row.version < paper.version and row.paper is not None
    ]
    before = from_json(earlier[0].paper) if earlier and earlier[0].paper else None
    this = Revision(paper.version, paper.created_on, lead, summary_of(before, paper))
    return (*(before.revisions if before else ()), this)
