"""The firm at its own item, as the table sees it: who was let in, and what the owner said."""

from typing import Any

from sqlmodel import col, select

from app.clock import iso
from app.domain.access import Act
from app.domain.conference import LIVE, ItemStatus
from app.domain.errors import NotEntitled, NotFound
from app.domain.guests import LIVE_STATES
from app.domain.people import Actor
from app.store import guests, reach
from app.store.tables.firms import FirmRow
from app.store.tables.guests import FirmCorrectionRow, FirmPreferenceRow
from app.store.unit_of_work import Desk

Snapshot = dict[str, Any]


def guests_at(desk: Desk, item_id: str) -> list[Snapshot]:
    """In the order they were invited; the link itself is nowhere."""
    return [
        {
            "id": row.id,
            "name": row.name,
            "state": row.state,
            "person": row.person_name,
            "agency": row.agency_name,
            "at": iso(row.at),
            "expires_at": iso(row.expires_at),
            "entered_at": iso(row.entered_at) if row.entered_at else None,
            "accepted_at": iso(row.accepted_at) if row.accepted_at else None,
        }
        for row in guests.invitations_at(desk.session, item_id)
    ]


def corrections_at(desk: Desk, item_id: str) -> list[Snapshot]:
    query = select(FirmCorrectionRow).where(FirmCorrectionRow.item_id == item_id)
    ordered = query.order_by(col(FirmCorrectionRow.position))
    return [
        {
            "id": row.id,
            "column": row.column,
            "value": row.value,
            "words": row.words,
            "person": row.person_name,
            "at": iso(row.at),
            "state": row.state,
            "answer": row.answer,
            "answered_by": row.answered_by,
            "answered_agency": row.answered_agency,
            "answered_at": iso(row.answered_at) if row.answered_at else None,
        }
        for row in desk.session.exec(ordered)
    ]


def preferences_at(desk: Desk, item_id: str) -> list[Snapshot]:
    query = select(FirmPreferenceRow).where(FirmPreferenceRow.item_id == item_id)
    ordered = query.order_by(col(FirmPreferenceRow.position))
    return [
        {
            "id": row.id,
            "agency_id": row.agency_id,
            "text": row.text,
            "person": row.person_name,
            "at": iso(row.at),
        }
        for row in desk.session.exec(ordered)
    ]


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
