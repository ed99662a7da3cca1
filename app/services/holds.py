"""持ち帰りの回答: what head offices say to a 仮決定, and what it becomes by that."""

from datetime import date
from typing import Annotated, Literal

from sqlmodel import select

from app.domain import case_life, consensus
from app.domain.access import Act
from app.domain.case_life import CaseStatus
from app.domain.consensus import RESULT_LABELS, Result
from app.domain.errors import Malformed, NotEntitled, StateForbids
from app.domain.facts import HoldAnswered, ProvisionalSettled
from app.domain.people import Actor
from app.domain.receipts import receipt_of
from app.domain.sentences import _
from app.domain.stances import Stance
from app.domain.text import Sentence, listed
from app.services.commands import Command, Day, Done, Id, paragraph
from app.services.use_case import use_case
from app.store import agenda, ballots, decided_cells, reach, recusals, sheet_record
from app.store.tables.agencies import AgencyRow
from app.store.tables.ballots import DecisionRow, HoldReplyRow
from app.store.tables.cases import CaseRow
from app.store.unit_of_work import UnitOfWork


class AnswerHold(Command):
    """留保の回答: agreement, agreement on a condition, or an objection with its reason."""

    round_id: Id
    stance: Literal["agree", "agree_with_condition", "object"]
    text: Annotated[str, paragraph(500, required=False)] = ""
    alternative: Annotated[str, paragraph(500, required=False)] = ""


class ReturnProvisional(Command):
    """The date has passed without an answer: the case is discussed again, and when."""

    round_id: Id
    reason: Annotated[str, paragraph(500)]
    next_date: Day


@use_case
def answer_hold(uow: UnitOfWork, actor: Actor, command: AnswerHold) -> Done:
    """Until the 仮決定 is settled the agency may still change its word.

    The last agreement makes it a decision, one objection returns it, both in this transaction.
    """
    round_ = reach.round_(uow, actor, command.round_id, Act.GIVE_STANCE)
    decision = _provisional(uow, round_)
    holding = _holding(uow, round_)
    if actor.agency_id not in holding:
        raise NotEntitled(_("この仮決定を持ち帰った機関に含まれていません。"))
    if command.stance != "agree" and not command.text:
        raise Malformed(
            _("条件または理由を入力してください。"), fields={"text": _("入力してください。")}
        )
    key = (round_.row.id, actor.agency_id)
    held = uow.session.get(HoldReplyRow, key, populate_existing=True)
    reply = held or HoldReplyRow(
        round_id=key[0],
        agency_id=key[1],
        stance="",
        person_id=actor.person_id,
        person_name="",
        version=0,
        receipt="",
        at=uow.now(),
    )
    reply.stance, reply.text = command.stance, command.text
    reply.alternative = command.alternative if command.stance == "object" else ""
    reply.person_id, reply.person_name = actor.person_id, actor.person_name
    reply.version, reply.at = reply.version + 1, uow.now()
    uow.session.add(reply)
    fact = HoldAnswered(
        round_id=key[0],
        agency_id=key[1],
        stance=reply.stance,
        text=reply.text,
        alternative=reply.alternative,
    )
    cursor = uow.record(round_.item.room, fact)
    reply.receipt = receipt_of(uow.entries[-1].hash)
    uow.session.flush()
    replies = ballots.replies_on(uow.session, round_.row.id)
    said = {one.agency_id: Stance(one.stance) for one in replies}
    result = consensus.after_replies(holding, said)
    if result is not None:
        reasons = _reasons(uow, result, holding, said)
        if result is Result.DECIDED:
            counted = [one for one in replies if one.agency_id in holding]
            decided_cells.put_conditions(uow, decision.case_id, decision.conditions, actor, counted)
        _settle(uow, actor, round_, decision, result, reasons, decision.next_date)
    return Done(cursor=cursor, version=reply.version, receipt=reply.receipt)


