"""Agenda items and the cases on them, as they are taken up, ended or left open."""

from collections.abc import Iterable

from sqlmodel import select

from app.clock import iso
from app.domain import case_life
from app.domain.access import Act
from app.domain.case_life import CaseStatus
from app.domain.conference import ItemStatus
from app.domain.consensus import Result
from app.domain.errors import NotFound, StateForbids
from app.domain.facts import CaseDiscussed, ItemEnded, RoomKind, StepTaken
from app.domain.item_course import ItemStep, is_before
from app.domain.item_results import Settled
from app.domain.people import Actor
from app.domain.sentences import _
from app.store import (
    ballots,
    conferences,
    item_results,
    journal,
    papers,
    reach,
    speaking,
    standings,
)
from app.store.pictures.keeping import keep_item
from app.store.tables.agencies import AgencyRow
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow
from app.store.tables.journal import RoomRow
from app.store.unit_of_work import UnitOfWork


def in_agenda(
    uow: UnitOfWork, actor: Actor, item_id: str
) -> tuple[reach.ConferenceInHand, AgendaItemRow]:
    """An item as part of its conference, for those who run it; what it is about stays hidden.

    Chair and host move the agenda even where they are outside a firm's consent: then they know
    the item by its number only.
    """
    query = select(AgendaItemRow.conference_id).where(AgendaItemRow.id == item_id)
    conference_id = uow.session.exec(query).first()
    if conference_id is None:
        raise NotFound
    held = reach.conference(uow, actor, conference_id, Act.RUN_CONFERENCE)
    return held, reach.load(uow, AgendaItemRow, item_id)


def put_in_order(uow: UnitOfWork, items: Iterable[AgendaItemRow], order: list[str]) -> None:
    """Positions count from 1; telling the conference is left to the caller."""
    for item in items:
        item.position = order.index(item.id) + 1
        uow.session.add(item)
    uow.session.flush()


def case_on(uow: UnitOfWork, item: AgendaItemRow) -> CaseRow | None:
    return reach.load(uow, CaseRow, item.case_id) if item.case_id else None


def end(uow: UnitOfWork, actor: Actor, room: RoomRow, item: AgendaItemRow, settled: Settled) -> str:
    """End the item now with its result; the cursor of its entry in the conference's room."""
    speaking.end_with_item(uow, item)
    item.status, item.ended_at = ItemStatus.DONE, uow.now()
    uow.session.add(item)
    uow.session.flush()
    ended = ItemEnded(item_id=item.id, ended_at=iso(item.ended_at), result=settled.result)
    cursor = uow.record(room, ended)
    item_results.settle(uow, actor, item, settled)
    keep_item(uow, item)
    return cursor


def take_step(uow: UnitOfWork, item: AgendaItemRow, step: ItemStep) -> str:
    """Move the running item to the step; the cursor of its entry in the conference's room."""
    item.step = step
    uow.session.add(item)
    room = journal.room_of(uow.session, RoomKind.CONFERENCE, item.conference_id)
    return uow.record(room, StepTaken(item_id=item.id, step=step))


def advance(uow: UnitOfWork, item: AgendaItemRow, step: ItemStep) -> None:
    """What happens at the table moves its step on by itself, never back."""
    if is_before(item.step, step):
        take_step(uow, item, step)


def take_up(uow: UnitOfWork, actor: Actor, conference: ConferenceRow, item: AgendaItemRow) -> None:
    """The item's case is now discussed, if its firm's consent is in force today.

    Its papers are fixed by now, at the latest.
    """
    case = case_on(uow, item)
    if case is None:
        return
    consent = standings.consent_in_force(uow.session, case.id)
    tabled = case.status == CaseStatus.SCHEDULED
    if not tabled or consent is None or not consent.live_on(uow.today()):
        raise StateForbids(
            _("この議題の案件は、現在協議できません（同意の撤回・期限切れ、または取下げ）。"),
            remedy=_("事務局が案件の状態を確認し、「継続」にして次の議題へ進んでください。"),
        )
    case.status = case_life.move(CaseStatus.SCHEDULED, CaseStatus.IN_CONFERENCE)
    uow.session.add(case)
    conferences.let_take_part(uow, conference.id, case.id, consent, uow.today())
    if papers.set_of(uow.session, item.id) is None:
        papers.fix(uow, actor, item.id, case.id)
    tell_case(uow, conference, case, None)


def require_nothing_asked(uow: UnitOfWork, item: AgendaItemRow) -> None:
    if ballots.open_on(uow.session, item.id) is not None:
        raise StateForbids(_("意思表示を受付中です。先に宣言してください。"))


def leave_open(uow: UnitOfWork, conference: ConferenceRow, case: CaseRow) -> None:
    """The case goes back to where it can be tabled again."""
    if case.status in {CaseStatus.SCHEDULED, CaseStatus.IN_CONFERENCE}:
        case.status = case_life.move(CaseStatus(case.status), CaseStatus.ACCEPTED)
        uow.session.add(case)
        tell_case(uow, conference, case, Result.CONTINUED)


def wait_again(uow: UnitOfWork, conference: ConferenceRow, case: CaseRow) -> None:
    """後回し of the running item: its case stands on the agenda like before."""
    case.status = case_life.move(CaseStatus(case.status), CaseStatus.SCHEDULED)
    uow.session.add(case)
    tell_case(uow, conference, case, None)


def take_up_again(uow: UnitOfWork, conference: ConferenceRow, case: CaseRow) -> None:
    """What was to be continued is asked once more at the same table."""
    case.status = case_life.move(CaseStatus(case.status), CaseStatus.IN_CONFERENCE)
    uow.session.add(case)
    tell_case(uow, conference, case, None)


def take_up_if_left(uow: UnitOfWork, conference: ConferenceRow, case: CaseRow | None) -> None:
    """Somebody may be found after all, at the table where it was said that nobody takes it."""
    if case is not None and case.status == CaseStatus.ACCEPTED:
        take_up_again(uow, conference, reach.load(uow, CaseRow, case.id))


def put_back(uow: UnitOfWork, conference: ConferenceRow, item: AgendaItemRow) -> None:
    """The conference is called off: its case waits for another one."""
    case = case_on(uow, item)
    if case is not None and case.status == CaseStatus.SCHEDULED:
        case.status = case_life.move(CaseStatus.SCHEDULED, CaseStatus.ACCEPTED)
        uow.session.add(case)
        tell_case(uow, conference, case, None)


def tell_case(
    uow: UnitOfWork, conference: ConferenceRow, case: CaseRow, result: Result | None
) -> None:
    """In the case's own room: what came of it at the conference, and who leads by now."""
    lead = uow.session.get(AgencyRow, case.lead_agency_id) if case.lead_agency_id else None
    uow.record(
        journal.room_of(uow.session, RoomKind.CASE, case.id),
        CaseDiscussed(
            conference_id=conference.id,
            result=result,
            lead_agency_id=case.lead_agency_id,
            lead_agency_name=lead.name if lead else "",
            lead_person=case.lead_person,
            case_status=case.status,
        ),
    )
