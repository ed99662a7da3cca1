"""What a room shows to whom: its snapshot, its visibility class, and who may enter."""

from dataclasses import dataclass
from typing import Any

from app.queries.room_snapshot import conference_snapshot
from sqlmodel import select

from app.domain.access import Act
from app.domain.errors import Malformed, NotFound
from app.domain.facts import RoomKind
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.sheet_schema import visible_tags
from app.queries.case_snapshot import case_snapshot
from app.queries.item_snapshot import item_snapshot
from app.queries.sheet_snapshot import sheet_snapshot
from app.store import journal, reach
from app.store.tables.conferences import AgendaItemRow
from app.store.tables.journal import RoomRow
from app.store.unit_of_work import Desk
from realtime.rooms import Tags

_KINDS = {kind.letter: kind for kind in RoomKind}


@dataclass(frozen=True, slots=True)
class Entrance:
    """An actor's way into a room: the class it belongs to, and the rooms that guard it."""

    kind: RoomKind
    subject_id: str
    tags: Tags
    guards: frozenset[str]


def parse_room(room_id: object) -> tuple[RoomKind, str]:
    if isinstance(room_id, str) and len(room_id) == 34 and room_id[1] == "-":
        kind = _KINDS.get(room_id[0])
        if kind is not None:
            return kind, room_id[2:]
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
            guards = {journal.room_id(RoomKind.CONFERENCE, item.conference.id)}
            if item.case is not None:
                guards.add(journal.room_id(RoomKind.CASE, item.case.id))
            return Entrance(kind, subject_id, None, frozenset(guards))
        case RoomKind.SHEET:
            case = reach.case(desk, actor, subject_id, Act.SEE_SHEET)
            tags = visible_tags(actor, case.standing)
            return Entrance(kind, subject_id, tags, _guards_of_case(desk, subject_id))
        case RoomKind.CASE:
            reach.case(desk, actor, subject_id, Act.SEE_CASE)
            return Entrance(kind, subject_id, None, _guards_of_case(desk, subject_id))


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


def head(desk: Desk, room_id: str) -> int:
    row = desk.session.exec(select(RoomRow.last_seq).where(RoomRow.id == room_id)).one_or_none()
    if row is None:
        raise NotFound
    return row
