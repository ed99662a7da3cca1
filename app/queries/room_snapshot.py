"""A conference as its own journal tells it: seats, agenda and who chairs; no firm is named."""

from typing import Any

from app.domain.access import Act
from app.domain.people import Actor
from app.store import reach
from app.store.pictures.conference import conference_picture
from app.store.unit_of_work import Desk

Snapshot = dict[str, Any]


def conference_snapshot(desk: Desk, actor: Actor, conference_id: str) -> Snapshot:
    """The same for everybody in the room; folding later entries gives the later one."""
    held = reach.conference(desk, actor, conference_id, Act.ENTER_ROOM)
    return conference_picture(desk, held.row)
