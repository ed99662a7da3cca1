"""Who is here and where in the sheet: told, never stored, and only to those who may know."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.clock import Clock
from app.domain.facts import RoomKind
from app.domain.sheet_schema import COLUMN, visibility_tag
from realtime.rooms import Audience, Rooms

STALE_SECONDS = 45.0
_MAX_EDITING = 40


@dataclass(frozen=True, slots=True)
class Position:
    """The cell a connection stands on."""

    row: str
    column: str
    editing: bool
    at: float


@dataclass(slots=True)
class Presence:
    """Collected between two ticks, so that many moves become one message per room."""

    rooms: Rooms
    clock: Clock
    tell: Callable[[str, str, dict[str, Any]], None]
    positions: dict[str, dict[str, Position]] = field(default_factory=dict)
    _due: set[str] = field(default_factory=set)

    def moved(self, sid: str, room_id: str, row: str, column: str, editing: bool) -> None:
        if column in COLUMN and len(row) <= _MAX_EDITING:
            position = Position(row, column, editing, self.clock().timestamp())
            self.positions.setdefault(room_id, {})[sid] = position
            self._due.add(room_id)

    def changed(self, room_id: str) -> None:
        """Somebody came or went."""
        self._due.add(room_id)

    def gone(self, sid: str, room_ids: list[str]) -> None:
        for room_id in room_ids:
            self.positions.get(room_id, {}).pop(sid, None)
            self._due.add(room_id)

    def tick(self) -> None:
        """Tell what changed since the last tick."""
        self._drop_stale()
        due, self._due = self._due, set()
        for room_id in due:
            audience = self.rooms.audiences.get(room_id)
            if audience is None:
                self.positions.pop(room_id, None)
            elif audience.kind is RoomKind.CONFERENCE:
                self._tell_people(audience)
            elif audience.kind is RoomKind.SHEET:
                self._tell_positions(audience)

    def _drop_stale(self) -> None:
        limit = self.clock().timestamp() - STALE_SECONDS
        for room_id, positions in self.positions.items():
            for sid, position in list(positions.items()):
                if position.at < limit:
                    del positions[sid]
                    self._due.add(room_id)

    def _tell_people(self, audience: Audience) -> None:
        people: dict[tuple[str, str], dict[str, str]] = {}
        for sid in audience.sids() & self.rooms.listeners.keys():
            actor = self.rooms.listeners[sid].actor
            people[actor.agency_id, actor.person_id] = {
                "agency_id": actor.agency_id,
                "person": actor.person_name,
            }
        present = [people[key] for key in sorted(people)]
        for sid in audience.sids():
            self.tell(sid, "presence", {"room": audience.room_id, "people": present})

    def _tell_positions(self, audience: Audience) -> None:
        """A position is told to a class only if that class may see the cell it names."""
        held = self.positions.get(audience.room_id, {})
        for tags, sids in audience.classes.items():
            visible = {
                sid: {
                    "row": p.row,
                    "column": p.column,
                    "editing": p.editing,
                    "person": self.rooms.listeners[sid].actor.person_name,
                    "agency": self.rooms.listeners[sid].actor.agency_name,
                    "kind": self.rooms.listeners[sid].actor.agency_kind,
                }
                for sid, p in held.items()
                if sid in self.rooms.listeners and self._may_know(tags, sid, p)
            }
            for sid in sids:
                others = [position for other, position in visible.items() if other != sid]
                self.tell(sid, "positions", {"room": audience.room_id, "cells": others})

    def _may_know(self, tags: frozenset[str] | None, sid: str, position: Position) -> bool:
        group = COLUMN[position.column].group
        owner = self.rooms.listeners[sid].actor.agency_id
        return tags is None or visibility_tag(group, owner) in tags
