"""Who left an item for a conflict of interest, or was asked about one, as those inside see it."""

from typing import Any

from app.clock import iso
from app.store import recusals
from app.store.unit_of_work import Desk

Picture = dict[str, Any]


def recusals_at(desk: Desk, item_id: str) -> list[Picture]:
    """In the order they came about; whoever may see the item has been decided by the caller."""
    return [
        {
            "id": row.id,
            "agency_id": row.agency_id,
            "state": row.state,
            "origin": row.origin,
            "reason": row.reason,
            "person": row.person_name,
            "agency": row.agency_name,
            "at": iso(row.at),
            "answer": row.answer,
            "answered_by": row.answered_by,
            "answered_at": iso(row.answered_at) if row.answered_at else None,
        }
        for row in recusals.of_item(desk.session, item_id)
    ]
