"""訂正: a slip in how a decision was written down is put right beside it, never in it."""

from typing import Annotated

from sqlmodel import select

from app.domain import addenda as rules
from app.domain.access import Act
from app.domain.addenda import NEVER, OF_THE_RECORD, DecisionField, Place
from app.domain.errors import Malformed, NotFound, StateForbids
from app.domain.facts import DecisionCorrected
from app.domain.people import Actor
from app.domain.sentences import _
from app.services.commands import Command, Done, Id, paragraph
from app.services.use_case import use_case
from app.store import addenda, decided_cells, reach, sheet_record
from app.store.columns import new_id
from app.store.tables.addenda import AddendumRow
from app.store.tables.ballots import DecisionRow, RoundRow
from app.store.tables.cases import CaseRow
from app.store.unit_of_work import UnitOfWork


class CorrectDecision(Command):
    """``agency_id``: whose condition, where one is corrected. Days may be typed as elsewhere."""

    decision_id: Id
    field: DecisionField
    agency_id: Id | None = None
    says: Annotated[str, paragraph(500)]
    reason: Annotated[str, paragraph(500)]


@use_case
def correct_decision(uow: UnitOfWork, actor: Actor, command: CorrectDecision) -> Done:
    """Also after the conference; what the table decided is only decided anew by the table."""
    decision, round_, item = _in_hand(uow, actor, command.decision_id)
    if command.field in NEVER:
        raise StateForbids(
            _("「{field}」は訂正できません。"),
            remedy=_("会議で改めて主担当を提案し、各機関に確認してください。"),
            field=rules.FIELD_LABELS[command.field],
        )
    place = Place(command.field, command.agency_id or "")
    now = addenda.values_now(uow.session, decision, round_)
    says, problem = rules.read(command.field, command.says)
    fields: dict[str, str] = {"says": problem} if problem else {}
    if place not in now:
        fields["field"] = _("この決定には記録されていない項目です。")
    elif not problem and says == now[place]:
        fields["says"] = _("いまの記録と同じ内容です。")
    elif not problem and command.field in OF_THE_RECORD:
        record = {one.value: now.get(Place(one), "") for one in OF_THE_RECORD}
        if wrong := rules.problem_in_record(command.field, record, says):
            fields["says"] = wrong
    if fields:
        raise Malformed(_("訂正できませんでした。"), fields=fields)
    row = AddendumRow(
        id=new_id(),
        decision_id=decision.id,
        number=len(addenda.of_decision(uow.session, decision.id)) + 1,
        field=command.field,
        agency_id=place.agency_id,
        was=now[place],
        says=says,
        reason=command.reason,
        person_name=actor.person_name,
        agency_name=actor.agency_name,
        at=uow.now(),
    )
    uow.session.add(row)
    uow.session.flush()
    after = addenda.values_now(uow.session, decision, round_)
    decided_cells.follow_addendum(uow, decision, now, after, actor, command.reason)
    sheet_record.tell_record(uow, reach.load(uow, CaseRow, decision.case_id), actor)
    fact = DecisionCorrected(
        round_id=round_.id,
        number=row.number,
        field=row.field,
        agency_id=row.agency_id,
        was=row.was,
        says=row.says,
        reason=row.reason,
    )
    return Done(id=row.id, cursor=uow.record(item.room, fact))


def _in_hand(
    uow: UnitOfWork, actor: Actor, decision_id: str
) -> tuple[DecisionRow, RoundRow, reach.ItemInHand]:
    """A decision through its round and item; held, so that addenda are numbered one by one."""
    query = select(DecisionRow.round_id).where(DecisionRow.id == decision_id)
    round_id = uow.session.exec(query).first()
    if round_id is None:
        raise NotFound
    held = reach.round_(uow, actor, round_id, Act.CORRECT_DECISION)
    return reach.load(uow, DecisionRow, decision_id), held.row, held.item
