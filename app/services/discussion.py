"""What is said at an agenda item before all: remarks, their corrections, and outcomes."""

from typing import Annotated

from sqlmodel import func, select

from app.domain import conference as rules
from app.domain.access import Act
from app.domain.conference import OutcomeKind
from app.domain.errors import Malformed, NotFound
from app.domain.facts import OutcomeRecorded, RemarkCorrected, RemarkMade
from app.domain.people import Actor
from app.domain.sentences import _
from app.services.commands import Command, Done, Id, Links, OptionalDay, line, paragraph
from app.services.use_case import use_case
from app.store import reach, recusals, remarks
from app.store.columns import new_id
from app.store.tables.conferences import OutcomeRow, RemarkRow, SeatRow
from app.store.unit_of_work import UnitOfWork


class SayRemark(Command):
    """``@`` and the name of a seated agency, or of a person acting for one, calls on it."""

    item_id: Id
    text: Annotated[str, paragraph(2000)]
    reply_to: Id | None = None
    links: Links = ()


class CorrectRemark(Command):
    remark_id: Id
    text: Annotated[str, paragraph(2000)]


class RecordOutcome(Command):
    """A task names who does it by when; other kinds may."""

    item_id: Id
    kind: OutcomeKind
    text: Annotated[str, paragraph(1000)]
    agency_id: Id | None = None
    person: Annotated[str, line(80, required=False)] = ""
    due: OptionalDay = None


class MarkOutcome(Command):
    """Without ``text`` the remark's own words are taken down."""

    remark_id: Id
    kind: OutcomeKind
    text: Annotated[str, paragraph(1000, required=False)] = ""
    agency_id: Id | None = None
    person: Annotated[str, line(80, required=False)] = ""
    due: OptionalDay = None


@use_case
def say_remark(uow: UnitOfWork, actor: Actor, command: SayRemark) -> Done:
    item = reach.item(uow, actor, command.item_id, Act.SPEAK)
    rules.require_open(rules.ConferenceStatus(item.conference.status))
    rules.require_running(rules.ItemStatus(item.row.status))
    root = None
    if command.reply_to:
        answered = uow.session.get(RemarkRow, command.reply_to)
        here = answered is not None and answered.item_id == item.row.id
        root = remarks.root_of(answered, here=here)
    fact = RemarkMade(
        remark_id=new_id(),
        text=command.text,
        reply_to=root,
        mentions=remarks.mentioned(uow, item.conference.id, command.text),
        links=remarks.checked_links(uow, actor, item, command.links),
    )
    cursor = uow.record(item.room, fact)
    remarks.write(
        uow.session,
        RemarkRow,
        id=fact.remark_id,
        item_id=item.row.id,
        agency_id=actor.agency_id,
        agency_name=actor.agency_name,
        person_id=actor.person_id,
        person_name=actor.person_name,
        text=fact.text,
        position=uow.entries[-1].seq,
        at=uow.now(),
        reply_to=root,
        mentions=fact.mentions,
        links=fact.links,
    )
    return Done(id=fact.remark_id, cursor=cursor)


@use_case
def correct_remark(uow: UnitOfWork, actor: Actor, command: CorrectRemark) -> Done:
    """While the conference is open; afterwards the minutes have their own way of correction."""
    remark, item = _remark(uow, actor, command.remark_id, Act.SPEAK)
    remarks.require_own(remark, actor)
    rules.require_open(rules.ConferenceStatus(item.conference.status))
    called = remarks.mentioned(uow, item.conference.id, command.text)
    remarks.amend(uow, remark, command.text, called)
    fact = RemarkCorrected(remark_id=remark.id, text=remark.text, mentions=remark.mentions)
    return Done(id=remark.id, cursor=uow.record(item.room, fact))


@use_case
def record_outcome(uow: UnitOfWork, actor: Actor, command: RecordOutcome) -> Done:
    item = reach.item(uow, actor, command.item_id, Act.RECORD_OUTCOME)
    return _write_outcome(uow, actor, item, command, command.text, None)


@use_case
def mark_outcome(uow: UnitOfWork, actor: Actor, command: MarkOutcome) -> Done:
    """The chair, or the secretariat as recorder (記録係), says what a remark amounts to."""
    remark, item = _remark(uow, actor, command.remark_id, Act.MARK_OUTCOME)
    text = command.text or remark.text
    if len(text) > 1000:
        raise Malformed(
            _("発言が長いため、記録する内容を1000文字以内にまとめてください。"),
            fields={"text": _("1000文字以内で入力してください。")},
        )
    return _write_outcome(uow, actor, item, command, text, remark.id)


def _remark(
    uow: UnitOfWork, actor: Actor, remark_id: str, act: Act
) -> tuple[RemarkRow, reach.ItemInHand]:
    """A remark through its item, which is locked first; who may not see it learns nothing."""
    query = select(RemarkRow.item_id).where(RemarkRow.id == remark_id)
    item_id = uow.session.exec(query).first()
    if item_id is None:
        raise NotFound
    item = reach.item(uow, actor, item_id, act)
    return reach.load(uow, RemarkRow, remark_id), item


def _write_outcome(
    uow: UnitOfWork,
    actor: Actor,
    item: reach.ItemInHand,
    command: RecordOutcome | MarkOutcome,
    text: str,
    remark_id: str | None,
) -> Done:
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
        text=text,
        agency_id=command.agency_id,
        person=command.person,
        due=command.due,
        recorded_by=actor.person_name,
        position=_next(uow, item.row.id),
        at=uow.now(),
        remark_id=remark_id,
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
            remark_id=remark_id,
        ),
    )
    return Done(id=outcome.id, cursor=cursor)


def _next(uow: UnitOfWork, item_id: str) -> int:
    """The item is locked, so counting cannot give the same place twice."""
    query = select(func.count()).select_from(OutcomeRow).where(OutcomeRow.item_id == item_id)
    return uow.session.exec(query).one() + 1
