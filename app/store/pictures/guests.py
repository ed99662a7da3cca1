"""The firm at its own item, as everybody at it sees it: who was let in, what the owner said."""

from typing import Any

from sqlmodel import col, select

from app.clock import iso
from app.store import guests
from app.store.tables.guests import FirmCorrectionRow, FirmPreferenceRow
from app.store.unit_of_work import Desk

Picture = dict[str, Any]


def guests_at(desk: Desk, item_id: str) -> list[Picture]:
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


def corrections_at(desk: Desk, item_id: str) -> list[Picture]:
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


def preferences_at(desk: Desk, item_id: str) -> list[Picture]:
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
