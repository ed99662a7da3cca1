"""The chair's way through one item: its steps, later, withdrawn, and what is still to be said."""

from dataclasses import replace
from typing import Annotated

from app.domain import conference as rules
from app.domain.conference import UNDER_WAY, ConferenceStatus, ItemKind, ItemStatus
from app.domain.errors import Malformed, StateForbids
from app.domain.facts import ItemPutOff
from app.domain.item_course import ItemStep, Later, put_off
from app.domain.item_results import ItemResult, Settled
from app.domain.people import Actor
from app.domain.sentences import _
from app.services.commands import Command, Done, Id, OptionalDay, line, paragraph
from app.services.use_case import use_case
from app.store import agenda, carrying, conferences, item_results
from app.store.tables.conferences import ConferenceRow
from app.store.unit_of_work import UnitOfWork


class TakeStep(Command):
    item_id: Id
    step: ItemStep


class PutOffItem(Command):
    """後回し: behind the next item, or behind all that still wait."""

    item_id: Id
    to: Later = Later.LAST


class WithdrawItem(Command):
    """取下げ of a case, with the agency that withdrew it and why; 見送り of any other item."""

    item_id: Id
    agency_id: Id | None = None
    person: Annotated[str, line(80, required=False)] = ""
    reason: Annotated[str, paragraph(500, required=False)] = ""


class SettleItem(Command):
    """Who answers for an item that goes on, and when: given late, or given anew."""

    item_id: Id
    owner_agency_id: Id
    owner_person: Annotated[str, line(80, required=False)] = ""
    next_date: OptionalDay = None


@use_case
def take_step(uow: UnitOfWork, actor: Actor, command: TakeStep) -> Done:
    """Only cases are walked through; the chair may also go back."""
    held, item = agenda.in_agenda(uow, actor, command.item_id)
    rules.require_open(ConferenceStatus(held.row.status))
    rules.require_running(ItemStatus(item.status))
    if item.kind != ItemKind.CASE:
        raise StateForbids(_("進め方の段階があるのは、案件の議題だけです。"))
    return Done(id=item.id, cursor=agenda.take_step(uow, item, command.step))


@use_case
def put_off_item(uow: UnitOfWork, actor: Actor, command: PutOffItem) -> Done:
    """The running item may be put off as well: it waits again and starts anew later."""
    held, item = agenda.in_agenda(uow, actor, command.item_id)
    _require_under_way(held.row)
    if item.status == ItemStatus.RUNNING:
        rules.require_open(ConferenceStatus(held.row.status))
    carrying.require_may_leave(uow, held.row, item)
    items = conferences.items_of(uow, held.row.id)
    before = [one.id for one in items]
    movable = [one.id for one in items if one.id == item.id or one.status == ItemStatus.WAITING]
    order = put_off(before, movable, item.id, command.to)
    if order == before:
        raise StateForbids(_("この議題より後に、これから扱う議題はありません。"))
    if item.status == ItemStatus.RUNNING:
        item.status, item.started_at, item.ends_at = ItemStatus.WAITING, None, None
        case = agenda.case_on(uow, item)
        if case is not None:
            agenda.wait_again(uow, held.row, case)
    agenda.put_in_order(uow, items, order)
    cursor = uow.record(held.room, ItemPutOff(item_id=item.id, item_ids=order))
    return Done(id=item.id, cursor=cursor)


@use_case
def withdraw_item(uow: UnitOfWork, actor: Actor, command: WithdrawItem) -> Done:
    """The item leaves this table; its case can be tabled again once things are clear."""
    held, item = agenda.in_agenda(uow, actor, command.item_id)
    _require_under_way(held.row)
    carrying.require_may_leave(uow, held.row, item)
    case = agenda.case_on(uow, item)
    if case is None:
        if item.status == ItemStatus.RUNNING:
            raise StateForbids(
                _("この議題はすでに始まっています。"),
                remedy=_("「議題を終える」で終えてください。"),
            )
        passed = Settled(ItemResult.PASSED_OVER, reason=command.reason)
        return Done(id=item.id, cursor=agenda.end(uow, actor, held.room, item, passed))
    if command.agency_id is None or not command.reason:
        raise Malformed(
            _("取下げには、申し出た機関と理由が必要です。"),
            fields={
                name: _("入力してください。")
                for name in ("agency_id", "reason")
                if not getattr(command, name)
            },
        )
    conferences.require_seat(uow.session, held.row.id, command.agency_id, "agency_id")
    agenda.leave_open(uow, held.row, case)
    withdrawn = Settled(
        ItemResult.WITHDRAWN,
        owner_agency_id=command.agency_id,
        owner_person=command.person,
        reason=command.reason,
    )
    return Done(id=item.id, cursor=agenda.end(uow, actor, held.room, item, withdrawn))


@use_case
def settle_item(uow: UnitOfWork, actor: Actor, command: SettleItem) -> Done:
    held, item = agenda.in_agenda(uow, actor, command.item_id)
    _require_under_way(held.row)
    settled = item_results.results_of(uow.session, [item.id]).get(item.id)
    if settled is None or settled.result is not ItemResult.CONTINUED:
        raise StateForbids(_("担当と次回を登録できるのは、「継続」で終えた議題だけです。"))
    conferences.require_seat(uow.session, held.row.id, command.owner_agency_id, "owner_agency_id")
    if command.next_date is None and settled.next_conference_id is None:
        raise Malformed(
            _("次に協議する日を入力してください。"),
            fields={"next_date": _("入力してください。")},
        )
    renewed = replace(
        settled,
        owner_agency_id=command.owner_agency_id,
        owner_person=command.owner_person,
        next_date=command.next_date or settled.next_date,
    )
    return Done(id=item.id, cursor=item_results.settle(uow, actor, item, renewed))


def _require_under_way(conference: ConferenceRow) -> None:
    """A break is as good a time as any to rearrange what still waits."""
    if conference.status not in UNDER_WAY:
        rules.require_open(ConferenceStatus(conference.status))
