"""投票: every seat casts one vote, the chair closes the ballot, and decides between equals."""

import secrets
from typing import Annotated, Any, ClassVar

from app.domain import conference as rules
from app.domain.access import Act
from app.domain.ballot import Outcome
from app.domain.choosing import ABSTAIN, PollState
from app.domain.conference import ConferenceStatus
from app.domain.decision_rules import Tie
from app.domain.errors import Malformed, NotEntitled, StateForbids
from app.domain.facts import (
    ItemPollClosed,
    ItemTieDecided,
    ItemVoteCast,
    PollClosed,
    TieDecided,
    VoteCast,
)
from app.domain.people import Actor
from app.domain.receipts import receipt_of
from app.domain.sealing import seal_of
from app.domain.sentences import _
from app.services.commands import Command, Done, Id, line, paragraph
from app.services.use_case import use_case
from app.store import polls, reach
from app.store.tables.polls import PollRow, PollVoteRow
from app.store.unit_of_work import UnitOfWork


class CastVote(Command):
    """What is chosen stands in no record of operations, so that a secret ballot stays one."""

    UNTRACED: ClassVar[frozenset[str]] = frozenset({"choice"})

    poll_id: Id
    choice: Annotated[str, line(10)]


class ClosePoll(Command):
    poll_id: Id


class DecideTie(Command):
    poll_id: Id
    choice: Annotated[str, line(10)]
    reason: Annotated[str, paragraph(500)]


@use_case
def cast_vote(uow: UnitOfWork, actor: Actor, command: CastVote) -> Done:
    """One seat, one voice. A named one may be replaced by a colleague while the ballot is open; a
    secret one is final, and has no receipt: with one, somebody could be made to show the choice.
    """
    held = reach.poll(uow, actor, command.poll_id, Act.VOTE)
    row, at = held.row, held.at
    rules.require_open(ConferenceStatus(polls.conference_of(at).status))
    _require_state(row, PollState.OPEN)
    if all(seat["agency_id"] != actor.agency_id for seat in row.seats):
        raise NotEntitled(_("この投票に回答する機関に含まれていません。"))
    if command.choice not in {ABSTAIN, *(one["key"] for one in row.options)}:
        raise Malformed(_("選択肢から選んでください。"), fields={"choice": _("選んでください。")})
    rule = polls.rule_of(row)
    told: dict[str, Any] = {"poll_id": row.id, "agency_id": actor.agency_id}
    cast = polls.fact_of(row, VoteCast, ItemVoteCast)
    if rule.secret:
        if actor.agency_id in polls.turnout_of(uow.session, row.id):
            raise StateForbids(
                _("貴機関は投票済みです。"),
                remedy=_("無記名の投票は、一度投じると変更できません。"),
            )
        polls.cast_in_secret(uow, row.id, actor.agency_id, command.choice)
        return Done(cursor=uow.record(at.room, cast(**told, choice=None, seal=None)))
    vote = _named(uow, actor, row.id, command.choice)
    seal = None
    if rule.blind:
        vote.nonce = secrets.token_hex(16)
        seal = seal_of(told | {"choice": vote.choice}, vote.nonce)
    shown = None if rule.blind else vote.choice
    cursor = uow.record(at.room, cast(**told, choice=shown, seal=seal))
    vote.receipt = receipt_of(uow.entries[-1].hash)
    uow.session.add(vote)
    return Done(cursor=cursor, version=vote.version, receipt=vote.receipt)


@use_case
def close_poll(uow: UnitOfWork, actor: Actor, command: ClosePoll) -> Done:
    """Judged by what was cast; it may be closed after the conference too, so that none hangs."""
    held = reach.poll(uow, actor, command.poll_id, Act.RUN_POLL)
    row = held.row
    if polls.conference_of(held.at).status == ConferenceStatus.PAUSED:
        rules.require_open(ConferenceStatus.PAUSED)
    _require_state(row, PollState.OPEN)
    verdict, closing = polls.closing_of(uow, row)
    if not verdict.counts:
        polls.empty_box(uow, row.id)
    row.state, row.outcome = PollState.CLOSED, verdict.outcome
    row.result, row.closing = polls.result_of(verdict), closing
    row.closed_by, row.closed_at = actor.person_name, uow.now()
    uow.session.add(row)
    fact = polls.fact_of(row, PollClosed, ItemPollClosed)(
        poll_id=row.id, **row.result, closing=closing
    )
    return Done(cursor=uow.record(held.at.room, fact))


@use_case
def decide_tie(uow: UnitOfWork, actor: Actor, command: DecideTie) -> Done:
    """議長裁決, where the pinned rule leaves equals to the chair; once, and with its reason."""
    held = reach.poll(uow, actor, command.poll_id, Act.RUN_POLL)
    row = held.row
    _require_state(row, PollState.CLOSED)
    if row.outcome != Outcome.TIED or polls.rule_of(row).tie is not Tie.CHAIR:
        raise StateForbids(_("この投票は、議長が裁決するものではありません。"))
    if row.decided is not None:
        raise StateForbids(_("この投票は、すでに裁決されています。"))
    if command.choice not in (row.result or {})["tied"]:
        raise Malformed(
            _("同数となった選択肢から選んでください。"), fields={"choice": _("選んでください。")}
        )
    row.decided = {
        "chosen": command.choice,
        "reason": command.reason,
        "by": actor.person_name,
    }
    uow.session.add(row)
    fact = polls.fact_of(row, TieDecided, ItemTieDecided)(
        poll_id=row.id, chosen=command.choice, reason=command.reason
    )
    return Done(cursor=uow.record(held.at.room, fact))


def _require_state(row: PollRow, state: PollState) -> None:
    if row.state == state:
        return
    if state is PollState.OPEN:
        raise StateForbids(_("この投票は締め切られています。"))
    raise StateForbids(_("この投票はまだ締め切られていません。"))


def _named(uow: UnitOfWork, actor: Actor, poll_id: str, choice: str) -> PollVoteRow:
    """The seat's vote, new or in the place of the one before."""
    held = uow.session.get(PollVoteRow, (poll_id, actor.agency_id), populate_existing=True)
    vote = held or PollVoteRow(
        poll_id=poll_id,
        agency_id=actor.agency_id,
        choice=choice,
        person_id=actor.person_id,
        person_name=actor.person_name,
        receipt="",
        version=0,
        at=uow.now(),
    )
    vote.choice, vote.version, vote.at = choice, vote.version + 1, uow.now()
    vote.person_id, vote.person_name = actor.person_id, actor.person_name
    uow.session.add(vote)
    return vote
