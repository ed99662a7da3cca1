"""宣言: the chair declares how the item on the lead ends, and the case moves with it."""

from datetime import date
from typing import Annotated

from app.domain import case_life, consensus, decision_record
from app.domain import conference as rules
from app.domain.access import Act
from app.domain.case_life import CaseStatus
from app.domain.consensus import STILL_ASKED, Result, RoundState
from app.domain.decision_record import DecisionRecord
from app.domain.errors import Incomplete, Malformed, StateForbids
from app.domain.facts import ResultDeclared
from app.domain.item_course import ItemStep
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.stances import Stance
from app.services.commands import Command, Done, Id, OptionalDay, line
from app.services.use_case import use_case
from app.store import agenda, ballots, reach
from app.store.columns import new_id
from app.store.tables.ballots import DecisionRow, RoundRow
from app.store.tables.cases import CaseAgencyRow, CaseRow
from app.store.unit_of_work import UnitOfWork

_CASE_AFTER = {
    Result.DECIDED: CaseStatus.LEAD_DECIDED,
    Result.PROVISIONAL: CaseStatus.PROVISIONAL,
    Result.CONTINUED: CaseStatus.ACCEPTED,
    Result.NO_TAKER: CaseStatus.ACCEPTED,
}


class DeclareResult(Command):
    """Everything but a decision needs the date on which the case is taken up again.

    A 決定 or 仮決定 says from when it holds, when it is looked at again, and the lead's first
    action: what, by whom, by when.
    """

    round_id: Id
    result: Result
    next_date: OptionalDay = None
    effective_on: OptionalDay = None
    review_on: OptionalDay = None
    action: Annotated[str, line(200, required=False)] = ""
    action_person: Annotated[str, line(80, required=False)] = ""
    action_due: OptionalDay = None


@use_case
def declare_result(uow: UnitOfWork, actor: Actor, command: DeclareResult) -> Done:
    """The rule decides what may be declared; the chair says it. Then the round is immutable."""
    round_ = reach.round_(uow, actor, command.round_id, Act.DECLARE)
    row, item = round_.row, round_.item
    rules.require_open(rules.ConferenceStatus(item.conference.status))
    if row.state not in STILL_ASKED:
        raise StateForbids(_("この議題の結果はすでに宣言されています。"))
    if ballots.is_sealed(row):
        raise StateForbids(
            _("回答がまだ公開されていません。"),
            remedy=_("回答を公開してから、結果を宣言してください。"),
        )
    verdict, row.closing = ballots.closing_of(uow, row, item.conference.id)
    stances = ballots.stances_on(uow.session, row.id)
    recused = row.closing["recused"]
    if not consensus.may_declare(verdict, command.result):
        raise Incomplete(
            _("「{result}」を宣言できる条件がそろっていません。"),
            result=consensus.RESULT_LABELS[command.result],
            detail={"missing": list(verdict.missing), "reasons": list(verdict.reasons)},
        )
    if command.result is not Result.DECIDED and command.next_date is None:
        raise Malformed(
            _("次に協議する日を入力してください。"),
            fields={"next_date": _("入力してください。")},
        )
    record = _record_of(command, uow.today()) if _leads(command.result) else None
    row.state, row.result, row.reasons = RoundState.DECLARED, command.result, list(verdict.reasons)
    row.next_date, row.declared_at = command.next_date, uow.now()
    row.declared_by = actor.person_name
    uow.session.add(row)
    supporters = [one for one in row.supporters if one["agency_id"] not in recused]
    case = _move_case(uow, item, row, command.result, supporters)
    number = ballots.next_decision_number(uow.session, uow.today())
    decision = DecisionRow(
        id=new_id(),
        case_id=case.id,
        conference_id=item.conference.id,
        item_id=item.row.id,
        round_id=row.id,
        number=number,
        result=command.result,
        lead_agency_id=case.lead_agency_id if _leads(command.result) else None,
        lead_person=row.lead_person,
        supporters=supporters,
        conditions=[
            {
                "agency_id": s.agency_id,
                "text": s.text,
                "owner_id": s.owner_id,
                "due": s.due.isoformat() if s.due else "",
            }
            for s in stances
            if s.stance == Stance.AGREE_WITH_CONDITION and s.agency_id not in recused
        ],
        reasons=row.reasons,
        next_date=command.next_date,
        declared_by=actor.person_name,
        declared_at=uow.now(),
        record=record,
    )
    uow.session.add(decision)
    agenda.advance(uow, item.row, ItemStep.TASKS)
    next_date = command.next_date.isoformat() if command.next_date else None
    cursor = uow.record(
        item.room,
        ResultDeclared(
            round_id=row.id,
            result=command.result,
            reasons=row.reasons,
            next_date=next_date,
            number=number,
            closing=row.closing,
            record=record,
        ),
    )
    agenda.tell_case(uow, item.conference, case, command.result)
    return Done(id=decision.id, cursor=cursor)


def _record_of(command: DeclareResult, today: date) -> dict[str, str | None]:
    record = DecisionRecord(
        effective_on=command.effective_on,
        review_on=command.review_on,
        action=command.action,
        action_person=command.action_person,
        action_due=command.action_due,
    )
    lacking = decision_record.problems_of(record, today)
    if lacking:
        raise Malformed(_("決定の記録に必要な項目が足りません。"), fields=lacking)
    return record.as_mapping()


def _leads(result: Result) -> bool:
    return result in {Result.DECIDED, Result.PROVISIONAL}


def _move_case(
    uow: UnitOfWork,
    item: reach.ItemInHand,
    row: RoundRow,
    result: Result,
    supporters: list[dict[str, str]],
) -> CaseRow:
    if item.case is None:
        raise StateForbids(_("主担当機関は案件の議題でだけ決められます。"))
    case = reach.load(uow, CaseRow, item.case.id)
    case.status = case_life.move(CaseStatus(case.status), _CASE_AFTER[result])
    if _leads(result):
        case.lead_agency_id, case.lead_person = row.nominee_id, row.lead_person
        involved = {row.nominee_id, *(s["agency_id"] for s in supporters)}
        for agency_id in involved:
            if uow.session.get(CaseAgencyRow, (case.id, agency_id)) is None:
                uow.session.add(
                    CaseAgencyRow(case_id=case.id, agency_id=agency_id, since=uow.now())
                )
    uow.session.add(case)
    return case
