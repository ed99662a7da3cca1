"""Circulating a plan and confirming it (確認): the text is fixed, and every agency answers."""

from typing import Annotated

from pydantic import Field

from app.clock import iso
from app.domain import case_life
from app.domain.access import Act
from app.domain.case_life import CaseStatus
from app.domain.errors import Incomplete, Malformed, NotEntitled, StaleVersion, StateForbids
from app.domain.facts import PlanCirculated, PlanConfirmed
from app.domain.people import Actor
from app.domain.plan import PLAN_STATUS_LABELS, Answer, PlanStatus, status_after
from app.domain.plan_paper_form import as_json
from app.domain.sentences import _
from app.domain.text import listed
from app.services.commands import Command, Done, Id, paragraph
from app.services.use_case import use_case
from app.store import plan_papers, plans, reach, standings
from app.store.tables.plans import PlanConfirmationRow
from app.store.unit_of_work import UnitOfWork


class CirculatePlan(Command):
    plan_id: Id


class ConfirmPlan(Command):
    """A condition and a return say why. ``digest``, when sent, names the text that was read."""

    plan_id: Id
    answer: Answer
    text: Annotated[str, paragraph(1000, required=False)] = ""
    digest: str | None = Field(default=None, pattern="^[0-9a-f]{64}$")


@use_case
def circulate_plan(uow: UnitOfWork, actor: Actor, command: CirculatePlan) -> Done:
    """Fix the text, its digest and whom it asks; answers to an earlier text no longer count."""
    plan = reach.plan(uow, actor, command.plan_id, Act.DRAFT_PLAN)
    row, case = plan.row, plan.case.row
    if row.status != PlanStatus.DRAFT:
        raise StateForbids(
            _("この支援計画書は「{status}」のため、確認を依頼できません。"),
            status=PLAN_STATUS_LABELS[PlanStatus(row.status)],
        )
    plans.require_planning(case)
    missing = plans.missing(uow.session, row, uow.today())
    if missing:
        raise Incomplete(
            _("不足している項目があるため、確認を依頼できません：{missing}"),
            missing=listed(missing),
            detail={"missing": [str(one) for one in missing]},
        )
    for answer in plans.answers_on(uow.session, row.id).values():
        uow.session.delete(answer)
    row.asked = plans.to_ask(uow.session, case, plans.lines_of(uow.session, row.id), uow.today())
    issued_by = f"{actor.agency_name}　{actor.person_name}"
    paper = plan_papers.compose(uow, case, row, row.asked, issued_by)
    row.paper, row.digest = as_json(paper), paper.digest
    row.status, row.circulated_at = PlanStatus.CIRCULATING, paper.issued_at
    uow.session.add(row)
    fact = PlanCirculated(plan_id=row.id, digest=row.digest, asked=row.asked)
    return Done(id=row.id, cursor=uow.record(plan.case.room, fact), version=row.version)


@use_case
def confirm_plan(uow: UnitOfWork, actor: Actor, command: ConfirmPlan) -> Done:
    """One answer per agency, which its people may change while the plan circulates.

    A return makes it a draft again; the last approval makes it agreed, and the case with it.
    """
    plan = reach.plan(uow, actor, command.plan_id, Act.CONFIRM_PLAN)
    row, case = plan.row, plan.case.row
    if row.status != PlanStatus.CIRCULATING:
        raise StateForbids(
            _("この支援計画書は「{status}」のため、確認の回答を受け付けていません。"),
            status=PLAN_STATUS_LABELS[PlanStatus(row.status)],
        )
    plans.require_planning(case)
    asked = {one["agency_id"] for one in row.asked}
    if actor.agency_id not in asked:
        raise NotEntitled(_("この支援計画書の確認を求められている機関ではありません。"))
    if command.digest is not None and command.digest != row.digest:
        raise StaleVersion(
            _("支援計画書の内容が、画面を開いたあとに変わりました。"),
            remedy=_("新しい内容を読んでから、もう一度回答してください。"),
            detail={"digest": row.digest},
        )
    if command.answer is not Answer.APPROVE and not command.text:
        raise Malformed(
            _("条件または差戻しの理由を入力してください。"),
            fields={"text": _("入力してください。")},
        )
    answers = plans.answers_on(uow.session, row.id)
    answer = answers.get(actor.agency_id) or PlanConfirmationRow(
        plan_id=row.id,
        agency_id=actor.agency_id,
        answer=Answer.APPROVE,
        person_name="",
        at=uow.now(),
    )
    answer.answer, answer.text, answer.at = command.answer, command.text, uow.now()
    answer.person_name, answer.title = actor.person_name, actor.title
    uow.session.add(answer)
    answers[actor.agency_id] = answer
    given = {agency_id: Answer(one.answer) for agency_id, one in answers.items()}
    out = standings.recused_from(uow.session, case.id)
    row.status = status_after(given, frozenset(asked) - out)
    if row.status == PlanStatus.DRAFT:
        row.paper, row.digest, row.circulated_at = None, "", None
    elif row.status == PlanStatus.AGREED:
        row.agreed_at = answer.at
        case.status = case_life.move(CaseStatus(case.status), CaseStatus.PLAN_AGREED)
        uow.session.add(case)
    uow.session.add(row)
    fact = PlanConfirmed(
        plan_id=row.id,
        agency_id=actor.agency_id,
        answer=answer.answer,
        text=answer.text,
        person=answer.person_name,
        at=iso(answer.at),
        status=row.status,
        case_status=case.status,
    )
    return Done(id=row.id, cursor=uow.record(plan.case.room, fact), version=row.version)
