"""付議: a new item on an agenda, and a case with it."""

from app.domain import case_life
from app.domain.case_life import CaseStatus
from app.domain.conference import ItemKind, ItemStatus
from app.domain.conference_templates import may_name_firms
from app.domain.errors import StateForbids
from app.domain.facts import CaseTabled, ItemAdded, ItemOpened, RoomKind
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.vocabulary import ConferenceKind
from app.store import conferences, journal, recusals, standings
from app.store.columns import new_id
from app.store.pictures.item import case_told
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow
from app.store.tables.journal import RoomRow
from app.store.unit_of_work import UnitOfWork


def put_on(
    uow: UnitOfWork,
    conference: ConferenceRow,
    kind: ItemKind,
    title: str,
    minutes: int,
    case_id: str | None = None,
) -> AgendaItemRow:
    """The item stands last, with a room of its own; the caller tells the conference."""
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
    room = journal.open_room(uow.session, RoomKind.ITEM, item.id, uow.now())
    uow.record(room, ItemOpened(case=case_told(uow.session, case_id)))
    return item


def added(item: AgendaItemRow) -> ItemAdded:
    return ItemAdded(
        item_id=item.id,
        position=item.position,
        item_kind=item.kind,
        title=item.title,
        minutes=item.minutes,
    )


def table(
    uow: UnitOfWork,
    actor: Actor,
    room: RoomRow,
    conference: ConferenceRow,
    case: CaseRow,
    minutes: int,
) -> tuple[AgendaItemRow, str]:
    """Put the case on the agenda within its firm's consent; the item, and its entry's cursor."""
    if not may_name_firms(ConferenceKind(conference.kind)):
        raise StateForbids(_("この種類の会議では、企業名を示した案件は扱えません。"))
    day = conferences.held_on(conference)
    consent = standings.consent_in_force(uow.session, case.id)
    if consent is None or not consent.live_on(day):
        raise StateForbids(
            _("会議の開催日に同意が有効ではないため、付議できません。"),
            remedy=_("同意の期間を確認し、必要なら新しい同意を登録してください。"),
        )
    if any(i.case_id == case.id for i in conferences.items_of(uow, conference.id)):
        raise StateForbids(_("この案件は、すでにこの会議の議題に載っています。"))
    case.status = case_life.move(CaseStatus(case.status), CaseStatus.SCHEDULED)
    uow.session.add(case)
    item = put_on(uow, conference, ItemKind.CASE, "", minutes, case.id)
    conferences.let_take_part(uow, conference.id, case.id, consent, day)
    cursor = uow.record(room, added(item))
    recusals.carry_over(uow, actor, item)
    uow.record(
        journal.room_of(uow.session, RoomKind.CASE, case.id),
        CaseTabled(
            conference_id=conference.id,
            conference_name=conference.name,
            item_id=item.id,
            case_status=case.status,
        ),
    )
    return item, cursor
