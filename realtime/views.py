"""What a room shows to whom: its snapshot, its visibility class, and who may enter."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from app.domain.access import Act
from app.domain.errors import Malformed, NotFound
from app.domain.facts import RoomKind, all_facts
from app.domain.lanes import LaneOf
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.sheet_schema import visible_tags
from app.queries.case_snapshot import case_snapshot
from app.queries.item_snapshot import item_snapshot
from app.queries.remarks import lane_snapshot
from app.queries.room_snapshot import conference_snapshot
from app.queries.sheet_snapshot import sheet_snapshot
from app.store import journal, reach
from app.store.tables.conferences import AgendaItemRow
from app.store.tables.journal import EntryRow, RoomRow
from app.store.unit_of_work import Desk
from realtime.rooms import Tags

RIGHTS = frozenset(fact.wire_name() for fact in all_facts() if fact.changes_rights)
_KINDS = {kind.letter: kind for kind in RoomKind}


@dataclass(frozen=True, slots=True)
class Entrance:
    """An actor's way into a room: the class it belongs to, and the rooms that guard it."""

    kind: RoomKind
    subject_id: str
    tags: Tags
    guards: frozenset[str]


def parse_room(room_id: object) -> tuple[RoomKind, str]:
    if isinstance(room_id, str) and room_id[1:2] == "-":
        kind, subject_id = _KINDS.get(room_id[0]), room_id[2:]
        if kind is RoomKind.LANE and LaneOf.named(subject_id) is not None:
            return kind, subject_id
        if kind is not None and kind is not RoomKind.LANE and len(subject_id) == 32:
            return kind, subject_id
    raise Malformed(_("部屋の番号を読み取れませんでした。"))


def entrance(desk: Desk, actor: Actor, room_id: object) -> Entrance:
    """Authorise; whoever may not see the subject is told that there is no such room."""
    kind, subject_id = parse_room(room_id)
    match kind:
        case RoomKind.CONFERENCE:
            reach.conference(desk, actor, subject_id, Act.ENTER_ROOM)
            return Entrance(kind, subject_id, None, frozenset())
        case RoomKind.ITEM:
            item = reach.item(desk, actor, subject_id, Act.SEE_ITEM)
            return Entrance(kind, subject_id, None, _guards_of_item(item))
        case RoomKind.LANE:
            lane = reach.lane(desk, actor, _lane(subject_id))
            return Entrance(kind, subject_id, None, _guards_of_item(lane.item))
        case RoomKind.SHEET:
            case = reach.case(desk, actor, subject_id, Act.SEE_SHEET)
            tags = visible_tags(actor, case.standing)
            return Entrance(kind, subject_id, tags, _guards_of_case(desk, subject_id))
        case RoomKind.CASE:
            reach.case(desk, actor, subject_id, Act.SEE_CASE)
            return Entrance(kind, subject_id, None, _guards_of_case(desk, subject_id))


def _lane(subject_id: str) -> LaneOf:
    of = LaneOf.named(subject_id)
    if of is None:
        raise NotFound
    return of


def _guards_of_item(item: reach.ItemInHand) -> frozenset[str]:
    """The conference, where also the chair changes hands, and the case with its consent."""
    guards = {journal.room_id(RoomKind.CONFERENCE, item.conference.id)}
    if item.case is not None:
        guards.add(journal.room_id(RoomKind.CASE, item.case.id))
    return frozenset(guards)


def _guards_of_case(desk: Desk, case_id: str) -> frozenset[str]:
    """The case's own journal, and the conferences at which it is on the agenda."""
    conferences = desk.session.exec(
        select(AgendaItemRow.conference_id).where(AgendaItemRow.case_id == case_id)
    )
    guards = {journal.room_id(RoomKind.CONFERENCE, one) for one in conferences}
    return frozenset(guards | {journal.room_id(RoomKind.CASE, case_id)})


def snapshot(desk: Desk, actor: Actor, way: Entrance) -> dict[str, Any]:
    match way.kind:
        case RoomKind.CONFERENCE:
            return conference_snapshot(desk, actor, way.subject_id)
        case RoomKind.ITEM:
            return item_snapshot(desk, actor, way.subject_id)
        case RoomKind.SHEET:
            return sheet_snapshot(desk, actor, way.subject_id)
        case RoomKind.CASE:
            return case_snapshot(desk, actor, way.subject_id)
        case RoomKind.LANE:
            return lane_snapshot(desk, actor, _lane(way.subject_id))


def class_may_have_changed(desk: Desk, way: Entrance, room_id: str, since: int) -> bool:
    """Whether the picture a client goes on from may be of another class than it is in now.

    Entries alone would neither bring what it may see since then nor take away what it may not.
    """
    if way.tags is None:
        return False
    query = select(EntryRow.at).where(EntryRow.room_id == room_id, EntryRow.seq == since)
    seen_at = desk.session.exec(query).first()
    if seen_at is None:
        return True
    moved = select(EntryRow.seq).where(
        col(EntryRow.room_id).in_(way.guards),
        col(EntryRow.kind).in_(RIGHTS),
        EntryRow.at >= seen_at,
    )
    return desk.session.exec(moved.limit(1)).first() is not None


def head(desk: Desk, room_id: str) -> int:
    """The room's last number; an inner lane is a room before anything was said in it."""
    row = desk.session.exec(select(RoomRow.last_seq).where(RoomRow.id == room_id)).one_or_none()
    if row is None and parse_room(room_id)[0] is RoomKind.LANE:
        return 0
    if row is None:
        raise NotFound
    return row
