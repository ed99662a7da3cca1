"""Which paper a plan prints: the draft as it stands, or the text that was fixed for everybody."""

from dataclasses import replace

from app.clock import in_japan
from app.domain.access import Act, Standing
from app.domain.consent import ItemGroup
from app.domain.errors import NotEntitled, NotFound
from app.domain.people import Actor
from app.domain.plan import ANSWER_LABELS, Answer
from app.domain.plan_paper import Confirmation, PlanPaper
from app.domain.plan_paper_form import from_json
from app.domain.sentences import _
from app.domain.sheet_schema import Right, right_to
from app.store import plan_papers, plans, reach
from app.store.tables.agencies import AgencyRow
from app.store.tables.cases import CaseRow
from app.store.tables.plans import PlanRow
from app.store.unit_of_work import Desk


def paper_of(desk: Desk, actor: Actor, plan_id: str) -> PlanPaper:
    """The paper for somebody who may see the plan and everything that is printed in it.

    Everybody gets the same paper of a version; who may not know a part of it gets none.
    """
    plan = reach.plan(desk, actor, plan_id, Act.SEE_PLAN)
    issued_by = f"{actor.agency_name}　{actor.person_name}"
    paper = _paper(desk, plan.case.row, plan.row, issued_by)
    _require_sight(actor, plan.case.standing, paper)
    return paper


def paper_for_export(desk: Desk, plan_id: str) -> PlanPaper:
    """The paper for whoever runs the installation, who may read the records anyway."""
    row = desk.session.get(PlanRow, plan_id)
    case = desk.session.get(CaseRow, row.case_id) if row else None
    if row is None or case is None:
        raise NotFound
    lead = desk.session.get_one(AgencyRow, row.lead_agency_id)
    return _paper(desk, case, row, lead.name)


def _paper(desk: Desk, case: CaseRow, row: PlanRow, issued_by: str) -> PlanPaper:
    """A fixed text stays as circulated; once agreed, it also shows who confirmed it and when."""
    if row.paper is None:
        lines = plans.lines_of(desk.session, row.id)
        asked = plans.to_ask(desk.session, case, lines, desk.today())
        return plan_papers.compose(desk, case, row, asked, issued_by)
    fixed = from_json(row.paper)
    if row.agreed_at is None:
        return fixed
    return replace(
        fixed,
        is_draft=False,
        digest=row.digest,
        confirmations=_confirmations(desk, row),
        issued_at=row.agreed_at,
    )


def _confirmations(desk: Desk, row: PlanRow) -> tuple[Confirmation, ...]:
    answers = plans.answers_on(desk.session, row.id)
    given = [(one["name"], answers[one["agency_id"]]) for one in row.asked]
    return tuple(
        Confirmation(
            agency=name,
            answer=ANSWER_LABELS[Answer(answer.answer)],
            person="　".join(filter(None, (answer.title, answer.person_name))),
            confirmed_on=in_japan(answer.at).date(),
            note=answer.text or None,
        )
        for name, answer in given
    )


def _require_sight(actor: Actor, standing: Standing, paper: PlanPaper) -> None:
    """A paper carries parts of the sheet; they need the same rights here as there."""
    printed = {
        ItemGroup.REFERRAL: paper.background is not None,
        ItemGroup.FINANCE: bool(paper.years or (paper.cash and paper.cash.months)),
        ItemGroup.DECISION: paper.decision is not None,
        ItemGroup.CONSENT: paper.consent is not None,
    }
    for group, is_printed in printed.items():
        if is_printed and right_to(actor, standing, group) is Right.HIDDEN:
            raise NotEntitled(
                _("この計画書には、お使いの機関または役割に開示されていない項目が含まれています。")
            )
