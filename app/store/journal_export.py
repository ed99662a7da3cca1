"""Journals as they leave the house: the rooms of a conference, their copies, the fingerprint."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, select

from app.clock import iso
from app.domain.conference import ConferenceStatus
from app.domain.facts import ConferenceClosed, RoomKind
from app.domain.fingerprint import fingerprint_of
from app.domain.journal_copies import FORMAT
from app.store import journal
from app.store.tables.conferences import AgendaItemRow, ConferenceRow
from app.store.tables.journal import EntryRow, RoomRow
from app.store.unit_of_work import Desk


def rooms_of(session: Session, conference_id: str) -> list[RoomRow]:
    """The conference's own room and those of its items in their order; no inner lanes."""
    items = select(AgendaItemRow.id).where(AgendaItemRow.conference_id == conference_id)
    ids = [
        journal.room_id(RoomKind.CONFERENCE, conference_id),
        *(
            journal.room_id(RoomKind.ITEM, one)
            for one in session.exec(items.order_by(col(AgendaItemRow.position)))
        ),
    ]
    held = (session.get(RoomRow, one) for one in ids)
    return [room for room in held if room is not None]


def copy_of(desk: Desk, room: RoomRow, *, without_words: bool = False) -> Iterator[dict[str, Any]]:
    """The header and every entry up to the head, with all that the chain is made of.

    Of an inner lane the words stay where they are: a copy is handed on, and what an agency says
    among itself or to the chair never is. The chain can be checked without them.
    """
    withheld = without_words or room.kind == RoomKind.LANE
    yield {
        "format": FORMAT,
        "room": room.id,
        "kind": room.kind,
        "seq": room.last_seq,
        "hash": room.last_hash,
        "exported_at": iso(desk.now()),
    }
    query = select(EntryRow).where(EntryRow.room_id == room.id, EntryRow.seq <= room.last_seq)
    for entry in desk.session.exec(query.order_by(col(EntryRow.seq))):
        # The time as the hash has it, so that whoever checks need not know how it is written.
        told = entry.model_dump() | {"at": iso(entry.at)}
        yield told | ({"body": None, "salt": ""} if withheld else {})


def fingerprint_on(session: Session, conference_id: str) -> str:
    """Of the conference as it was when it closed, so that it stays the same for good.

    Before that, as it is now. To the millisecond, as entries tell their time; what an item's room
    says after the conference has closed is no part of it.
    """
    rooms = rooms_of(session, conference_id)
    query = select(EntryRow.at).where(
        EntryRow.room_id == journal.room_id(RoomKind.CONFERENCE, conference_id),
        EntryRow.kind == ConferenceClosed.wire_name(),
    )
    closed = session.exec(query.order_by(col(EntryRow.seq)).limit(1)).first()
    if closed is None:
        return fingerprint_of({room.id: room.last_hash for room in rooms})
    end = closed.replace(microsecond=closed.microsecond // 1000 * 1000) + timedelta(milliseconds=1)
    heads = {}
    for room in rooms:
        newest = select(EntryRow.hash).where(EntryRow.room_id == room.id, EntryRow.at < end)
        last = newest.order_by(col(EntryRow.seq).desc()).limit(1)
        heads[room.id] = session.exec(last).first() or ""
    return fingerprint_of(heads)


def fingerprint_if_closed(session: Session, conference: ConferenceRow) -> str:
    """What people may note down: empty until nothing more is decided."""
    if conference.status != ConferenceStatus.CLOSED:
        return ""
    return fingerprint_on(session, conference.id)
