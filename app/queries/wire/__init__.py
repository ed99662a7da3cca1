"""The shapes of what travels, as types: pictures of rooms, entries, and live messages.

They say what the ``*_snapshot`` queries return as plain values; a test holds real ones against
them, and ``docs/wire.md`` is written from them.
"""

from app.domain.facts import RoomKind
from app.queries.wire.case import CaseSnapshot, SheetSnapshot
from app.queries.wire.lane import LaneSnapshot
from app.queries.wire.shape import Shape
from app.queries.wire.table import ConferenceSnapshot, ItemSnapshot

SNAPSHOTS: dict[RoomKind, type[Shape]] = {
    RoomKind.CONFERENCE: ConferenceSnapshot,
    RoomKind.ITEM: ItemSnapshot,
    RoomKind.SHEET: SheetSnapshot,
    RoomKind.CASE: CaseSnapshot,
    RoomKind.LANE: LaneSnapshot,
}
