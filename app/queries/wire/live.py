"""What travels beside the commands: answers, entries, presence, and the end of sight."""

from dataclasses import dataclass
from typing import Any

from app.domain.vocabulary import AgencyKind
from app.queries.wire.shape import Entry, Shape


@dataclass(frozen=True)
class Refusal(Shape):
    """Nothing was stored; ``message`` says why and ``remedy`` what to do, in the reader's language.

    ``fields`` holds a sentence for each field that was wrong (``rows-0-name`` in lists).
    """

    ok: bool
    code: str
    message: str
    remedy: str
    fields: dict[str, str]
    detail: dict[str, Any]


@dataclass(frozen=True)
class Entries(Shape):
    """News, in order; all entries of one message belong to one room."""

    entries: list[Entry]


@dataclass(frozen=True)
class Person(Shape):
    agency_id: str
    person: str


@dataclass(frozen=True)
class Presence(Shape):
    """Who is in a conference's room now; somebody with two windows is named once."""

    room: str
    people: list[Person]


@dataclass(frozen=True)
class Position(Shape):
    row: str
    column: str
    editing: bool
    person: str
    agency: str
    kind: AgencyKind


@dataclass(frozen=True)
class Positions(Shape):
    """Where the others stand in the sheet, as far as this reader may see the cells."""

    room: str
    cells: list[Position]


@dataclass(frozen=True)
class Evicted(Shape):
    """The room sends this reader nothing more; joining again tells whether any of it remains."""

    room: str
