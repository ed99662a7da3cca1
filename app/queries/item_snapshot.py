"""What a participant sees of one agenda item: its firm, what was said, who should lead."""

from typing import Any

from app.domain.access import Act
from app.domain.people import Actor
from app.store import reach
from app.store.pictures.item import item_picture
from app.store.unit_of_work import Desk

Snapshot = dict[str, Any]


def item_snapshot(desk: Desk, actor: Actor, item_id: str) -> Snapshot:
    """The item as its room's journal has made it; folding later entries gives the later one."""
    return item_picture(desk, reach.item(desk, actor, item_id, Act.SEE_ITEM).row)
