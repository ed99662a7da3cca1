"""Drafting the support plan (支援計画書) from what was decided, or from the version before."""

from app.domain import case_life, plan_draft
from app.domain.access import Act
from app.domain.case_life import CaseStatus
from app.domain.conference import OutcomeKind
from app.domain.errors import StateForbids
from app.domain.facts import PlanDrafted
from app.domain.people import Actor
from app.domain.plan import SECTIONS, ActionStatus, PlanList, PlanStatus, document_number
from app.domain.sentences import _
from app.domain.sheet_columns import COLUMN
from app.services.commands import Command, Done, Id
from app.services.use_case import use_case
from app.store import plan_sources, plans, reach
from app.store.columns import new_id
from app.store.tables.agencies import AgencyRow
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import OutcomeRow
from app.store.tables.plans import PlanRow
from app.store.unit_of_work import UnitOfWork

LEADS = _("支援全体の取りまとめと進捗の管理")


class DraftPlan(Command):
    case_id: Id


@use_case
def draft_plan(uow: UnitOfWork, actor: Actor, command: DraftPlan) -> Done:
    """The lead begins a plan once it was decided to lead; an agreed plan gets its next version.

    The next version starts with everything the one before says, and takes its place.
    """
    case = reach.case(uow, actor, command.case_id, Act.DRAFT_PLAN)
    before = plans.newest(uow.session, case.row.id)
    if case.row.status == CaseStatus.PLANNING:
        raise StateForbids(
            _("この案件の支援計画書は、すでに作成中です。"),
            remedy=_("作成中の支援計画書を開いて続けてください。"),
            detail={"plan_id": before.id if before else None},
        )
    case.row.status = case_life.move(CaseStatus(case.row.status), CaseStatus.PLANNING)
    uow.session.add(case.row)
    version = before.version + 1 if before else 1
    plan = PlanRow(
        id=new_id(),
        case_id=case.row.id,
        version=version,
        number=document_number(case.row.case_no, version),
        status=PlanStatus.DRAFT,
        lead_agency_id=actor.agency_id,
        created_at=uow.now(),
    )
    uow.session.add(plan)
    uow.session.flush()
    outcomes = plan_sources.outcomes_of(
        uow.session, case.row.id, since=before.created_at if before else None
    )
    if before is not None:
        before.status = PlanStatus.SUPERSEDED
        uow.session.add(before)
        _copy_lines(uow, before, plan)
    else:
        _begin_kpis(uow, case.row, plan)
    _begin_roles(uow, case.row, plan)
    _add_tasks(uow, plan, outcomes)
    plan.asked = plans.to_ask(
        uow.session, case.row, plans.lines_of(uow.session, plan.id), uow.today()
    )
    texts = _carried(before, outcomes) if before else _texts(uow, case.row, plan, outcomes)
    plan.sections = {s.key: {"text": texts.get(s.key, ""), "version": 1} for s in SECTIONS}
    uow.session.add(plan)
    uow.session.flush()
    fact = PlanDrafted(
        plan_id=plan.id,
        version=plan.version,
        sections=plan.sections,
        lines=[plans.line_on_wire(line) for line in plans.lines_of(uow.session, plan.id)],
        asked=plan.asked,
        case_status=case.row.status,
    )
    return Done(id=plan.id, cursor=uow.record(case.room, fact), version=plan.version)


def _texts(
    uow: UnitOfWork, case: CaseRow, plan: PlanRow, outcomes: list[tuple[OutcomeRow, str]]
) -> dict[str, str]:
    """The sections of a first version, from cells everybody asked may know."""
    groups = plans.known_to_all(uow, case, plan.asked)
    cells = plan_sources.cells_of(uow.session, case.id, groups)
    imported = plan_sources.imported_of(uow.session, case.id, groups)
    lead = uow.session.get(AgencyRow, plan.lead_agency_id)
    decided = [o.text for o, _name in outcomes if o.kind == OutcomeKind.DECISION]
    reserved = plan_sources.reserved_at_the_table(
        uow.session, plans.deciding(uow.session, case.id), outcomes
    )
    return {
        "situation": plan_draft.situation(
            [
                (COLUMN[key].label, plan_sources.text_of(cells, key))
                for key in plan_draft.SITUATION_CELLS
            ]
        ),
        "issues": plan_draft.issues(plan_sources.issues_of(uow.session, case.id, groups)),
        "policy": plan_draft.policy(plan_sources.text_of(cells, "policy"), imported, decided),
        "monitoring": plan_draft.monitoring(
            imported, plan_sources.day_of(cells, "next_date"), lead.name if lead else ""
        ),
        "notes": plan_draft.notes(reserved),
    }


def _carried(before: PlanRow, outcomes: list[tuple[OutcomeRow, str]]) -> dict[str, str]:
    """The sections of the version before, with what was decided and reserved since then."""
    texts: dict[str, str] = {key: kept["text"] for key, kept in before.sections.items()}
    decided = [o.text for o, _name in outcomes if o.kind == OutcomeKind.DECISION]
    reserved = plan_sources.reserved_in(outcomes)
    for key, added in (
        ("policy", plan_draft.policy("", plan_draft.ImportedPlan(), decided)),
        ("notes", plan_draft.notes(reserved)),
    ):
        texts[key] = "\n".join(filter(None, (texts.get(key, ""), added)))
    return texts


def _copy_lines(uow: UnitOfWork, before: PlanRow, plan: PlanRow) -> None:
    for line in plans.lines_of(uow.session, before.id):
        plans.add_line(uow.session, plan.id, PlanList(line.list), line.agency_id, line.values)


def _begin_roles(uow: UnitOfWork, case: CaseRow, plan: PlanRow) -> None:
    """The lead, then the supporters with the roles they were proposed for, unless they have one."""
    held = {
        line.agency_id
        for line in plans.lines_of(uow.session, plan.id)
        if line.list == PlanList.ROLE
    }
    decision = plans.deciding(uow.session, case.id)
    roles = [(plan.lead_agency_id, case.lead_person, LEADS)]
    roles += [(s["agency_id"], "", s["role"]) for s in decision.supporters] if decision else []
    for agency_id, person, role in roles:
        if agency_id in held:
            continue
        values = {"role": role, "person": person, "contact": ""}
        plans.add_line(uow.session, plan.id, PlanList.ROLE, agency_id, values)


def _begin_kpis(uow: UnitOfWork, case: CaseRow, plan: PlanRow) -> None:
    groups = plans.known_to_all(uow, case, plans.to_ask(uow.session, case, [], uow.today()))
    for text in plan_sources.imported_of(uow.session, case.id, groups).kpis:
        plans.add_line(uow.session, plan.id, PlanList.KPI, None, plan_draft.kpi(text))


def _add_tasks(uow: UnitOfWork, plan: PlanRow, outcomes: list[tuple[OutcomeRow, str]]) -> None:
    """Every task given at the table becomes an action with its agency, person and date."""
    for outcome, _name in outcomes:
        if outcome.kind != OutcomeKind.TASK:
            continue
        values = {
            "content": outcome.text,
            "person": outcome.person,
            "due": outcome.due.isoformat() if outcome.due else "",
            "deliverable": "",
            "status": str(ActionStatus.PLANNED),
        }
        plans.add_line(uow.session, plan.id, PlanList.ACTION, outcome.agency_id, values)
