"""What is being asked at a table: rounds and ballots in which an agency keeps silent so far."""

from sqlmodel import col, select

from app.clock import in_japan
from app.domain.access import Act
from app.domain.choosing import PollState
from app.domain.conference import UNDER_WAY
from app.domain.confidentiality import ConfidentialityUnaccepted
from app.domain.consensus import STILL_ASKED
from app.domain.errors import NotEntitled, NotFound
from app.domain.people import Actor
from app.queries.waiting_shape import Waiting, WaitingFor, waiting
from app.store import polls, reach
from app.store.conferences import held_on
from app.store.tables.ballots import RoundRow, StanceRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow, SeatRow
from app.store.tables.polls import PollRow
from app.store.unit_of_work import Desk


def stances_of(desk: Desk, actor: Actor) -> list[Waiting]:
    """Rounds the agency was asked in and has not answered; the item must be in its sight."""
    answered = select(StanceRow.round_id).where(StanceRow.agency_id == actor.agency_id)
    query = (
        select(RoundRow, AgendaItemRow)
        .join(AgendaItemRow, col(AgendaItemRow.id) == col(RoundRow.item_id))
        .join(
            SeatRow,
            (col(SeatRow.conference_id) == col(AgendaItemRow.conference_id))
            & (col(SeatRow.agency_id) == actor.agency_id),
        )
        .where(col(RoundRow.state).in_(STILL_ASKED), col(RoundRow.id).not_in(answered))
    )
    found = []
    for round_, item in desk.session.exec(query):
        if all(seat["agency_id"] != actor.agency_id for seat in round_.seats):
            continue
        try:
            held = reach.item(desk, actor, item.id, Act.GIVE_STANCE)
        except ConfidentialityUnaccepted:
            found.append(_behind_the_statement(desk, WaitingFor.STANCE, item.conference_id))
            continue
        except (NotEntitled, NotFound):
            continue
        found.append(
            waiting(
                desk,
                WaitingFor.STANCE,
                held.conference.id,
                round_.wording,
                held.conference.name,
                in_japan(round_.opened_at).date(),
            )
        )
    return found


def votes_of(desk: Desk, actor: Actor) -> list[Waiting]:
    """Ballots put to the agency in which it has no voice yet, of conferences not over."""
    query = (
        select(PollRow, ConferenceRow)
        .join(ConferenceRow, col(ConferenceRow.id) == col(PollRow.conference_id))
        .join(
            SeatRow,
            (col(SeatRow.conference_id) == col(PollRow.conference_id))
            & (col(SeatRow.agency_id) == actor.agency_id),
        )
        .where(PollRow.state == PollState.OPEN, col(ConferenceRow.status).in_(UNDER_WAY))
    )
    found = []
    for row, held in desk.session.exec(query):
        asked = any(seat["agency_id"] == actor.agency_id for seat in row.seats)
        if not asked or actor.agency_id in polls.answered(desk.session, row):
            continue
        try:
            reach.poll(desk, actor, row.id, Act.VOTE)
        except ConfidentialityUnaccepted:
            found.append(_behind_the_statement(desk, WaitingFor.VOTE, held.id))
            continue
        except (NotEntitled, NotFound):
            continue
        day = in_japan(row.opened_at).date()
        found.append(waiting(desk, WaitingFor.VOTE, held.id, row.question, held.name, day))
    return found


def _behind_the_statement(desk: Desk, kind: WaitingFor, conference_id: str) -> Waiting:
    """Something is asked there; what it is, is told once the statement is accepted."""
    held = desk.session.get_one(ConferenceRow, conference_id)
    return waiting(desk, kind, held.id, held.name, "", held_on(held))
