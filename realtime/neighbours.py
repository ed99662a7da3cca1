"""What the other nodes say of who is with them: kept while they go on saying it, never stored.

Each node says once a second, and whenever it changes, which rooms people are in with it. Who is
there, and where in the sheet, it says only of rooms that another node has people in too. What is
said names people, agencies, rows and columns, never what stands in a cell; whether somebody may
know it is decided by the node that tells it on, as for its own people.
"""

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, Field, ValidationError

log = logging.getLogger(__name__)
HELLO_SECONDS = 1.0
# What is shared is said again after so long: a word may be lost on the way.
AGAIN_SECONDS = 5.0
# A node that has said nothing for so long is gone.
SILENT_SECONDS = 3.5


class Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Person(Said):
    """Somebody in a conference's room."""

    agency_id: str = Field(max_length=32)
    person_id: str = Field(max_length=32)
    person: str = Field(max_length=80)


class Standing(Said):
    """The cell somebody stands on, and whose it would have to be to be seen there."""

    row: str = Field(max_length=40)
    column: str = Field(max_length=40)
    editing: bool
    agency_id: str = Field(max_length=32)
    person: str = Field(max_length=80)
    agency: str = Field(max_length=120)
    kind: str = Field(max_length=40)


class Share(Said):
    """Everybody one node has in one room."""

    room: str = Field(max_length=40)
    people: list[Person] = Field(default_factory=list, max_length=1000)
    cells: list[Standing] = Field(default_factory=list, max_length=1000)


class Word(Said):
    """One message between nodes: the rooms its node has people in, or its share of one."""

    node: str = Field(max_length=120)
    rooms: list[str] | None = Field(default=None, max_length=20_000)
    share: Share | None = None


@dataclass(slots=True)
class Neighbour:
    rooms: frozenset[str]
    heard: float
    shares: dict[str, Share] = field(default_factory=dict)


def _nowhere(_message: str) -> None:
    """A node without others."""


@dataclass(slots=True)
class Neighbours:
    """``told`` is called with a room somebody elsewhere came to, left, or moved in."""

    name: str
    told: Callable[[str], None] = _nowhere
    wanted: Callable[[str], None] = _nowhere
    send: Callable[[str], None] = _nowhere
    node: str = ""
    others: dict[str, Neighbour] = field(default_factory=dict)
    _said: frozenset[str] = frozenset()
    _said_at: float = 0.0
    _again_at: float = 0.0

    def __post_init__(self) -> None:
        # A process that starts anew is not the one that was there before.
        self.node = f"{self.name} {secrets.token_hex(4)}"
        self._again_at = time.monotonic()

    def shares(self, room_id: str) -> list[Share]:
        """What the others have in this room."""
        return [o.shares[room_id] for o in self.others.values() if room_id in o.shares]

    def shared(self, room_id: str) -> bool:
        return any(room_id in other.rooms for other in self.others.values())

    def say(self, share: Share) -> None:
        self.send(Word(node=self.node, share=share).model_dump_json(exclude_none=True))

    def tick(self, rooms: frozenset[str]) -> None:
        """Say that one is there, with these rooms; forget who has fallen silent."""
        now = time.monotonic()
        if rooms != self._said or now - self._said_at >= HELLO_SECONDS:
            self._said, self._said_at = rooms, now
            self._hello(rooms)
        if now - self._again_at >= AGAIN_SECONDS:
            self._again_at = now
            for room_id in filter(self.shared, rooms):
                self.wanted(room_id)
        for node, other in list(self.others.items()):
            if now - other.heard > SILENT_SECONDS:
                self._forget(node, "has fallen silent")

    def goodbye(self) -> None:
        self._hello(frozenset())

    def _hello(self, rooms: frozenset[str]) -> None:
        self.send(Word(node=self.node, rooms=sorted(rooms)).model_dump_json(exclude_none=True))

    def alone(self) -> None:
        """The line to the others is cut: what was known of them no longer holds."""
        for node in list(self.others):
            self._forget(node, "cannot be heard")

    def hear(self, message: str | bytes) -> None:
        try:
            word = Word.model_validate_json(message)
        except ValidationError as error:
            log.warning("presence: not understood: %s", error.errors(include_input=False)[:1])
            return
        if word.node == self.node:
            return
        other = self.others.get(word.node)
        if other is None:
            log.info("presence: node %s is there", word.node)
            other = self.others[word.node] = Neighbour(frozenset(), 0.0)
        other.heard = time.monotonic()
        if word.rooms is not None:
            self._take_rooms(other, frozenset(word.rooms))
        if word.share is not None:
            # It may come before the list that names its room.
            self._take_rooms(other, other.rooms | {word.share.room})
            other.shares[word.share.room] = word.share
            self.told(word.share.room)

    def _take_rooms(self, other: Neighbour, rooms: frozenset[str]) -> None:
        left, entered = other.rooms - rooms, rooms - other.rooms
        other.rooms = rooms
        for room_id in left:
            if other.shares.pop(room_id, None) is not None:
                self.told(room_id)
        for room_id in entered & self._said:
            self.wanted(room_id)

    def _forget(self, node: str, why: str) -> None:
        log.info("presence: node %s %s", node, why)
        for room_id in self.others.pop(node).shares:
            self.told(room_id)
