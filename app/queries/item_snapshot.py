"""What a participant sees of one agenda item: its firm, what was said, who should lead."""

from typing import Any

from sqlmodel import col, select

from app.clock import iso
from app.domain.access import Act
from app.domain.people import Actor
from app.queries.item_guests import corrections_at, guests_at, preferences_at
from app.queries.item_recusals import recusals_at
from app.queries.item_settled import settled_on
from app.queries.item_speakers import speakers
from app.queries.papers import fixed_at
from app.queries.remarks import remarks_of
from app.store import reach, recusals
from app.store.ballots import stances_on
from app.store.tables.ballots import DecisionRow, NominationRow, RoundRow
from app.store.tables.conferences import OutcomeRow
from app.store.tables.firms import FirmRow
from app.store.unit_of_work import Desk

Snapshot = dict[str, Any]


def item_snapshot(desk: Desk, actor: Actor, item_id: str) -> Snapshot:
    """The item as its room's journal has made it; folding later entries gives the later one."""
    item = reach.item(desk, actor, item_id, Act.SEE_ITEM)
    return {
        "id": item.row.id,
        "case": _case(desk, item),
        "remarks": remarks_of(desk, item.row.id),
        "outcomes": _outcomes(desk, item.row.id),
        "nominations": _nominations(desk, item.row.id),
        "rounds": _rounds(desk, item.row.id),
        "papers_fixed": fixed_at(desk, item.row.id),
        "recusals": recusals_at(desk, item.row.id),
        "speakers": speakers(desk, item.row.id),
        "settled": settled_on(desk, item.row.id),
        "guests": guests_at(desk, item.row.id),
        "corrections": corrections_at(desk, item.row.id),
        "preferences": preferences_at(desk, item.row.id),
    }


def _case(desk: Desk, item: reach.ItemInHand) -> Snapshot | None:
    if item.case is None:
        return None
    firm = desk.session.get(FirmRow, item.case.firm_id)
    if firm is None:
        return None
    return {
        "id": item.case.id,
        "case_no": item.case.case_no,
        "firm_name": firm.name,
        "industry": firm.industry_middle_name,
        "city": firm.city,
        "employees": firm.employees,
        "referrer_agency_id": item.case.referrer_agency_id,
    }


def _outcomes(desk: Desk, item_id: str) -> list[Snapshot]:
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


def _nominations(desk: Desk, item_id: str) -> list[Snapshot]:
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


def _rounds(desk: Desk, item_id: str) -> list[Snapshot]:
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
