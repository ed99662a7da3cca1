"""A seat's own vote of a named ballot, read back by its people, also while others may not."""

from dataclasses import dataclass

from app.domain.access import Act
from app.domain.people import Actor
from app.store import reach
from app.store.tables.polls import PollVoteRow
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class OwnVote:
    """``person``: who pressed; ``receipt``: 控え, to be found again in the result."""

    choice: str
    person: str
    receipt: str


def own_vote(desk: Desk, actor: Actor, poll_id: str) -> OwnVote | None:
    """None where the agency has not voted. A secret vote is nowhere under its agency."""
    reach.poll(desk, actor, poll_id, Act.VOTE)
    vote = desk.session.get(PollVoteRow, (poll_id, actor.agency_id))
    return OwnVote(vote.choice, vote.person_name, vote.receipt) if vote else None
