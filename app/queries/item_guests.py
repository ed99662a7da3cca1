"""The firm's owner at the own item, for those who may invite: what there is to do."""

from typing import Any

from app.domain.access import Act
from app.domain.conference import LIVE, ItemStatus
from app.domain.errors import NotEntitled, NotFound
from app.domain.guests import LIVE_STATES
from app.domain.people import Actor
from app.store import guests, reach
from app.store.pictures.guests import guests_at
from app.store.tables.firms import FirmRow
from app.store.unit_of_work import Desk

Snapshot = dict[str, Any]


def may_invite_to(desk: Desk, actor: Actor, item_id: str) -> bool:
    """Whether there is anything for this person to do on the page of invitations."""
    try:
        item = reach.item(desk, actor, item_id, Act.INVITE_GUEST)
    except (NotEntitled, NotFound):
        return False
    over = item.row.status == ItemStatus.DONE or item.conference.status not in LIVE
    return item.case is not None and not over


def invitations_page(desk: Desk, actor: Actor, item_id: str) -> Snapshot:
    """For chair and secretariat: every invitation, and who has the page open at this moment."""
    item = reach.item(desk, actor, item_id, Act.INVITE_GUEST)
    firm = desk.session.get(FirmRow, item.case.firm_id) if item.case else None
    return {
        "item_id": item.row.id,
        "conference_id": item.conference.id,
        "conference_name": item.conference.name,
        "firm_name": firm.name if firm else "",
        "guests": [
            told
            | {
                "is_live": told["state"] in LIVE_STATES,
                "is_here": guests.seen_lately(desk, told["id"]),
            }
            for told in guests_at(desk, item.row.id)
        ],
    }
