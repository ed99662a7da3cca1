"""How an agenda item ended, as those within its room see it."""

from typing import Any

from app.clock import iso
from app.store.item_results import conference_name
from app.store.tables.course import ItemResultRow
from app.store.unit_of_work import Desk


def settled_on(desk: Desk, item_id: str) -> dict[str, Any] | None:
    row = desk.session.get(ItemResultRow, item_id)
    if row is None:
        return None
    return {
        "result": row.result,
        "owner_agency_id": row.owner_agency_id,
        "owner_person": row.owner_person,
        "reason": row.reason,
        "next_date": row.next_date.isoformat() if row.next_date else None,
        "next_conference_id": row.next_conference_id,
        "next_conference_name": conference_name(desk.session, row.next_conference_id),
        "by": row.settled_by,
        "at": iso(row.settled_at),
    }
