"""The journal: per room, gap-free, chained, written in the transaction of the change."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, Self

from sqlalchemy import bindparam, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from app.clock import iso
from app.domain.facts import Fact, RoomKind
from app.domain.journal_faults import Fault
from app.domain.people import Signatory
from app.store import kept
from app.store.cursors import cursor_of
from app.store.prepared import Prepared
from app.store.tables.journal import EntryRow, RoomRow

# The two statements of every entry, run more often than any other.
_HEAD = Prepared(
    select(RoomRow.last_seq, RoomRow.last_hash)
    .where(RoomRow.id == bindparam("room"))
    .with_for_update()
)
_ADVANCE = Prepared(
    update(RoomRow)
    .where(col(RoomRow.id) == bindparam("room"))
    .values(last_seq=bindparam("seq"), last_hash=bindparam("hash"))
)
_INSERT = Prepared.insert_into(EntryRow)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it was just written; the row of the table has the same names."""

    room_id: str
    seq: int
    op_id: str
    part: int
    kind: str
    visibility: str
    person_id: str
    person_name: str
    agency_id: str
    agency_name: str
    at: datetime
    body: dict[str, Any] | None
    salt: str
    body_digest: str
    prev: str
    hash: str


@dataclass(frozen=True, slots=True)
class Author:
    person_id: str
    person_name: str
    agency_id: str
    agency_name: str

    @classmethod
    def of(cls, actor: Signatory) -> Self:
        return cls(actor.person_id, actor.person_name, actor.agency_id, actor.agency_name)


def room_id(kind: RoomKind, subject_id: str) -> str:
    return f"{kind.letter}-{subject_id}"


def open_room(session: Session, kind: RoomKind, subject_id: str, now: datetime) -> RoomRow:
    """Make the room of a subject that has just come to be."""
    room = RoomRow(id=room_id(kind, subject_id), kind=kind, subject_id=subject_id, created_at=now)
    session.add(room)
    session.flush()
    return room


def room_of(session: Session, kind: RoomKind, subject_id: str) -> RoomRow:
    """The room of a subject; its row is locked when the first entry is appended."""
    room = kept.row(session, RoomRow, room_id(kind, subject_id))
    if room is None:
        raise ValueError(f"there is no room {room_id(kind, subject_id)}")
    return room


def hold(session: Session, room: RoomRow) -> int:
    """Keep everybody else from writing into the room until the transaction ends; its number."""
    head = _HEAD.first(session, room=room.id)
    if head is None:
        raise ValueError(f"there is no room {room.id}")
    return int(head[0])


def append(
    session: Session,
    room: RoomRow,
    fact: Fact,
    author: Author,
    *,
    op_id: str,
    part: int,
    at: datetime,
) -> Entry:
    """Take the next number under the room's lock and chain the entry to the one before."""
    if fact.room_kind != room.kind:
        raise ValueError(f"{fact.wire_name()} does not belong into a room of kind {room.kind}")
    last_seq, last_hash = _head_of(session, room)
    body, salt = fact.body(), secrets.token_hex(16)
    told: dict[str, Any] = {
        "room_id": room.id,
        "seq": last_seq + 1,
        "op_id": op_id,
        "part": part,
        "kind": fact.wire_name(),
        "visibility": fact.visibility(),
        "person_id": author.person_id,
        "person_name": author.person_name,
        "agency_id": author.agency_id,
        "agency_name": author.agency_name,
        "at": at,
        "body": body,
        "salt": salt,
        "body_digest": digest_of(body, salt),
        "prev": last_hash,
    }
    entry = Entry(**told, hash=hash_of(told))
    _INSERT.run(session, **told, hash=entry.hash)
    _ADVANCE.run(session, room=room.id, seq=entry.seq, hash=entry.hash)
    # The row at hand says what the table says now, without being written a second time.
    set_committed_value(room, "last_seq", entry.seq)
    set_committed_value(room, "last_hash", entry.hash)
    return entry


def _head_of(session: Session, room: RoomRow) -> tuple[int, str]:
    """Number and hash of the newest entry, the room's row being ours until the end.

    SQLite has nobody else writing by now, and whoever writes knows what changed since it read.
    """
    if session.get_bind().dialect.name == "sqlite":
        return room.last_seq, room.last_hash
    head = _HEAD.first(session, room=room.id)
    if head is None:
        raise ValueError(f"there is no room {room.id}")
    return head[0], head[1]


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(body: dict[str, Any], salt: str) -> str:
    """Salted, so that a withheld body cannot be guessed from its digest."""
    return hashlib.sha256(f"{salt}\n{_CANONICAL.encode(body)}".encode()).hexdigest()


