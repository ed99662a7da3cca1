"""The picture of an agenda item's room: its firm, what was said, who should lead."""

from typing import Any

from sqlmodel import Session, col, select

from app.clock import iso
from app.store import papers, recusals
from app.store.ballots import stances_on
from app.store.pictures.ending import settled_on
from app.store.pictures.guests import corrections_at, guests_at, preferences_at
from app.store.pictures.recusals import recusals_at
from app.store.pictures.remarks import remarks_of
from app.store.pictures.speakers import speakers
from app.store.tables.ballots import DecisionRow, NominationRow, RoundRow
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
        "outcomes": _outcomes(desk, row.id),
        "nominations": _nominations(desk, row.id),
        "rounds": _rounds(desk, row.id),
        "papers_fixed": _papers_fixed(desk, row.id),
        "recusals": recusals_at(desk, row.id),
        "speakers": speakers(desk, row.id),
        "settled": settled_on(desk, row.id),
        "guests": guests_at(desk, row.id),
        "corrections": corrections_at(desk, row.id),
        "preferences": preferences_at(desk, row.id),
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


def _outcomes(desk: Desk, item_id: str) -> list[Picture]:
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


def _nominations(desk: Desk, item_id: str) -> list[Picture]:
    """Sorted by the time each now stands with, so that all screens list them alike."""
    query = select(NominationRow).where(NominationRow.item_id == item_id)
    rows = sorted(desk.session.exec(query), key=lambda n: (n.at, n.agency_id))
    return [
        {
            "agency_id": n.agency_id,
            "nominee_id": n.nominee_id,
            "reason": n.reason,
            "person": n.person_name,
            "at": iso(n.at),
        }
        for n in rows
    ]


def _rounds(desk: Desk, item_id: str) -> list[Picture]:
    query = select(RoundRow).where(RoundRow.item_id == item_id).order_by(col(RoundRow.number))
    return [
        {
            "id": r.id,
            "number": r.number,
            "nominee_id": r.nominee_id,
            "supporters": r.supporters,
            "wording": r.wording,
            "quorum": r.rule["quorum"],
            "allow_provisional": r.rule["allow_provisional"],
            "seats": r.seats,
            "recused": recusals.lost_by(desk.session, r.id),
            "accepted": r.accepted,
            "lead_person": r.lead_person,
            "answer_reason": r.answer_reason,
            "stances": {
                s.agency_id: {
                    "stance": s.stance,
                    "text": s.text,
                    "alternative": s.alternative,
                    "reply_by": s.reply_by.isoformat() if s.reply_by else None,
                    "person": s.person_name,
                    "version": s.version,
                    "at": iso(s.at),
                }
                for s in stances_on(desk.session, r.id)
            },
            "result": r.result,
            "reasons": r.reasons,
            "next_date": r.next_date.isoformat() if r.next_date else None,
            "decision_number": _number(desk, r),
            "declared_by": r.declared_by,
        }
        for r in desk.session.exec(query)
    ]


def _number(desk: Desk, row: RoundRow) -> str:
    if row.result is None:
        return ""
    from_decision = select(DecisionRow.number).where(DecisionRow.round_id == row.id)
    return desk.session.exec(from_decision).first() or ""
