"""The agenda (議題): tabling a case, adding other items, and their order."""

from typing import Annotated, Literal

from pydantic import Field

from app.domain import case_life
from app.domain.access import Act
from app.domain.case_life import CaseStatus
from app.domain.conference import (
    CONFERENCE_STATUS_LABELS,
    ConferenceStatus,
    ItemKind,
    ItemStatus,
)
from app.domain.conference_templates import may_name_firms
from app.domain.errors import Malformed, StateForbids
from app.domain.facts import AgendaReordered, CaseTabled, ItemAdded, RoomKind
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.vocabulary import ConferenceKind
from app.services.commands import Command, Done, Id, Whole, line
from app.services.use_case import use_case
from app.store import conferences, journal, reach, recusals, standings
from app.store.columns import new_id
from app.store.tables.conferences import AgendaItemRow, ConferenceRow
from app.store.unit_of_work import UnitOfWork

Minutes = Annotated[Whole, Field(ge=1, le=240)]


class TableCase(Command):
    """付議: a case that was taken up is put on the agenda of a conference."""

    conference_id: Id
    case_id: Id
    minutes: Minutes


class AddItem(Command):
    conference_id: Id
    kind: Literal[ItemKind.REPORT, ItemKind.EXCHANGE]
    title: Annotated[str, line(120)]
    minutes: Minutes


class ReorderAgenda(Command):
    """Every item of the agenda, each once, in the order wanted."""

    conference_id: Id
    item_ids: Annotated[list[Id], Field(min_length=1, max_length=200)]


@use_case
def table_case(uow: UnitOfWork, actor: Actor, command: TableCase) -> Done:
    """The case's receiver tables it at its own conference, within the firm's consent."""
    held = reach.conference(uow, actor, command.conference_id, Act.MANAGE_CONFERENCE)
    conference = held.row
    _require_not_over(conference)
    if not may_name_firms(ConferenceKind(conference.kind)):
        raise StateForbids(_("この種類の会議では、企業名を示した案件は扱えません。"))
    case = reach.case(uow, actor, command.case_id, Act.TABLE_CASE)
    day = conferences.held_on(conference)
    consent = standings.consent_in_force(uow.session, case.row.id)
    if consent is None or not consent.live_on(day):
        raise StateForbids(
            _("会議の開催日に同意が有効ではないため、付議できません。"),
            remedy=_("同意の期間を確認し、必要なら新しい同意を登録してください。"),
        )
    if any(i.case_id == case.row.id for i in conferences.items_of(uow, conference.id)):
        raise StateForbids(_("この案件は、すでにこの会議の議題に載っています。"))
    case.row.status = case_life.move(CaseStatus(case.row.status), CaseStatus.SCHEDULED)
    uow.session.add(case.row)
    item = _add(uow, conference, ItemKind.CASE, "", command.minutes, case.row.id)
    conferences.let_take_part(uow, conference.id, case.row.id, consent, day)
    cursor = uow.record(held.room, _added(item))
    recusals.carry_over(uow, actor, item)
    uow.record(
        case.room,
        CaseTabled(
            conference_id=conference.id,
            conference_name=conference.name,
            item_id=item.id,
            case_status=case.row.status,
        ),
    )
    return Done(id=item.id, cursor=cursor)


@use_case
def add_item(uow: UnitOfWork, actor: Actor, command: AddItem) -> Done:
    held = reach.conference(uow, actor, command.conference_id, Act.MANAGE_CONFERENCE)
    _require_not_over(held.row)
    item = _add(uow, held.row, command.kind, command.title, command.minutes)
    return Done(id=item.id, cursor=uow.record(held.room, _added(item)))


@use_case
def reorder_agenda(uow: UnitOfWork, actor: Actor, command: ReorderAgenda) -> Done:
    """Items that ran or are running keep their places; the others change around them."""
    held = reach.conference(uow, actor, command.conference_id, Act.MANAGE_CONFERENCE)
    _require_not_over(held.row)
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
    for position, item_id in enumerate(command.item_ids, start=1):
        items[item_id].position = position
        uow.session.add(items[item_id])
    cursor = uow.record(held.room, AgendaReordered(item_ids=command.item_ids))
    return Done(id=held.row.id, cursor=cursor)


def _require_not_over(conference: ConferenceRow) -> None:
    if conferences.is_over(conference):
        raise StateForbids(
            _("会議は「{status}」のため、議題は変更できません。"),
            status=CONFERENCE_STATUS_LABELS[ConferenceStatus(conference.status)],
        )


def _add(
    uow: UnitOfWork,
    conference: ConferenceRow,
    kind: ItemKind,
    title: str,
    minutes: int,
    case_id: str | None = None,
) -> AgendaItemRow:
    item = AgendaItemRow(
        id=new_id(),
        conference_id=conference.id,
        position=conferences.next_position(uow.session, conference.id),
        kind=kind,
        case_id=case_id,
        title=title,
        minutes=minutes,
        status=ItemStatus.WAITING,
    )
    uow.session.add(item)
    uow.session.flush()
    journal.open_room(uow.session, RoomKind.ITEM, item.id, uow.now())
    return item


def _added(item: AgendaItemRow) -> ItemAdded:
    return ItemAdded(
        item_id=item.id,
        position=item.position,
        item_kind=item.kind,
        title=item.title,
        minutes=item.minutes,
    )
