"""The picture of an agenda item's room: its firm, what was said, who should lead."""

from typing import Any

from sqlmodel import Session, col, select

from app.clock import iso
from app.domain.facts import RoomKind
from app.store import journal, papers
from app.store.pictures.ending import settled_on
from app.store.pictures.gaps import gaps_at
from app.store.pictures.guests import corrections_at, guests_at, preferences_at
from app.store.pictures.lead import nominating_at, nominations_at, rounds_at
from app.store.pictures.polls import polls_at
from app.store.pictures.recusals import recusals_at
from app.store.pictures.remarks import remarks_of
from app.store.pictures.speakers import speakers
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import AgendaItemRow, OutcomeRow
from app.store.tables.firms import FirmRow
from app.store.unit_of_work import Desk

Picture = dict[str, Any]


def item_picture(desk: Desk, row: AgendaItemRow) -> Picture:
    """The same for everybody at the item; who that is has been decided by the caller."""
    return {
        "id": row.id,
        "case": case_told(desk.session, row.case_id),
        "remarks": remarks_of(desk, row.id),
        "outcomes": outcomes_at(desk, row.id),
        "nominating": nominating_at(desk, row.id),
        "nominations": nominations_at(desk, row.id),
        "rounds": rounds_at(desk, row.id),
        "papers_fixed": _papers_fixed(desk, row.id),
        "recusals": recusals_at(desk, row.id),
        "speakers": speakers(desk, row.id),
        "settled": settled_on(desk, row.id),
        "guests": guests_at(desk, row.id),
        "corrections": corrections_at(desk, row.id),
        "preferences": preferences_at(desk, row.id),
        "gaps": gaps_at(desk, row.id),
        "polls": polls_at(desk, journal.room_id(RoomKind.ITEM, row.id)),
    }


def case_told(session: Session, case_id: str | None) -> Picture | None:
    """The case of an item as everybody at it knows it."""
    case = session.get(CaseRow, case_id) if case_id else None
    firm = session.get(FirmRow, case.firm_id) if case else None
    if case is None or firm is None:
        return None
    return {
        "id": case.id,
        "case_no": case.case_no,
        "firm_name": firm.name,
        "industry": firm.industry_middle_name,
        "city": firm.city,
        "employees": firm.employees,
        "referrer_agency_id": case.referrer_agency_id,
    }


def _papers_fixed(desk: Desk, item_id: str) -> Picture | None:
    held = papers.set_of(desk.session, item_id)
    if held is None:
        return None
    return {
        "person": held.person_name,
        "agency_id": held.agency_id,
        "agency": held.agency_name,
        "at": iso(held.at),
    }


def outcomes_at(desk: Desk, item_id: str) -> list[Picture]:
    query = (
        select(OutcomeRow).where(OutcomeRow.item_id == item_id).order_by(col(OutcomeRow.position))
    )
    return [
        {
            "id": o.id,
            "kind": o.kind,
            "text": o.text,
            "agency_id": o.agency_id,
            "person": o.person,
            "due": o.due.isoformat() if o.due else None,
            "at": iso(o.at),
            "recorded_by": o.recorded_by,
            "remark_id": o.remark_id,
        }
        for o in desk.session.exec(query)
    ]