_HASHED = (
    *("prev", "room_id", "seq", "op_id", "part", "kind", "visibility"),
    *("person_id", "person_name", "agency_id", "agency_name", "at", "body_digest"),
)
_VALUES, _AT = itemgetter(*_HASHED), _HASHED.index("at")


def hash_of(entry: Mapping[str, Any]) -> str:
    """Hash over everything but the body itself, which its digest stands for."""
    values = list(_VALUES(entry))
    values[_AT] = iso(values[_AT])
    return hashlib.sha256("\n".join(map(str, values)).encode()).hexdigest()


def is_as_told(entry: EntryRow) -> bool:
    """Whether the body is the one the entry was chained with; one that was erased says nothing."""
    return entry.body is None or digest_of(entry.body, entry.salt) == entry.body_digest


def cursor(secret: bytes, entry: Entry) -> str:
    return cursor_of(secret, entry.room_id, entry.seq)


def entries_after(
    session: Session, room_id: str, seq: int, tags: Iterable[str] | None = None, limit: int = 2000
) -> list[EntryRow]:
    """Entries newer than ``seq`` in order; with ``tags``, only those the class may see."""
    query = select(EntryRow).where(EntryRow.room_id == room_id, EntryRow.seq > seq)
    if tags is not None:
        query = query.where(col(EntryRow.visibility).in_(["", *tags]))
    return list(session.exec(query.order_by(col(EntryRow.seq)).limit(limit)))


def newest_of(session: Session, room_id: str, fact: type[Fact]) -> int:
    """Number of the room's newest entry of this kind, 0 for none."""
    query = select(EntryRow.seq).where(
        EntryRow.room_id == room_id, EntryRow.kind == fact.wire_name()
    )
    return session.exec(query.order_by(col(EntryRow.seq).desc()).limit(1)).first() or 0


def last_visible(
    session: Session, room_id: str, tags: Iterable[str] | None, upto: int | None = None
) -> int:
    """Number of the newest entry the class may see (0: none), so that all of it agree on it."""
    query = select(EntryRow.seq).where(EntryRow.room_id == room_id)
    if upto is not None:
        query = query.where(EntryRow.seq <= upto)
    if tags is not None:
        query = query.where(col(EntryRow.visibility).in_(["", *tags]))
    return session.exec(query.order_by(col(EntryRow.seq).desc()).limit(1)).first() or 0


def on_wire(secret: bytes, entry: EntryRow | Entry, prev_seq: int) -> dict[str, Any]:
    """An entry as clients get it; ``prev`` names the entry its reader saw before it."""
    return {
        "room": entry.room_id,
        "cursor": cursor_of(secret, entry.room_id, entry.seq),
        "prev": cursor_of(secret, entry.room_id, prev_seq),
        "id": entry.op_id,
        "kind": entry.kind,
        "at": iso(entry.at),
        "by": {
            "person": entry.person_name,
            "agency_id": entry.agency_id,
            "agency": entry.agency_name,
        },
        "body": entry.body,
    }


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where a journal does not hold together."""

    room_id: str
    seq: int
    problem: Fault


def verify(session: Session, room: RoomRow) -> Iterator[Broken]:
    """Recompute one room's chain: numbers without gaps, digests, links, and the head."""
    expected, before = 1, ""
    rows = session.exec(
        select(EntryRow).where(EntryRow.room_id == room.id).order_by(col(EntryRow.seq))
    )
    for entry in rows:
        if entry.seq != expected:
            yield Broken(room.id, entry.seq, Fault.NUMBER)
        if entry.prev != before:
            yield Broken(room.id, entry.seq, Fault.LINK)
        if not is_as_told(entry):
            yield Broken(room.id, entry.seq, Fault.BODY)
        if hash_of(entry.model_dump()) != entry.hash:
            yield Broken(room.id, entry.seq, Fault.HASH)
        before, expected = entry.hash, entry.seq + 1
    if room.last_seq != expected - 1 or room.last_hash != before:
        yield Broken(room.id, room.last_seq, Fault.HEAD)
