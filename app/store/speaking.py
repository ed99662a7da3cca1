"""Speeches of an item as records: who has the floor, and what ends or stops a speech."""

from sqlmodel import col, func, select

from app.clock import iso
from app.domain import speaking
from app.domain.access import Act
from app.domain.conference import Reply, SeatRole
from app.domain.errors import NotFound
from app.domain.facts import (
    RequestWithdrawn,
    RoomKind,
    SpeechContinued,
    SpeechEnded,
    SpeechHeld,
)
from app.domain.people import Actor
from app.domain.speaking import SpeechState
from app.store import conferences, journal, reach, standings
from app.store.tables.conferences import AgendaItemRow, SeatRow
from app.store.tables.journal import RoomRow
from app.store.tables.speaking import SpeakersRow, SpeechRow
from app.store.unit_of_work import Desk, UnitOfWork


def speakers_of(desk: Desk, item_id: str) -> SpeakersRow:
    """The item's list; one nobody has touched is open, with no time fixed yet."""
    return desk.session.get(SpeakersRow, item_id) or SpeakersRow(item_id=item_id)


def hands_at(desk: Desk, item_id: str) -> list[SpeechRow]:
    """Raised hands in the order they were raised."""
    query = select(SpeechRow).where(
        SpeechRow.item_id == item_id, SpeechRow.state == SpeechState.WAITING
    )
    return list(desk.session.exec(query.order_by(col(SpeechRow.place))))


def speeches_at(desk: Desk, item_id: str) -> list[SpeechRow]:
    """Speeches held, in the order they began; the last may still go on."""
    query = select(SpeechRow).where(SpeechRow.item_id == item_id, col(SpeechRow.turn).is_not(None))
    return list(desk.session.exec(query.order_by(col(SpeechRow.turn))))


def present_at(desk: Desk, item_id: str) -> SpeechRow | None:
    query = select(SpeechRow).where(
        SpeechRow.item_id == item_id, SpeechRow.state == SpeechState.SPEAKING
    )
    return desk.session.exec(query).first()


def next_number(uow: UnitOfWork, item_id: str, column: str) -> int:
    """The next ``place`` or ``turn``; the item is locked, so nobody else takes it meanwhile."""
    newest = select(func.max(getattr(SpeechRow, column))).where(SpeechRow.item_id == item_id)
    return (uow.session.exec(newest).one() or 0) + 1


def agencies_at(desk: Desk, item: AgendaItemRow) -> list[str]:
    """Whose time this item is shared among, in the order of the office: those who may have the
    floor and did not send word of absence."""
    return [
        seat.agency_id
        for seat, _agency in conferences.seats_of(desk.session, item.conference_id)
        if seat.reply != Reply.ABSENT and may_have_floor(desk, item, seat.agency_id)
    ]


def may_have_floor(desk: Desk, item: AgendaItemRow, agency_id: str) -> bool:
    """Members only, and at a case only those within its firm's consent, as it stands now, who
    have no conflict of interest in it."""
    seat = desk.session.get(SeatRow, (item.conference_id, agency_id))
    if seat is None or seat.role != SeatRole.MEMBER:
        return False
    if item.case_id is None:
        return True
    if agency_id in standings.recused_from(desk.session, item.case_id):
        return False
    consent = standings.consent_in_force(desk.session, item.case_id)
    return consent is not None and bool(consent.groups_for(agency_id, desk.today()))


def speech(
    uow: UnitOfWork, actor: Actor, speech_id: str, act: Act
) -> tuple[reach.ItemInHand, SpeechRow]:
    """A speech is reached through its item, which is locked first.

    Its own agency reaches it by the right to speak, everybody else by ``act``.
    """
    found = uow.session.get(SpeechRow, speech_id)
    if found is None:
        raise NotFound
    own = found.agency_id == actor.agency_id
    in_hand = reach.item(uow, actor, found.item_id, Act.SPEAK if own else act)
    return in_hand, reach.load(uow, SpeechRow, speech_id)


def finish(uow: UnitOfWork, room: RoomRow, speech: SpeechRow) -> str:
    """End the speech now; return the cursor of its entry."""
    speech.seconds = speaking.elapsed(speech.seconds, speech.since, uow.now())
    speech.state, speech.since = SpeechState.SPOKEN, None
    uow.session.add(speech)
    uow.session.flush()
    return uow.record(room, SpeechEnded(speech_id=speech.id, seconds=speech.seconds))


def lower(uow: UnitOfWork, room: RoomRow, speech: SpeechRow) -> str:
    """Take the raised hand off the list; return the cursor of its entry."""
    speech.state = SpeechState.WITHDRAWN
    uow.session.add(speech)
    uow.session.flush()
    return uow.record(room, RequestWithdrawn(speech_id=speech.id))


def hold(uow: UnitOfWork, room: RoomRow, speech: SpeechRow) -> str | None:
    """Stop the clock of the speech; nothing happens to one that stands still."""
    if speech.since is None:
        return None
    speech.seconds = speaking.elapsed(speech.seconds, speech.since, uow.now())
    speech.since = None
    uow.session.add(speech)
    return uow.record(room, SpeechHeld(speech_id=speech.id, seconds=speech.seconds))


def carry_on(uow: UnitOfWork, room: RoomRow, speech: SpeechRow) -> str | None:
    """Let the clock of the speech run again; nothing happens to one that runs."""
    if speech.since is not None:
        return None
    speech.since = uow.now()
    uow.session.add(speech)
    return uow.record(room, SpeechContinued(speech_id=speech.id, since=iso(speech.since)))


def end_with_item(uow: UnitOfWork, item: AgendaItemRow) -> None:
    """The item ends, and with it the speech that is being held; hands left up stay as they were."""
    present = present_at(uow, item.id)
    if present is not None:
        finish(uow, _room(uow, item), present)


def stop_clock(uow: UnitOfWork, item: AgendaItemRow) -> str | None:
    """The conference pauses: nobody's time runs. The speech that was interrupted, if one was."""
    present = present_at(uow, item.id)
    if present is None or hold(uow, _room(uow, item), present) is None:
        return None
    return present.id


def run_clock(uow: UnitOfWork, item: AgendaItemRow, speech_id: str | None) -> None:
    """The conference goes on after a pause, and so does the speech it interrupted."""
    present = present_at(uow, item.id)
    if present is not None and present.id == speech_id:
        carry_on(uow, _room(uow, item), present)


def leave(uow: UnitOfWork, item: AgendaItemRow, agency_id: str) -> None:
    """The agency is out of this item: it loses the floor, and its hands go down."""
    room = _room(uow, item)
    present = present_at(uow, item.id)
    if present is not None and present.agency_id == agency_id:
        finish(uow, room, present)
    for hand in hands_at(uow, item.id):
        if hand.agency_id == agency_id:
            lower(uow, room, hand)


def _room(uow: UnitOfWork, item: AgendaItemRow) -> RoomRow:
    return journal.room_of(uow.session, RoomKind.ITEM, item.id)
