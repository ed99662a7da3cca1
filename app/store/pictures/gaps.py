"""The picture of the gaps of an item: nobody took the case, and what is done about it."""

from typing import Any

from app.clock import iso
from app.store import gaps
from app.store.tables.ballots import DecisionRow
from app.store.tables.gaps import GapRow
from app.store.unit_of_work import Desk

Picture = dict[str, Any]


def gaps_at(desk: Desk, item_id: str) -> list[Picture]:
    return [_gap(desk, row) for row in gaps.of_item(desk.session, item_id)]


def _gap(desk: Desk, row: GapRow) -> Picture:
    decision = desk.session.get(DecisionRow, row.decision_id) if row.decision_id else None
    return {
        "id": row.id,
        "round_id": decision.round_id if decision else None,
        "number": row.number,
        "kind": row.kind,
        "text": row.text,
        "declined": row.declined,
        "owner_agency_id": row.owner_agency_id,
        "owner_person": row.owner_person,
        "next_step": row.next_step,
        "due": row.due.isoformat(),
        "next_date": row.next_date.isoformat(),
        "declared_by": row.declared_by,
        "at": iso(row.declared_at),
        "state": row.state,
        "moves": row.moves,
        "outcome": row.outcome,
        "outcome_text": row.outcome_text,
        "closed_by": row.closed_by,
    }
