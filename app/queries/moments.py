"""会議時点: a conference at any moment, from the entries its reader may see now.

The pictures are folded by the reader's own browser with the reducers of the live room; here is only
what they fold, room by room, and the list of what happened in words. Inner lanes are left out: what
an agency says among itself is no part of the conference's course.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import and_, col, or_, select

from app.clock import iso
from app.domain.access import Act
from app.domain.conference import ConferenceStatus
from app.domain.confidentiality import ConfidentialityUnaccepted
from app.domain.errors import Malformed, NotFound
from app.domain.facts import RoomKind
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.sheet_schema import visible_tags
from app.domain.text import Sentence
from app.queries.happenings import TOLD, Happening, Names, happening
from app.store import conferences, journal, reach
from app.store.columns import Unreadable
from app.store.cursors import cursor_of, seq_of
from app.store.tables.conferences import AgendaItemRow
from app.store.tables.firms import FirmRow
from app.store.tables.journal import EntryRow
from app.store.unit_of_work import Desk

# Entries in one answer; about a quarter of a megabyte.
PAGE = 500
# Lines on one page of the list without script.
LINES = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """A room the reader may see; ``tags`` of a sheet are those of the reader's class."""

    id: str
    kind: RoomKind
    tags: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class AgendaTitle:
    """``title`` is empty where the reader may not know what it is about."""

    id: str
    position: int
    title: str
    case_id: str | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Moments:
    """The conference as its moments are looked at; ``hidden``: items the reader sees nothing of."""

    id: str
    name: str
    status: ConferenceStatus
    opened_at: datetime | None
    closed_at: datetime | None
    items: tuple[AgendaTitle, ...]
    awaits_acceptance: bool
    agencies: dict[str, str]
    rooms: tuple[Seen, ...]

    @property
    def hidden(self) -> int:
        return sum(not item.is_open for item in self.items)

    @property
    def sight(self) -> dict[str, str]:
        """Room → the class the reader sees it in; a page of other sight must be thrown away."""
        return {room.id: ",".join(sorted(room.tags or ())) for room in self.rooms}

    @property
    def names(self) -> Names:
        return Names(self.agencies, {item.id: (item.position, item.title) for item in self.items})


@dataclass(frozen=True, slots=True)
class Line:
    """One happening of the list; ``at`` is also its address."""

    at: datetime
    told: Happening
    agency: str
    person: str

    @property
    def address(self) -> str:
        return iso(self.at)


@dataclass(frozen=True, slots=True)
class Lines:
    """One page of the list, from the oldest on."""

    lines: tuple[Line, ...]
    page: int
    pages: int


def moments_of(desk: Desk, actor: Actor, conference_id: str) -> Moments:
    """By the rights of this moment: consent, conflicts of interest and the statement included."""
    row = reach.conference(desk, actor, conference_id, Act.ENTER_ROOM).row
    titles, rooms = [], [Seen(journal.room_id(RoomKind.CONFERENCE, row.id), RoomKind.CONFERENCE)]
    cases: list[Seen] = []
    awaits = False
    for item in conferences.items_of(desk, row.id):
        in_hand, unaccepted = _in_hand(desk, actor, item.id)
        awaits = awaits or unaccepted
        titles.append(_title(desk, item, in_hand))
        if in_hand is not None:
            rooms.append(Seen(journal.room_id(RoomKind.ITEM, item.id), RoomKind.ITEM))
            cases += _sheet(desk, actor, in_hand)
    return Moments(
        id=row.id,
        name=row.name,
        status=ConferenceStatus(row.status),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        items=tuple(titles),
        awaits_acceptance=awaits,
        agencies={
            agency.id: agency.name for _seat, agency in conferences.seats_of(desk.session, row.id)
        },
        rooms=(*rooms, *cases),
    )


def entries_of(desk: Desk, page: Moments, after: str | None) -> dict[str, Any]:
    """Entries room by room, each in the order of its journal; ``next`` goes on where they end."""
    at, seq = _place(desk, page, after)
    found: list[dict[str, Any]] = []
    for room in page.rooms[at:]:
        rows = _rows(desk, page, room, seq, PAGE - len(found) + 1)
        more = len(rows) > PAGE - len(found)
        for entry in rows[: PAGE - len(found)]:
            if entry.body is not None:
                wire = journal.on_wire(desk.secret, entry, seq)
                told = _told(page, room, entry)
                readable = told != _unreadable(entry) and not isinstance(entry.body, Unreadable)
                more_of_it = {"told": told, "as_told": _as_told(entry), "is_readable": readable}
                found.append(wire | more_of_it)
            seq = entry.seq
        if more:
            return {"entries": found, "next": f"{room.id}.{cursor_of(desk.secret, room.id, seq)}"}
        seq = 0
    return {"entries": found, "next": None}


