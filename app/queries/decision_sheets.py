"""Composing a 主担当決定書 from what the round kept when it was declared."""

from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from app.clock import in_japan
from app.domain.access import Act
from app.domain.consensus import RESULT_LABELS, Result
from app.domain.decision_rules import DecisionRule, text_of
from app.domain.decision_sheet import Condition, DecisionSheet, SeatAnswer
from app.domain.errors import NotFound
from app.domain.people import Actor
from app.domain.proxies import MANNER_LABELS, Manner
from app.domain.sentences import _
from app.domain.stances import STANCE_LABELS, Stance
from app.domain.text import Sentence
from app.store import agencies, ballots, decision_papers, reach, recusals
from app.store.journal_export import fingerprint_if_closed
from app.store.tables.ballots import DecisionRow, RoundRow
from app.store.tables.firms import FirmRow
from app.store.unit_of_work import Desk

_TALLY = (
    ("agree", _("賛成（条件付を含む）")),
    ("hold", _("留保")),
    ("against", _("反対")),
    ("abstain", _("棄権")),
    ("not_applicable", _("対象外")),
    ("silent", _("未回答")),
)
Words = dict[str, Any]


def decision_sheet(desk: Desk, actor: Actor, round_id: str) -> DecisionSheet:
    """For those at the item: they have read every word of it at the table."""
    asked = reach.round_(desk, actor, round_id, Act.SEE_ITEM)
    row = desk.session.exec(select(DecisionRow).where(DecisionRow.round_id == round_id)).first()
    if row is None:
        raise NotFound
    fingerprint = fingerprint_if_closed(desk.session, asked.item.conference)
    return sheet_at(desk, actor, asked.item, asked.row, row, fingerprint)


def sheets_at(
    desk: Desk, actor: Actor, item: reach.ItemInHand, fingerprint: str
) -> tuple[DecisionSheet, ...]:
    """All that was declared at an item the actor has in hand, in the order it was asked."""
    query = (
        select(DecisionRow, RoundRow)
        .where(DecisionRow.item_id == item.row.id, RoundRow.id == DecisionRow.round_id)
        .order_by(col(RoundRow.number))
    )
    return tuple(
        sheet_at(desk, actor, item, round_, row, fingerprint)
        for row, round_ in desk.session.exec(query).all()
    )


def sheet_at(
    desk: Desk,
    actor: Actor,
    item: reach.ItemInHand,
    round_: RoundRow,
    row: DecisionRow,
    fingerprint: str,
) -> DecisionSheet:
    case = item.case
    if case is None:
        raise NotFound
    closing = round_.closing or _closing_before_it_was_kept(desk.session, round_)
    named = {seat["agency_id"]: seat["name"] for seat in round_.seats}
    named |= {
        key: one.name
        for key, one in agencies.by_ids(
            desk.session,
            {round_.nominee_id, *(one["agency_id"] for one in row.supporters)},
        ).items()
    }
    record, settled = row.record or {}, row.settled or {}
    leads = row.result in {Result.DECIDED, Result.PROVISIONAL}
    return DecisionSheet(
        number=row.number,
        result=RESULT_LABELS[Result(row.result)],
        case_number=case.case_no,
        firm=desk.session.get_one(FirmRow, case.firm_id).name,
        conference=item.conference.name,
        held_on=in_japan(item.conference.opened_at or item.conference.starts_at).date(),
        declared_at=row.declared_at,
        declared_by=row.declared_by,
        wording=round_.wording,
        because=round_.because,
        lead=named[round_.nominee_id] if leads else "",
        lead_person=row.lead_person if leads else "",
        supporters=tuple((named[one["agency_id"]], one["role"]) for one in row.supporters),
        conditions=tuple(
            Condition(
                text=one["text"],
                set_by=named.get(one["agency_id"], ""),
                owner=named.get(one.get("owner_id", ""), ""),
                due=_day(one.get("due")),
            )
            for one in row.conditions
        ),
        answers=tuple(_answer(seat, closing) for seat in closing["seats"]),
        rule="".join(text_of(DecisionRule.of(round_.rule))),
        tally=tuple(
            (label, closing["tally"][name]) for name, label in _TALLY if name in closing["tally"]
        ),
        reasons=tuple(row.reasons),
        effective_on=_day(record.get("effective_on")),
        review_on=_day(record.get("review_on")),
        action=record.get("action") or "",
        action_person=record.get("action_person") or "",
        action_due=_day(record.get("action_due")),
        next_date=row.next_date,
        became=RESULT_LABELS[Result(settled["result"])] if settled else "",
        became_because=tuple(settled.get("reasons", ())),
        replies=tuple(
            SeatAnswer(
                agency=named.get(one.agency_id, ""),
                stance=STANCE_LABELS[Stance(one.stance)],
                how="",
                remark=one.text,
                alternative=one.alternative,
                receipt=one.receipt,
            )
            for one in ballots.replies_on(desk.session, round_.id)
        ),
        addenda=decision_papers.addenda_of(desk, row),
        receipt=decision_papers.receipt_of_declaration(desk.session, row) or "",
        rule_digest=round_.rule_digest,
        fingerprint=fingerprint,
        issued_by=f"{actor.agency_name}　{actor.person_name}",
    )


def _answer(seat: Words, closing: Words) -> SeatAnswer:
    agency_id = seat["agency_id"]
    said = closing["stances"].get(agency_id)
    if agency_id in closing["recused"]:
        return SeatAnswer(seat["name"], _("退席（利益相反）"), "", "", "", "")
    if said is None:
        return SeatAnswer(seat["name"], _("未回答"), "", "", "", "")
    return SeatAnswer(
        agency=seat["name"],
        stance=STANCE_LABELS[Stance(said["stance"])],
        how=_how(said),
        remark=said["text"],
        alternative=said["alternative"],
        receipt=said.get("receipt", ""),
        reply_by=_day(said.get("reply_by")),
    )


def _how(said: Words) -> str:
    manner = Manner(said.get("manner", Manner.OWN))
    if manner is Manner.OWN:
        return ""
    return Sentence(_("{how}：{name}"), how=Sentence(MANNER_LABELS[manner]), name=said["person"])


def _closing_before_it_was_kept(session: Session, round_: RoundRow) -> Words:
    """Rounds declared by an earlier version kept their stances only."""
    return {
        "seats": round_.seats,
        "recused": recusals.lost_by(session, round_.id),
        "stances": {
            one.agency_id: ballots.content_of(one)
            | ballots.manner_of(one)
            | {"person": one.person_name, "receipt": one.receipt}
            for one in ballots.stances_on(session, round_.id)
        },
        "tally": {},
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
