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
from app.domain.gaps import GapDraft
from app.domain.item_course import ItemStep
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.stances import Stance
from app.domain.text import listed
from app.domain.vocabulary import RequestKind
from app.services.commands import Command, Done, Id, OptionalDay, line, paragraph
from app.services.use_case import use_case
from app.store import agenda, ballots, decided_cells, gaps, reach, sheet_record
from app.store.agencies import by_ids
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


class SaysGap(Command):
    """引受手不在 says what support is missing, who answers for what comes next, and by when."""

    next_date: OptionalDay = None
    gap_kind: RequestKind | None = None
    gap_text: Annotated[str, paragraph(500, required=False)] = ""
    gap_owner_id: Id | None = None
    gap_owner_person: Annotated[str, line(80, required=False)] = ""
    gap_step: Annotated[str, paragraph(300, required=False)] = ""
    gap_due: OptionalDay = None

    def draft(self) -> GapDraft:
        return GapDraft(
            kind=self.gap_kind,
            text=self.gap_text,
            owner_id=self.gap_owner_id,
            owner_person=self.gap_owner_person,
            step=self.gap_step,
            due=self.gap_due,
        )


class DeclareResult(SaysGap):
    """Everything but a decision needs the date on which the case is taken up again.

    A 決定 or 仮決定 says from when it holds, when it is looked at again, and the lead's first
    action: what, by whom, by when.
    """

    round_id: Id
    result: Result
    effective_on: OptionalDay = None
    review_on: OptionalDay = None
    action: Annotated[str, line(200, required=False)] = ""
    action_person: Annotated[str, line(80, required=False)] = ""
    action_due: OptionalDay = None


class DeclareNoTaker(SaysGap):
    """引受手不在 before anybody was proposed: every agency said that none here can lead."""

    item_id: Id


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
    if command.result is Result.NO_TAKER:
        gaps.require_said(uow, item, command.draft(), command.next_date)
    elif command.result is not Result.DECIDED and command.next_date is None:
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
    number = gaps.next_number(uow.session, uow.today())
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
    sheet_record.tell_record(uow, case, actor)
    if command.result is Result.DECIDED:
        decided_cells.put_conditions(uow, case.id, decision.conditions, actor)
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
    if command.result is Result.NO_TAKER and command.next_date is not None:
        uow.session.flush()
        gaps.open_gap(
            uow,
            actor,
            item,
            command.draft(),
            number=number,
            next_date=command.next_date,
            decision=decision,
        )
    agenda.tell_case(uow, item.conference, case, command.result)
    return Done(id=decision.id, cursor=cursor)


@use_case
def declare_no_taker(uow: UnitOfWork, actor: Actor, command: DeclareNoTaker) -> Done:
    """Whoever is still named has to be asked first: only then nobody takes the case."""
    item = reach.item(uow, actor, command.item_id, Act.DECLARE)
    rules.require_open(rules.ConferenceStatus(item.conference.status))
    rules.require_running(rules.ItemStatus(item.row.status))
    if item.case is None:
        raise StateForbids(_("主担当機関は案件の議題でだけ決められます。"))
    if item.case.status != CaseStatus.IN_CONFERENCE:
        raise StateForbids(_("この議題の結果はすでに宣言されています。"))
    agenda.require_nothing_asked(uow, item.row)
    if not gaps.last_nominations(uow.session, item.row.id):
        raise Incomplete(
            _("引き受けられるかどうかを、まだ各機関に確認していません。"),
            remedy=_("推薦を求めて公開するか、主担当を提案して確認してください。"),
        )
    named = gaps.still_named(uow, item.row.id)
    if named:
        raise Incomplete(
            _("まだ確認していない候補があります：{names}"),
            remedy=_("主担当として提案し、引き受けるかどうかを確認してください。"),
            names=listed(one.name for one in by_ids(uow.session, named).values()),
        )
    next_date = gaps.require_said(uow, item, command.draft(), command.next_date)
    case = reach.load(uow, CaseRow, item.case.id)
    case.status = case_life.move(CaseStatus(case.status), _CASE_AFTER[Result.NO_TAKER])
    uow.session.add(case)
    agenda.advance(uow, item.row, ItemStep.TASKS)
    number = gaps.next_number(uow.session, uow.today())
    gap, cursor = gaps.open_gap(
        uow, actor, item, command.draft(), number=number, next_date=next_date
    )
    agenda.tell_case(uow, item.conference, case, Result.NO_TAKER)
    return Done(id=gap.id, cursor=cursor)


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
