"""What the shapes of the wire have in common, and the one every room shares: the entry."""

from dataclasses import dataclass
from typing import Any


class Shape:
    """Nothing but the fields named here may travel."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012  (read by pydantic, never changed)


@dataclass(frozen=True)
class Author(Shape):
    person: str
    agency_id: str
    agency: str


@dataclass(frozen=True)
class Entry(Shape):
    """One fact of a room's journal; ``prev`` is the cursor of the entry its reader saw before."""

    room: str
    cursor: str
    prev: str
    id: str
    kind: str
    at: str
    by: Author
    body: dict[str, Any]
