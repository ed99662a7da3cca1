"""A case as its own journal tells it: state, consent, referrals and the plan."""

from typing import Any

from sqlmodel import col, select

from app.clock import iso
from app.domain.access import Act
from app.domain.people import Actor
from app.store import plans, reach
from app.store.tables.agencies import AgencyRow
from app.store.tables.cases import ConsentAgencyRow, ConsentRow, ReferralRow
from app.store.unit_of_work import Desk

Snapshot = dict[str, Any]


def case_snapshot(desk: Desk, actor: Actor, case_id: str) -> Snapshot:
    case = reach.case(desk, actor, case_id, Act.SEE_CASE)
    row = case.row
    lead = desk.session.get(AgencyRow, row.lead_agency_id) if row.lead_agency_id else None
    return {
        "id": row.id,
        "case_no": row.case_no,
        "status": row.status,
        "lead": {
            "agency_id": row.lead_agency_id,
            "agency": lead.name if lead else "",
            "person": row.lead_person,
        },
        "consent": _consent(desk, case_id),
        "referral": _referral(desk, case_id),
        "plan": _plan(desk, case_id),
    }


def _consent(desk: Desk, case_id: str) -> Snapshot | None:
    query = select(ConsentRow).where(ConsentRow.case_id == case_id)
    row = desk.session.exec(query.order_by(col(ConsentRow.version).desc()).limit(1)).first()
    if row is None:
        return None
    agencies = desk.session.exec(
        select(ConsentAgencyRow.agency_id).where(ConsentAgencyRow.consent_id == row.id)
    )
    return {
        "version": row.version,
        "status": row.status,
        "agencies": sorted(agencies),
        "groups": row.item_groups,
        "valid_until": row.valid_until.isoformat() if row.valid_until else None,
        "withdrawn_on": row.withdrawn_on.isoformat() if row.withdrawn_on else None,
    }


def _referral(desk: Desk, case_id: str) -> Snapshot | None:
    query = select(ReferralRow, AgencyRow).where(
        ReferralRow.case_id == case_id, AgencyRow.id == ReferralRow.to_agency_id
    )
    found = desk.session.exec(query.order_by(col(ReferralRow.sent_at).desc()).limit(1)).first()
    if found is None:
        return None
    referral, to_agency = found
    return {
        "id": referral.id,
        "to_agency_id": referral.to_agency_id,
        "to_agency": to_agency.name,
        "reason": referral.reason,
        "status": referral.status,
        "reason_returned": referral.reason_returned,
    }


def _plan(desk: Desk, case_id: str) -> Snapshot | None:
    plan = plans.newest(desk.session, case_id)
    if plan is None:
        return None
    answers = plans.answers_on(desk.session, plan.id)
    return {
        "id": plan.id,
        "version": plan.version,
        "status": plan.status,
        "sections": plan.sections,
        "lines": [plans.line_on_wire(line) for line in plans.lines_of(desk.session, plan.id)],
        "asked": plan.asked,
        "digest": plan.digest,
        "confirmations": {
            agency_id: {
                "answer": a.answer,
                "text": a.text,
                "person": a.person_name,
                "at": iso(a.at),
            }
            for agency_id, a in answers.items()
        },
    }
