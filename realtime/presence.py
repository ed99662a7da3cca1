"""Who is here and where in the sheet: told, never stored, and only to those who may know."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.clock import Clock
from app.domain.facts import RoomKind
from app.domain.sheet_columns import COLUMN
from app.domain.sheet_schema import visibility_tag
from realtime.neighbours import Neighbours, Person, Share, Standing
from realtime.rooms import Audience, Rooms

STALE_SECONDS = 45.0
_MAX_EDITING = 40
_TOLD = (RoomKind.CONFERENCE, RoomKind.SHEET)


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
    neighbours: Neighbours
    positions: dict[str, dict[str, Position]] = field(default_factory=dict)
    _due: set[str] = field(default_factory=set)
    _heard: set[str] = field(default_factory=set)

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

    def heard(self, room_id: str) -> None:
        """Somebody came, went or moved at another node, which therefore knows."""
        self._heard.add(room_id)

    def tick(self) -> None:
        """Tell what changed since the last tick, here and to the other nodes."""
        self._drop_stale()
        due, self._due = self._due, set()
        heard, self._heard = self._heard, set()
        told = {r: a for r, a in self.rooms.audiences.items() if a.kind in _TOLD}
        self.neighbours.tick(frozenset(told))
        for room_id in due - told.keys():
            self.positions.pop(room_id, None)
        for room_id in (due | heard) & told.keys():
            here, elsewhere = self._share(told[room_id]), self.neighbours.shares(room_id)
            if room_id in due and self.neighbours.shared(room_id):
                self.neighbours.say(here)
            if told[room_id].kind is RoomKind.CONFERENCE:
                self._tell_people(told[room_id], [here, *elsewhere])
            else:
                self._tell_positions(told[room_id], elsewhere)

    def _drop_stale(self) -> None:
        limit = self.clock().timestamp() - STALE_SECONDS
        for room_id, positions in self.positions.items():
            for sid, position in list(positions.items()):
                if position.at < limit:
                    del positions[sid]
                    self._due.add(room_id)

    def _share(self, audience: Audience) -> Share:
        """Everybody this node has in the room."""
        if audience.kind is RoomKind.SHEET:
            held = self.positions.get(audience.room_id, {})
            cells = [self._standing(sid, p) for sid, p in held.items() if self._knows(sid)]
            return Share(room=audience.room_id, cells=cells)
        actors = [self.rooms.listeners[sid].actor for sid in audience.sids() if self._knows(sid)]
        people = [
            Person(agency_id=a.agency_id, person_id=a.person_id, person=a.person_name)
            for a in actors
        ]
        return Share(room=audience.room_id, people=people)

    def _knows(self, sid: str) -> bool:
        return sid in self.rooms.listeners

    def _standing(self, sid: str, at: Position) -> Standing:
        actor = self.rooms.listeners[sid].actor
        return Standing(
            row=at.row,
            column=at.column,
            editing=at.editing,
            agency_id=actor.agency_id,
            person=actor.person_name,
            agency=actor.agency_name,
            kind=actor.agency_kind,
        )

    def _tell_people(self, audience: Audience, shares: list[Share]) -> None:
        people = {(one.agency_id, one.person_id): one for share in shares for one in share.people}
        present = [
            {"agency_id": people[key].agency_id, "person": people[key].person}
            for key in sorted(people)
        ]
        for sid in audience.sids():
            self.tell(sid, "presence", {"room": audience.room_id, "people": present})

    def _tell_positions(self, audience: Audience, shares: list[Share]) -> None:
        """A position is told to a class only if that class may see the cell it names."""
        held = self.positions.get(audience.room_id, {})
        here = {sid: self._standing(sid, p) for sid, p in held.items() if self._knows(sid)}
        elsewhere = [cell for share in shares for cell in share.cells if cell.column in COLUMN]
        for tags, sids in audience.classes.items():
            visible = {sid: _shown(cell) for sid, cell in here.items() if _may_know(tags, cell)}
            far = [_shown(cell) for cell in elsewhere if _may_know(tags, cell)]
            for sid in sids:
                others = [cell for other, cell in visible.items() if other != sid]
                self.tell(sid, "positions", {"room": audience.room_id, "cells": others + far})


def _shown(cell: Standing) -> dict[str, Any]:
    return cell.model_dump(exclude={"agency_id"})


def _may_know(tags: frozenset[str] | None, cell: Standing) -> bool:
    return tags is None or visibility_tag(COLUMN[cell.column].group, cell.agency_id) in tags
