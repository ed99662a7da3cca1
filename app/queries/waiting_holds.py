"""持ち帰り: what agencies owe after a 仮決定, and what has run out at those who keep the dates."""

from sqlmodel import col, select

from app.domain.access import Act
from app.domain.consensus import Result
from app.domain.people import Actor
from app.domain.stances import Stance
from app.queries.waiting_shape import Waiting, WaitingFor, waiting
from app.store import ballots, reach, recusals
from app.store.tables.ballots import DecisionRow, RoundRow, StanceRow
from app.store.tables.conferences import ConferenceRow
from app.store.unit_of_work import Desk


def holds_of(desk: Desk, actor: Actor) -> list[Waiting]:
    """The agency's own word, due by the day it named itself; nothing of what it may not see."""
    query = (
        select(RoundRow, StanceRow)
        .join(StanceRow, col(StanceRow.round_id) == col(RoundRow.id))
        .join(DecisionRow, col(DecisionRow.round_id) == col(RoundRow.id))
        .where(
            StanceRow.agency_id == actor.agency_id,
            StanceRow.stance == Stance.HOLD,
            DecisionRow.result == Result.PROVISIONAL,
            col(DecisionRow.settled).is_(None),
        )
    )
    found = []
    for round_, stance in desk.session.exec(query):
        replied = {one.agency_id for one in ballots.replies_on(desk.session, round_.id)}
        if actor.agency_id in replied or not reach.may_at_item(
            desk, actor, round_.item_id, Act.GIVE_STANCE
        ):
            continue
        told = _told(desk, round_)
        found.append(waiting(desk, WaitingFor.HOLD, *told, stance.reply_by))
    return found


def overdue_at(desk: Desk, actor: Actor) -> list[Waiting]:
    """Of the conferences the agency is secretariat of: the first day that passed in silence.

    Where nobody is left who could answer, the day on which it is to be discussed again.
    """
    query = (
        select(RoundRow)
        .join(DecisionRow, col(DecisionRow.round_id) == col(RoundRow.id))
        .join(ConferenceRow, col(ConferenceRow.id) == col(DecisionRow.conference_id))
        .where(
            ConferenceRow.host_agency_id == actor.agency_id,
            DecisionRow.result == Result.PROVISIONAL,
            col(DecisionRow.settled).is_(None),
        )
    )
    found = []
    for round_ in desk.session.exec(query):
        done = {one.agency_id for one in ballots.replies_on(desk.session, round_.id)}
        done |= recusals.out_of(desk.session, round_.item_id)
        late = [
            one.reply_by
            for one in ballots.stances_on(desk.session, round_.id)
            if one.stance == Stance.HOLD
            and one.agency_id not in done
            and one.reply_by
            and one.reply_by < desk.today()
        ]
        nobody_left = not _waited_for(desk, round_, done)
        if not (late or nobody_left) or not reach.may_at_item(
            desk, actor, round_.item_id, Act.RETURN_PROVISIONAL
        ):
            continue
        kind = WaitingFor.ORPHAN_HOLD if nobody_left else WaitingFor.OVERDUE_HOLD
        due = round_.next_date if nobody_left else min(late)
        found.append(waiting(desk, kind, *_told(desk, round_), due))
    return found


def _waited_for(desk: Desk, round_: RoundRow, done: set[str]) -> bool:
    """False where everybody who took it home has left for an interest: no answer can come."""
    return any(
        one.stance == Stance.HOLD and one.agency_id not in done
        for one in ballots.stances_on(desk.session, round_.id)
    )


def _told(desk: Desk, round_: RoundRow) -> tuple[str, str, str]:
    """Where it is answered, what it was about, and at which conference."""
    conference = desk.session.exec(
        select(ConferenceRow)
        .join(DecisionRow, col(DecisionRow.conference_id) == col(ConferenceRow.id))
        .where(DecisionRow.round_id == round_.id)
    ).one()
    return f"{conference.id}/{round_.item_id}", round_.wording, conference.name