def list_of(desk: Desk, page: Moments, number: int, at: str | None) -> Lines:
    """What happened, for those without script: page ``number``, or the one in which ``at`` lies."""
    places = list(_places(desk, page))
    pages = max(1, -(-len(places) // LINES))
    if at is not None:
        before = sum(iso(place[0]) <= at for place in places)
        number = -(-before // LINES)
    number = min(max(number, 1), pages)
    chosen = places[(number - 1) * LINES : number * LINES]
    rows = _entries_at(desk, chosen)
    lines = []
    for moment, _rank, room_id, seq in chosen:
        entry = rows[room_id, seq]
        told = _in_words(page, entry) if entry.body is not None else None
        if told is not None:
            lines.append(Line(moment, told, entry.agency_name, entry.person_name))
    return Lines(tuple(lines), number, pages)


def _in_hand(desk: Desk, actor: Actor, item_id: str) -> tuple[reach.ItemInHand | None, bool]:
    """The item, or None with whether accepting the statement would open it."""
    try:
        return reach.item(desk, actor, item_id, Act.SEE_ITEM), False
    except NotFound as hidden:
        return None, isinstance(hidden, ConfidentialityUnaccepted)


def _title(desk: Desk, item: AgendaItemRow, in_hand: reach.ItemInHand | None) -> AgendaTitle:
    case = in_hand.case if in_hand else None
    firm = desk.session.get(FirmRow, case.firm_id) if case else None
    title = firm.name if firm else item.title
    case_id = case.id if case else None
    return AgendaTitle(item.id, item.position, title, case_id, in_hand is not None)


def _sheet(desk: Desk, actor: Actor, in_hand: reach.ItemInHand) -> Iterator[Seen]:
    if in_hand.case is None:
        return
    try:
        case = reach.case(desk, actor, in_hand.case.id, Act.SEE_SHEET)
    except NotFound:
        return
    room_id = journal.room_id(RoomKind.SHEET, in_hand.case.id)
    yield Seen(room_id, RoomKind.SHEET, visible_tags(actor, case.standing))


def _rows(desk: Desk, page: Moments, room: Seen, seq: int, limit: int) -> list[EntryRow]:
    query = _visible(select(EntryRow), page, room).where(EntryRow.seq > seq)
    return list(desk.session.exec(query.order_by(col(EntryRow.seq)).limit(limit)))


def _visible(query: Any, page: Moments, room: Seen) -> Any:
    """What happened to a sheet after the conference is no part of it."""
    query = query.where(EntryRow.room_id == room.id)
    if room.tags is not None:
        query = query.where(col(EntryRow.visibility).in_(["", *sorted(room.tags)]))
    if room.kind is RoomKind.SHEET and page.closed_at is not None:
        query = query.where(EntryRow.at <= page.closed_at)
    return query


def _told(page: Moments, room: Seen, entry: EntryRow) -> Happening | None:
    """What was in the sheet before the table sat down is shown, but not told."""
    if room.kind is RoomKind.SHEET and not _while_open(page, entry.at):
        return None
    return _in_words(page, entry)


def _in_words(page: Moments, entry: EntryRow) -> Happening | None:
    """An entry somebody changed until it says nothing any more is told as just that."""
    if isinstance(entry.body, Unreadable):
        return _unreadable(entry)
    try:
        return happening(entry.kind, entry.body or {}, page.names)
    except (KeyError, TypeError, ValueError, AttributeError):
        if _as_told(entry):
            raise
        return _unreadable(entry)


def _unreadable(entry: EntryRow) -> Happening:
    return Happening(Sentence(_("この記録は読めません（種類：{kind}）"), kind=entry.kind))


def _as_told(entry: EntryRow) -> bool:
    """A picture shows only what was not overwritten since; this also what was."""
    return journal.is_as_told(entry) and journal.hash_of(entry.model_dump()) == entry.hash


def _while_open(page: Moments, at: datetime) -> bool:
    return page.opened_at is not None and page.opened_at <= at


def _place(desk: Desk, page: Moments, after: str | None) -> tuple[int, int]:
    """Where to go on; a room that is out of sight by now is a page that has to be opened anew."""
    if after is None:
        return 0, 0
    room_id, _dot, cursor = after.partition(".")
    ids = [room.id for room in page.rooms]
    if not cursor:
        raise Malformed(_("続きの位置を読み取れませんでした。画面を読み込み直してください。"))
    if room_id not in ids:
        raise NotFound
    return ids.index(room_id), seq_of(desk.secret, room_id, cursor)


# When, in which order at one moment, and which entry.
Place = tuple[datetime, int, str, int]
_RANK = {RoomKind.CONFERENCE: 0, RoomKind.ITEM: 1, RoomKind.SHEET: 2}


def _places(desk: Desk, page: Moments) -> Iterable[Place]:
    """Every entry that is told, without its content, in the order it happened."""
    found: list[Place] = []
    for room in page.rooms:
        query = select(EntryRow.seq, EntryRow.at).where(col(EntryRow.kind).in_(list(TOLD)))
        query = _visible(query, page, room)
        if room.kind is RoomKind.SHEET:
            if page.opened_at is None:
                continue
            query = query.where(EntryRow.at >= page.opened_at)
        latest: datetime | None = None
        for seq, at in desk.session.exec(query.order_by(col(EntryRow.seq))):
            # A clock that was put back must not turn the order of a journal around.
            latest = at if latest is None else max(latest, at)
            found.append((latest, _RANK[room.kind], room.id, seq))
    return sorted(found)


def _entries_at(desk: Desk, places: Iterable[Place]) -> dict[tuple[str, int], EntryRow]:
    wanted: dict[str, list[int]] = {}
    for _at, _rank, room_id, seq in places:
        wanted.setdefault(room_id, []).append(seq)
    rooms = [
        and_(col(EntryRow.room_id) == room_id, col(EntryRow.seq).in_(seqs))
        for room_id, seqs in wanted.items()
    ]
    if not rooms:
        return {}
    rows = desk.session.exec(select(EntryRow).where(or_(*rooms)))
    return {(row.room_id, row.seq): row for row in rows}
