"""What is said at an agenda item: remarks, and outcomes typed while it runs."""

from typing import Annotated

from sqlmodel import func, select

from app.domain import conference as rules
from app.domain.access import Act
from app.domain.conference import OutcomeKind
from app.domain.errors import Malformed
from app.domain.facts import OutcomeRecorded, RemarkMade
from app.domain.people import Actor
from app.domain.sentences import _
from app.services.commands import Command, Done, Id, OptionalDay, line, paragraph
from app.services.use_case import use_case
from app.store import reach, recusals
from app.store.columns import new_id
from app.store.tables.conferences import OutcomeRow, RemarkRow, SeatRow
from app.store.unit_of_work import UnitOfWork


class SayRemark(Command):
    item_id: Id
    text: Annotated[str, paragraph(2000)]


class RecordOutcome(Command):
    """A task names who does it by when; other kinds may."""

    item_id: Id
    kind: OutcomeKind
    text: Annotated[str, paragraph(1000)]
    agency_id: Id | None = None
    person: Annotated[str, line(80, required=False)] = ""
    due: OptionalDay = None


@use_case
def say_remark(uow: UnitOfWork, actor: Actor, command: SayRemark) -> Done:
    item = reach.item(uow, actor, command.item_id, Act.SPEAK)
    rules.require_open(rules.ConferenceStatus(item.conference.status))
    rules.require_running(rules.ItemStatus(item.row.status))
    remark = RemarkRow(
        id=new_id(),
        item_id=item.row.id,
        agency_id=actor.agency_id,
        agency_name=actor.agency_name,
        person_id=actor.person_id,
        person_name=actor.person_name,
        text=command.text,
        position=_next(uow, RemarkRow, item.row.id),
        at=uow.now(),
    )
    uow.session.add(remark)
    cursor = uow.record(item.room, RemarkMade(remark_id=remark.id, text=remark.text))
    return Done(id=remark.id, cursor=cursor)


@use_case
def record_outcome(uow: UnitOfWork, actor: Actor, command: RecordOutcome) -> Done:
    item = reach.item(uow, actor, command.item_id, Act.RECORD_OUTCOME)
    rules.require_open(rules.ConferenceStatus(item.conference.status))
    rules.require_running(rules.ItemStatus(item.row.status))
    if command.kind is OutcomeKind.TASK and not (command.agency_id and command.due):
        raise Malformed(
            _("宿題には担当機関と期限が必要です。"),
            fields={
                name: _("入力してください。")
                for name in ("agency_id", "due")
                if not getattr(command, name)
            },
        )
    if command.agency_id:
        seat = uow.session.get(SeatRow, (item.conference.id, command.agency_id))
        if seat is None or command.agency_id in recusals.out_of(uow.session, item.row.id):
            raise Malformed(
                _("この会議の参加機関から選んでください。"),
                fields={"agency_id": _("参加機関ではありません。")},
            )
    outcome = OutcomeRow(
        id=new_id(),
        item_id=item.row.id,
        kind=command.kind,
        text=command.text,
        agency_id=command.agency_id,
        person=command.person,
        due=command.due,
        recorded_by=actor.person_name,
        position=_next(uow, OutcomeRow, item.row.id),
        at=uow.now(),
    )
    uow.session.add(outcome)
    cursor = uow.record(
        item.room,
        OutcomeRecorded(
            outcome_id=outcome.id,
            outcome_kind=outcome.kind,
            text=outcome.text,
            agency_id=outcome.agency_id,
            person=outcome.person,
            due=outcome.due.isoformat() if outcome.due else None,
        ),
    )
    return Done(id=outcome.id, cursor=cursor)


def _next(uow: UnitOfWork, table: type[RemarkRow] | type[OutcomeRow], item_id: str) -> int:
    """The item is locked, so counting cannot give the same place twice."""
    query = select(func.count()).select_from(table).where(table.item_id == item_id)
    return uow.session.exec(query).one() + 1
