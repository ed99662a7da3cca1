"""Recusals as records: taking an agency out of an item in both rooms, and letting it return."""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from app.domain import interest
from app.domain.conference import ItemStatus
from app.domain.consensus import STILL_ASKED
from app.domain.facts import (
    AgencyRecused,
    RecusalLifted,
    RoomKind,
    SeatRetaken,
    SeatVacated,
)
from app.domain.interest import Origin, RecusalState
from app.domain.people import Actor
from app.store import journal, speaking
from app.store.tables.ballots import RoundRow
from app.store.tables.conferences import AgendaItemRow, SeatRow
from app.store.tables.journal import RoomRow
from app.store.tables.recusals import RecusalRow
from app.store.unit_of_work import UnitOfWork


def of_item(session: Session, item_id: str) -> list[RecusalRow]:
    """All there ever were at the item, in the order they came about."""
    query = select(RecusalRow).where(RecusalRow.item_id == item_id)
    ordered = query.order_by(col(RecusalRow.at), col(RecusalRow.id))
    return list(session.exec(ordered.execution_options(populate_existing=True)))


def newest(session: Session, item_id: str, agency_id: str) -> RecusalRow | None:
    """The open one if there is one: at an item an agency has at most one."""
    rows = [row for row in of_item(session, item_id) if row.agency_id == agency_id]
    still_open = (row for row in rows if row.state in interest.OPEN_STATES)
    return next(still_open, rows[-1] if rows else None)


def out_of(session: Session, item_id: str) -> set[str]:
    """The agencies that are out of the item now."""
    query = select(RecusalRow.agency_id).where(
        RecusalRow.item_id == item_id, RecusalRow.state == RecusalState.STANDING
    )
    return set(session.exec(query))


def out_at(session: Session, conference_id: str) -> Mapping[str, list[str]]:
    """Item → the agencies that are out of it, for every item of the conference."""
    query = (
        select(RecusalRow)
        .join(AgendaItemRow, col(AgendaItemRow.id) == col(RecusalRow.item_id))
        .where(
            AgendaItemRow.conference_id == conference_id,
            RecusalRow.state == RecusalState.STANDING,
        )
        .order_by(col(RecusalRow.agency_id))
    )
    found: dict[str, list[str]] = {}
    for row in session.exec(query):
        found.setdefault(row.item_id, []).append(row.agency_id)
    return found


def lost_by(session: Session, round_id: str) -> list[str]:
    """The seats of the round's electorate that it no longer asks, or asked no longer at its end."""
    query = select(RecusalRow.agency_id).where(RecusalRow.round_id == round_id)
    return sorted(set(session.exec(query)))


def recuse(
    uow: UnitOfWork,
    actor: Actor,
    item: AgendaItemRow,
    agency_id: str,
    origin: Origin,
    reason: str,
) -> tuple[RecusalRow, str]:
    """Take the agency out of the item and out of the question that is open on it.

    The item is locked by the caller. Return the row and the cursor in the conference's room,
    which the agency may still read.
    """
    speaking.leave(uow, item, agency_id)
    open_round = _open_round(uow, item.id, agency_id)
    for row in of_item(uow.session, item.id):
        if row.agency_id == agency_id and row.state == RecusalState.SUGGESTED:
            row.state = RecusalState.FOLLOWED
            uow.session.add(row)
    uow.session.flush()
    recusal = RecusalRow(
        item_id=item.id,
        agency_id=agency_id,
        state=RecusalState.STANDING,
        origin=origin,
        reason=reason,
        person_name=actor.person_name,
        agency_name=actor.agency_name,
        at=uow.now(),
        round_id=open_round.id if open_round else None,
    )
    uow.session.add(recusal)
    uow.session.flush()
    uow.record(
        journal.room_of(uow.session, RoomKind.ITEM, item.id),
        AgencyRecused(
            recusal_id=recusal.id,
            agency_id=agency_id,
            origin=origin,
            reason=reason,
            round_id=recusal.round_id,
        ),
    )
    fact = SeatVacated(item_id=item.id, agency_id=agency_id)
    return recusal, uow.record(_conference_room(uow, item), fact)


