"""The agenda (議題): tabling a case, adding other items, and their order."""

from typing import Annotated, Literal

from pydantic import Field

from app.domain.access import Act
from app.domain.conference import (
    CONFERENCE_STATUS_LABELS,
    UNDER_WAY,
    ConferenceStatus,
    ItemKind,
    ItemStatus,
)
from app.domain.errors import Malformed, StateForbids
from app.domain.facts import AgendaReordered
from app.domain.item_course import placed_after
from app.domain.people import Actor
from app.domain.sentences import _
from app.services.commands import Command, Done, Id, Whole, line
from app.services.use_case import use_case
from app.store import agenda, conferences, reach, tabling
from app.store.tables.conferences import AgendaItemRow
from app.store.unit_of_work import UnitOfWork

Minutes = Annotated[Whole, Field(ge=1, le=240)]


class TableCase(Command):
    """付議: a case that was taken up is put on the agenda of a conference."""

    conference_id: Id
    case_id: Id
    minutes: Minutes
    after_item_id: Id | None = None


class AddItem(Command):
    """At the end of the agenda, or as soon after another item as what has begun allows."""

    conference_id: Id
    kind: Literal[ItemKind.REPORT, ItemKind.EXCHANGE]
    title: Annotated[str, line(120)]
    minutes: Minutes
    after_item_id: Id | None = None


class ReorderAgenda(Command):
    """Every item of the agenda, each once, in the order wanted."""

    conference_id: Id
    item_ids: Annotated[list[Id], Field(min_length=1, max_length=200)]


@use_case
def table_case(uow: UnitOfWork, actor: Actor, command: TableCase) -> Done:
    """The case's receiver tables it at its own conference, within the firm's consent."""
    held = _arranging(uow, actor, command.conference_id)
    case = reach.case(uow, actor, command.case_id, Act.TABLE_CASE)
    item, cursor = tabling.table(uow, actor, held.room, held.row, case.row, command.minutes)
    moved = _place(uow, held, item, command.after_item_id)
    return Done(id=item.id, cursor=moved or cursor)


@use_case
def add_item(uow: UnitOfWork, actor: Actor, command: AddItem) -> Done:
    held = _arranging(uow, actor, command.conference_id)
    item = tabling.put_on(uow, held.row, command.kind, command.title, command.minutes)
    cursor = uow.record(held.room, tabling.added(item))
    moved = _place(uow, held, item, command.after_item_id)
    return Done(id=item.id, cursor=moved or cursor)


@use_case
def reorder_agenda(uow: UnitOfWork, actor: Actor, command: ReorderAgenda) -> Done:
    """Items that ran or are running keep their places; the others change around them."""
    held = _arranging(uow, actor, command.conference_id)
    items = {item.id: item for item in conferences.items_of(uow, held.row.id)}
    if sorted(command.item_ids) != sorted(items):
        raise Malformed(
            _("議題が変わったため、並べ替えられませんでした。画面を読み込み直してください。"),
            fields={"item_ids": _("すべての議題を1回ずつ指定してください。")},
        )
    moved = (
        old
        for old, new in zip(items.values(), command.item_ids, strict=True)
        if old.id != new and old.status != ItemStatus.WAITING
    )
    if any(moved):
        raise StateForbids(_("すでに始めた議題の順番は変えられません。"))
    cursor = _reordered(uow, held, list(items.values()), command.item_ids)
    return Done(id=held.row.id, cursor=cursor)


def _arranging(uow: UnitOfWork, actor: Actor, conference_id: str) -> reach.ConferenceInHand:
    """The secretariat's before the conference opens; from then on the chair's as well."""
    held = reach.conference(uow, actor, conference_id, Act.RUN_CONFERENCE)
    if held.row.status not in UNDER_WAY:
        reach.allow(actor, Act.MANAGE_CONFERENCE, held.standing, Act.SEE_CONFERENCE)
    if conferences.is_over(held.row):
        raise StateForbids(
            _("会議は「{status}」のため、議題は変更できません。"),
            status=CONFERENCE_STATUS_LABELS[ConferenceStatus(held.row.status)],
        )
    return held


def _place(
    uow: UnitOfWork, held: reach.ConferenceInHand, item: AgendaItemRow, after_id: str | None
) -> str | None:
    """Bring the new item from the end to where it was wanted; the cursor if it moved."""
    if after_id is None:
        return None
    items = conferences.items_of(uow, held.row.id)
    before = [one.id for one in items]
    if after_id not in before:
        raise Malformed(
            _("議題が変わったため、指定の位置に入れられませんでした。"),
            fields={"after_item_id": _("位置を選び直してください。")},
        )
    movable = [one.id for one in items if one.status == ItemStatus.WAITING]
    order = placed_after(before, movable, item.id, after_id)
    return None if order == before else _reordered(uow, held, items, order)


def _reordered(
    uow: UnitOfWork,
    held: reach.ConferenceInHand,
    items: list[AgendaItemRow],
    order: list[str],
) -> str:
    agenda.put_in_order(uow, items, order)
    return uow.record(held.room, AgendaReordered(item_ids=order))
