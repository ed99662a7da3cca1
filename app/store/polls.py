"""Ballots as records: whom one is put to, casting into it, and what it comes to."""

import random
from typing import Any

from sqlalchemy import delete, insert
from sqlmodel import Session, col, func, select

from app.domain import choosing
from app.domain.attendance import Mode
from app.domain.choosing import Option, Verdict
from app.domain.conference import Reply, SeatRole
from app.domain.decision_rules import SECRETARIAT, DecisionRule
from app.domain.facts import Fact
from app.store import electorates, recusals
from app.store.attendance import attendance_of
from app.store.columns import new_id
from app.store.conferences import seats_of
from app.store.reach import ConferenceInHand, ItemInHand
from app.store.tables.conferences import ConferenceRow
from app.store.tables.polls import PollBoxRow, PollRow, PollTurnoutRow, PollVoteRow
from app.store.unit_of_work import Desk, UnitOfWork

_shuffled = random.SystemRandom().shuffle


def seats_asked(desk: Desk, at: ConferenceInHand | ItemInHand) -> list[electorates.Seat]:
    """Member seats that are not absent; at an item those of its electorate, or not recused.

    A 委任状 is for the question of who leads: who stays away with one is not asked here.
    """
    conference = conference_of(at)
    noted = {key: row.mode for key, row in attendance_of(desk.session, conference.id).items()}
    if isinstance(at, ItemInHand) and at.case is not None:
        known = electorates.at_table(desk, at.row, conference, at.case)
        return [seat for seat in known if noted.get(seat["agency_id"]) != Mode.ABSENT]
    out = recusals.out_of(desk.session, at.row.id) if isinstance(at, ItemInHand) else set()
    seats = [
        {
            "agency_id": agency.id,
            "name": agency.name,
            "kind": agency.kind,
            "marks": [SECRETARIAT] if agency.id == conference.host_agency_id else [],
        }
        for seat, agency in seats_of(desk.session, conference.id)
        if seat.role == SeatRole.MEMBER
        and agency.id not in out
        and not _is_absent(noted.get(agency.id), seat.reply)
    ]
    return electorates.as_of_now(desk, conference.id, seats)


def _is_absent(mode: str | None, reply: str) -> bool:
    """What was noted at the table counts before what was announced."""
    return mode == Mode.ABSENT if mode is not None else reply == Reply.ABSENT


def conference_of(at: ConferenceInHand | ItemInHand) -> ConferenceRow:
    return at.row if isinstance(at, ConferenceInHand) else at.conference


def fact_of(row: PollRow, at_conference: type[Fact], at_item: type[Fact]) -> Any:
    """Which of the two kinds of fact the ballot's room has."""
    return at_conference if row.item_id is None else at_item


def polls_in(session: Session, room_id: str) -> list[PollRow]:
    query = select(PollRow).where(PollRow.room_id == room_id).order_by(col(PollRow.number))
    return list(session.exec(query.execution_options(populate_existing=True)))


def options_of(row: PollRow) -> tuple[Option, ...]:
    return tuple(Option(one["key"], one["text"]) for one in row.options)


def rule_of(row: PollRow) -> DecisionRule:
    return DecisionRule.of(row.rule)


def votes_on(session: Session, poll_id: str) -> list[PollVoteRow]:
    query = select(PollVoteRow).where(PollVoteRow.poll_id == poll_id)
    return list(session.exec(query.order_by(col(PollVoteRow.agency_id))))


def turnout_of(session: Session, poll_id: str) -> list[str]:
    """Who has voted in secret, in an order that says nothing."""
    query = select(PollTurnoutRow.agency_id).where(PollTurnoutRow.poll_id == poll_id)
    return sorted(session.exec(query))


def answered(session: Session, row: PollRow) -> list[str]:
    if rule_of(row).secret:
        return turnout_of(session, row.id)
    return [vote.agency_id for vote in votes_on(session, row.id)]


def cast_in_secret(uow: UnitOfWork, poll_id: str, agency_id: str, choice: str) -> None:
    """Two rows that never meet, and the whole box anew: see ``PollBoxRow``.

    The poll is locked by the caller.
    """
    uow.session.execute(insert(PollTurnoutRow).values(poll_id=poll_id, agency_id=agency_id))
    query = select(PollBoxRow.choice).where(PollBoxRow.poll_id == poll_id)
    slips = [*uow.session.exec(query), choice]
    _shuffled(slips)
    empty_box(uow, poll_id)
    uow.session.execute(
        insert(PollBoxRow), [{"poll_id": poll_id, "id": new_id(), "choice": one} for one in slips]
    )


def empty_box(uow: UnitOfWork, poll_id: str) -> None:
    uow.session.execute(delete(PollBoxRow).where(col(PollBoxRow.poll_id) == poll_id))


def box_of(session: Session, poll_id: str) -> dict[str, int]:
    """How often each was chosen. Only for a ballot that is being closed."""
    query = (
        select(PollBoxRow.choice, func.count())
        .where(PollBoxRow.poll_id == poll_id)
        .group_by(col(PollBoxRow.choice))
    )
    return dict(session.exec(query).all())


def closing_of(desk: Desk, row: PollRow) -> tuple[Verdict, dict[str, Any]]:
    """The verdict, and everything it was reached from, to be recomputed by hand."""
    rule, options = rule_of(row), options_of(row)
    seats = electorates.as_of_now(desk, row.conference_id, row.seats)
    known = {seat["agency_id"] for seat in seats}
    out = recusals.out_of(desk.session, row.item_id) if row.item_id else set()
    recused = sorted(out & known)
    asked = electorates.voting_seats(seats)
    votes = {} if rule.secret else {v.agency_id: v for v in votes_on(desk.session, row.id)}
    if rule.secret:
        voted = turnout_of(desk.session, row.id)
        box = box_of(desk.session, row.id)
        verdict = choosing.judge_secret(rule, options, asked, voted, box, recused)
    else:
        voted = sorted(votes)
        said = {agency_id: vote.choice for agency_id, vote in votes.items()}
        verdict = choosing.judge_named(rule, options, asked, said, recused)
    return verdict, {
        "seats": seats,
        "recused": recused,
        "voted": voted,
        "votes": {
            agency_id: {
                "choice": vote.choice,
                "person": vote.person_name,
                "receipt": vote.receipt,
                "nonce": vote.nonce,
            }
            for agency_id, vote in votes.items()
        },
        "rule_digest": row.rule_digest,
    }


def result_of(verdict: Verdict) -> dict[str, Any]:
    """As the journal and the picture tell it."""
    return {
        "outcome": verdict.outcome,
        "chosen": verdict.chosen,
        "tied": list(verdict.tied),
        "counts": verdict.counts,
        "reasons": list(verdict.reasons),
        "missing": list(verdict.missing),
    }