def lift(uow: UnitOfWork, actor: Actor, case_id: str, agency_id: str, reason: str) -> str:
    """End every recusal of the agency from the case, at whichever table it was made."""
    query = (
        select(RecusalRow, AgendaItemRow)
        .join(AgendaItemRow, col(AgendaItemRow.id) == col(RecusalRow.item_id))
        .where(
            AgendaItemRow.case_id == case_id,
            RecusalRow.agency_id == agency_id,
            RecusalRow.state == RecusalState.STANDING,
        )
        .order_by(col(RecusalRow.at), col(RecusalRow.id))
    )
    cursor = ""
    for row, item in uow.session.exec(query).all():
        round_ = uow.session.get(RoundRow, row.round_id) if row.round_id else None
        asks_again = round_ is not None and round_.state in STILL_ASKED
        returns_to = row.round_id if asks_again else None
        row.state, row.answer = RecusalState.LIFTED, reason
        row.answered_by, row.answered_at = actor.person_name, uow.now()
        row.round_id = None if asks_again else row.round_id
        uow.session.add(row)
        uow.session.flush()
        uow.record(
            journal.room_of(uow.session, RoomKind.ITEM, item.id),
            RecusalLifted(
                recusal_id=row.id, agency_id=agency_id, reason=reason, round_id=returns_to
            ),
        )
        fact = SeatRetaken(item_id=item.id, agency_id=agency_id)
        cursor = uow.record(_conference_room(uow, item), fact)
    return cursor


def carry_over(uow: UnitOfWork, actor: Actor, item: AgendaItemRow) -> None:
    """Agencies with a seat that are out of the case elsewhere are out of it here from the start."""
    query = (
        select(RecusalRow)
        .join(AgendaItemRow, col(AgendaItemRow.id) == col(RecusalRow.item_id))
        .where(
            AgendaItemRow.case_id == item.case_id,
            AgendaItemRow.id != item.id,
            RecusalRow.state == RecusalState.STANDING,
        )
        .order_by(col(RecusalRow.at).desc(), col(RecusalRow.id))
    )
    here = out_of(uow.session, item.id)
    for row in uow.session.exec(query).all():
        seat = uow.session.get(SeatRow, (item.conference_id, row.agency_id))
        if seat is not None and row.agency_id not in here:
            here.add(row.agency_id)
            recuse(uow, actor, item, row.agency_id, Origin.CARRIED, row.reason)


def carry_to_newcomer(uow: UnitOfWork, actor: Actor, conference_id: str) -> None:
    """One more seat was laid: it stays empty where its agency is out of a case."""
    items = select(AgendaItemRow).where(
        AgendaItemRow.conference_id == conference_id,
        AgendaItemRow.status != ItemStatus.DONE,
        col(AgendaItemRow.case_id).is_not(None),
    )
    for item in uow.session.exec(items.order_by(col(AgendaItemRow.position))).all():
        carry_over(uow, actor, item)


def require_chair_stays(session: Session, item: AgendaItemRow, chair_id: str) -> None:
    is_out = chair_id in out_of(session, item.id)
    interest.require_chair_stays(item.position, is_out=is_out)


def _conference_room(uow: UnitOfWork, item: AgendaItemRow) -> RoomRow:
    return journal.room_of(uow.session, RoomKind.CONFERENCE, item.conference_id)


def _open_round(uow: UnitOfWork, item_id: str, agency_id: str) -> RoundRow | None:
    """The question that is asked now, locked, if it asks the agency."""
    query = select(RoundRow).where(
        RoundRow.item_id == item_id, col(RoundRow.state).in_(STILL_ASKED)
    )
    locked = query.with_for_update().execution_options(populate_existing=True)
    found = uow.session.exec(locked).one_or_none()
    asked = found is not None and any(seat["agency_id"] == agency_id for seat in found.seats)
    return found if asked else None