@use_case
def return_provisional(uow: UnitOfWork, actor: Actor, command: ReturnProvisional) -> Done:
    round_ = reach.round_(uow, actor, command.round_id, Act.RETURN_PROVISIONAL)
    decision = _provisional(uow, round_)
    answered = {one.agency_id for one in ballots.replies_on(uow.session, round_.row.id)}
    waited_for = {one: due for one, due in _holding(uow, round_).items() if one not in answered}
    # Where everybody who took it home has left for an interest, there is nobody to wait for.
    if waited_for and not any(due < uow.today() for due in waited_for.values()):
        raise StateForbids(
            _("持ち帰りの回答期限がまだ過ぎていません。"),
            remedy=_("期限まで回答を待つか、持ち帰った機関に確認してください。"),
        )
    if command.next_date < uow.today():
        raise Malformed(
            _("次に協議する日は、今日以降にしてください。"),
            fields={"next_date": _("今日以降の日付を入力してください。")},
        )
    _settle(uow, actor, round_, decision, Result.CONTINUED, [command.reason], command.next_date)
    return Done(id=decision.id)


def _provisional(uow: UnitOfWork, round_: reach.RoundInHand) -> DecisionRow:
    query = select(DecisionRow).where(DecisionRow.round_id == round_.row.id)
    decision = uow.session.exec(query.execution_options(populate_existing=True)).first()
    if decision is None or decision.result != Result.PROVISIONAL:
        raise StateForbids(_("この議題の結果は仮決定ではありません。"))
    if decision.settled is not None:
        raise StateForbids(
            _("この仮決定は、すでに「{result}」になりました。"),
            result=RESULT_LABELS[Result(decision.settled["result"])],
        )
    return decision


def _holding(uow: UnitOfWork, round_: reach.RoundInHand) -> dict[str, date]:
    """Agencies that took it home → by when they answer; who has left since is not waited for."""
    out = recusals.out_of(uow.session, round_.item.row.id)
    return {
        one.agency_id: one.reply_by
        for one in ballots.stances_on(uow.session, round_.row.id)
        if one.stance == Stance.HOLD and one.reply_by and one.agency_id not in out
    }


def _reasons(
    uow: UnitOfWork, result: Result, holding: dict[str, date], said: dict[str, Stance]
) -> list[str]:
    wanted = (
        said
        if result is Result.DECIDED
        else {one: word for one, word in said.items() if word is Stance.OBJECT}
    )
    names = listed(
        row.name for one in wanted if one in holding and (row := uow.session.get(AgencyRow, one))
    )
    if result is Result.DECIDED:
        return [Sentence(_("持ち帰った機関がすべて同意しました：{names}"), names=names)]
    return [Sentence(_("持ち帰った機関が反対しました：{names}"), names=names)]


def _settle(
    uow: UnitOfWork,
    actor: Actor,
    round_: reach.RoundInHand,
    decision: DecisionRow,
    result: Result,
    reasons: list[str],
    next_date: date | None,
) -> None:
    """The case moves with it: to its lead, or back to where it can be tabled again."""
    told_date = next_date.isoformat() if next_date and result is Result.CONTINUED else None
    decision.settled = {
        "result": result.value,
        "reasons": [str(one) for one in reasons],
        "next_date": told_date,
        "by": actor.person_name,
    }
    uow.session.add(decision)
    case = reach.load(uow, CaseRow, decision.case_id)
    decided = result is Result.DECIDED
    case.status = case_life.move(
        CaseStatus(case.status), CaseStatus.LEAD_DECIDED if decided else CaseStatus.ACCEPTED
    )
    if not decided:
        case.lead_agency_id, case.lead_person = None, ""
    uow.session.add(case)
    sheet_record.tell_record(uow, case, actor)
    uow.record(
        round_.item.room,
        ProvisionalSettled(
            round_id=round_.row.id,
            result=result.value,
            reasons=[str(one) for one in reasons],
            next_date=told_date,
        ),
    )
    agenda.tell_case(uow, round_.item.conference, case, result)
