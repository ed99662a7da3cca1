"""What a decision says by now: as it was declared, and with the addenda made since."""

from typing import Any

from sqlmodel import Session, col, select

from app.clock import iso
from app.domain.addenda import OF_THE_RECORD, DecisionField, Place
from app.store.tables.addenda import AddendumRow
from app.store.tables.ballots import DecisionRow, RoundRow


def of_decision(session: Session, decision_id: str) -> list[AddendumRow]:
    """The first one first."""
    query = select(AddendumRow).where(AddendumRow.decision_id == decision_id)
    return list(session.exec(query.order_by(col(AddendumRow.number))))


def declared_values(decision: DecisionRow, round_: RoundRow) -> dict[Place, str]:
    """What may be corrected of this decision, with what it said when it was declared."""
    record = decision.record or {}
    found = {
        Place(DecisionField.WORDING): round_.wording,
        Place(DecisionField.LEAD_PERSON): decision.lead_person if decision.lead_agency_id else "",
        Place(DecisionField.DECLARED_BY): decision.declared_by,
        Place(DecisionField.NEXT_DATE): str(decision.next_date or ""),
        **{
            Place(one): record.get(one.value) or "" for one in DecisionField if one in OF_THE_RECORD
        },
    }
    for condition in decision.conditions:
        agency_id = condition["agency_id"]
        found[Place(DecisionField.CONDITION_TEXT, agency_id)] = condition.get("text") or ""
        found[Place(DecisionField.CONDITION_DUE, agency_id)] = condition.get("due") or ""
    return {place: said for place, said in found.items() if said}


def values_now(session: Session, decision: DecisionRow, round_: RoundRow) -> dict[Place, str]:
    """The same with every addendum taken into account, the last one standing."""
    found = declared_values(decision, round_)
    for one in of_decision(session, decision.id):
        found[Place(DecisionField(one.field), one.agency_id)] = one.says
    return found


def told(row: AddendumRow) -> dict[str, Any]:
    """As pictures have it."""
    return {
        "number": row.number,
        "field": row.field,
        "agency_id": row.agency_id,
        "was": row.was,
        "says": row.says,
        "reason": row.reason,
        "by": row.person_name,
        "agency": row.agency_name,
        "at": iso(row.at),
    }
