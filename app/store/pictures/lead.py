"""The picture of how the lead is chosen at an item; what is sealed is not in it."""

from typing import Any

from sqlmodel import col, select

from app.clock import iso
from app.domain.decision_rules import DecisionRule
from app.domain.lead_selection import Nominating
from app.store import addenda, recusals
from app.store.ballots import content_of, is_sealed, manner_of, replies_on, stances_on
from app.store.tables.ballots import (
    DecisionRow,
    HoldReplyRow,
    LeadSelectionRow,
    NominationRow,
    RoundRow,
    StanceRow,
)
from app.store.unit_of_work import Desk

Picture = dict[str, Any]
_SEALED: Picture = {
    "stance": None,
    "text": "",
    "alternative": "",
    "reply_by": None,
    "owner_id": None,
    "due": None,
}


def nominating_at(desk: Desk, item_id: str) -> Picture | None:
    """Who has named somebody in the turn that runs or ran last, not whom."""
    row = desk.session.get(LeadSelectionRow, item_id)
    if row is None:
        return None
    return {
        "role": row.role,
        "turn": row.turn,
        "state": row.state,
        "asked": row.asked,
        "given": {
            one.agency_id: one.person_name
            for one in _nominations(desk, item_id)
            if one.turn == row.turn
        },
    }


def nominations_at(desk: Desk, item_id: str) -> list[Picture]:
    """All that were revealed, turn by turn, each turn in an order that says nothing."""
    row = desk.session.get(LeadSelectionRow, item_id)
    sealed = row.turn if row is not None and row.state == Nominating.OPEN else None
    return [
        {
            "agency_id": one.agency_id,
            "nominee_id": one.nominee_id,
            "reason": one.reason,
            "person": one.person_name,
            "turn": one.turn,
        }
        for one in _nominations(desk, item_id)
        if one.turn != sealed
    ]


def _nominations(desk: Desk, item_id: str) -> list[NominationRow]:
    query = select(NominationRow).where(NominationRow.item_id == item_id)
    return sorted(desk.session.exec(query), key=lambda one: (one.turn, one.agency_id))


def rounds_at(desk: Desk, item_id: str) -> list[Picture]:
    query = select(RoundRow).where(RoundRow.item_id == item_id).order_by(col(RoundRow.number))
    return [_round(desk, row) for row in desk.session.exec(query)]


def _round(desk: Desk, row: RoundRow) -> Picture:
    sealed = is_sealed(row)
    decision = _decision(desk, row)
    return {
        "id": row.id,
        "number": row.number,
        "state": row.state,
        "nominee_id": row.nominee_id,
        "supporters": row.supporters,
        "wording": row.wording,
        "because": row.because,
        "rule": DecisionRule.of(row.rule).as_mapping(),
        "rule_digest": row.rule_digest,
        "seats": row.seats,
        "recused": recusals.lost_by(desk.session, row.id),
        "accepted": row.accepted,
        "lead_person": row.lead_person,
        "answer_reason": row.answer_reason,
        "stances": {
            one.agency_id: _stance(one, sealed) for one in stances_on(desk.session, row.id)
        },
        "result": row.result,
        "reasons": row.reasons,
        "next_date": row.next_date.isoformat() if row.next_date else None,
        "decision_number": decision.number if decision else "",
        "declared_by": row.declared_by,
        "closing": row.closing,
        "replies": {one.agency_id: _reply(one) for one in replies_on(desk.session, row.id)},
        "settled": decision.settled if decision else None,
        "record": decision.record if decision else None,
        "addenda": _addenda(desk, decision),
    }


def _stance(row: StanceRow, sealed: bool) -> Picture:
    manner = manner_of(row)
    return {
        **(_SEALED if sealed else content_of(row)),
        **(manner | {"reason": "", "file": None} if sealed else manner),
        "person": row.person_name,
        "version": row.version,
        "at": iso(row.at),
    }


def _reply(row: HoldReplyRow) -> Picture:
    return {
        "stance": row.stance,
        "text": row.text,
        "alternative": row.alternative,
        "person": row.person_name,
        "version": row.version,
        "at": iso(row.at),
    }


def _addenda(desk: Desk, decision: DecisionRow | None) -> list[Picture]:
    rows = addenda.of_decision(desk.session, decision.id) if decision else []
    return [addenda.told(one) for one in rows]


def _decision(desk: Desk, row: RoundRow) -> DecisionRow | None:
    if row.result is None:
        return None
    return desk.session.exec(select(DecisionRow).where(DecisionRow.round_id == row.id)).first()
