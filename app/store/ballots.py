"""Reading rounds and stances, and judging them."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlmodel import Session, col, select

from app.domain import consensus
from app.domain.consensus import Verdict
from app.domain.decision_rules import MAIN_BANK, DecisionRule, for_a_lead
from app.domain.proxies import Manner
from app.domain.stances import Given, Stance
from app.store import electorates, recusals
from app.store.tables.ballots import DecisionRow, HoldReplyRow, RoundRow, StanceRow
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import ConferenceRow
from app.store.unit_of_work import Desk


def stances_on(session: Session, round_id: str) -> list[StanceRow]:
    query = select(StanceRow).where(StanceRow.round_id == round_id)
    return list(session.exec(query.order_by(col(StanceRow.agency_id))))


def replies_on(session: Session, round_id: str) -> list[HoldReplyRow]:
    query = select(HoldReplyRow).where(HoldReplyRow.round_id == round_id)
    return list(session.exec(query.order_by(col(HoldReplyRow.agency_id))))


def open_on(session: Session, item_id: str) -> RoundRow | None:
    """The question that is still asked; an item has at most one."""
    query = select(RoundRow).where(
        RoundRow.item_id == item_id, col(RoundRow.state).in_(consensus.STILL_ASKED)
    )
    return session.exec(query).first()


def rule_at(
    desk: Desk, conference: ConferenceRow, case: CaseRow | None, *, blind: bool = False
) -> DecisionRule:
    """How a question on the lead is decided at this conference, for this case."""
    banks = electorates.main_banks_of(desk, case) if case else set()
    known = (MAIN_BANK,) if banks else ()
    return for_a_lead(conference.template, blind=blind, known=known)


def awaits_head_offices(session: Session, round_id: str) -> bool:
    """Whether the round ended in a 仮決定 that nothing has settled yet."""
    query = select(DecisionRow).where(DecisionRow.round_id == round_id)
    decision = session.exec(query.execution_options(populate_existing=True)).first()
    return (
        decision is not None
        and decision.result == consensus.Result.PROVISIONAL
        and decision.settled is None
    )


def is_sealed(row: RoundRow) -> bool:
    """Whether nobody may read what others said in the round, by any way."""
    return row.state == consensus.RoundState.OPEN and DecisionRule.of(row.rule).blind


def content_of(stance: StanceRow) -> dict[str, Any]:
    """What was said, as journal and seal have it."""
    return {
        "stance": stance.stance,
        "text": stance.text,
        "alternative": stance.alternative,
        "reply_by": stance.reply_by.isoformat() if stance.reply_by else None,
        "owner_id": stance.owner_id or None,
        "due": stance.due.isoformat() if stance.due else None,
    }


def manner_of(stance: StanceRow) -> dict[str, Any]:
    """How it was given; for what the office entered, why, and from which file."""
    return {
        "manner": stance.manner or Manner.OWN.value,
        "reason": stance.manner_reason,
        "file": {"digest": stance.file_digest, "name": stance.file_name}
        if stance.file_digest
        else None,
    }


def verdict_on(desk: Desk, row: RoundRow, conference_id: str) -> Verdict:
    """What the stances come to with those who take part by now. Not for a sealed round's pages."""
    return _judged(
        row,
        electorates.as_of_now(desk, conference_id, row.seats),
        stances_on(desk.session, row.id),
        recusals.lost_by(desk.session, row.id),
    )


def closing_of(desk: Desk, row: RoundRow, conference_id: str) -> tuple[Verdict, dict[str, Any]]:
    """The verdict, and everything it was reached from, to be recomputed by hand."""
    seats = electorates.as_of_now(desk, conference_id, row.seats)
    stances = stances_on(desk.session, row.id)
    recused = recusals.lost_by(desk.session, row.id)
    verdict = _judged(row, seats, stances, recused)
    return verdict, {
        "seats": seats,
        "recused": recused,
        "accepted": row.accepted,
        "stances": {
            one.agency_id: content_of(one)
            | manner_of(one)
            | {"person": one.person_name, "receipt": one.receipt}
            for one in stances
        },
        "tally": asdict(verdict.tally),
        "rule_digest": row.rule_digest,
    }


def _judged(
    row: RoundRow,
    seats: Iterable[electorates.Seat],
    stances: Iterable[StanceRow],
    recused: Iterable[str],
) -> Verdict:
    return consensus.outcome_of(
        DecisionRule.of(row.rule),
        electorates.voting_seats(seats),
        row.nominee_id,
        row.accepted,
        {s.agency_id: Given(Stance(s.stance), s.reply_by) for s in stances},
        tuple(recused),
    )
