"""引受手不在: what its owner has to do by when, and what ran out at the secretariat."""

from sqlmodel import select

from app.domain.access import Act
from app.domain.confidentiality import ConfidentialityUnaccepted
from app.domain.errors import NotEntitled, NotFound
from app.domain.gaps import GapState
from app.domain.people import Actor
from app.queries.waiting_shape import Waiting, WaitingFor, waiting
from app.store import reach
from app.store.tables.conferences import ConferenceRow
from app.store.tables.gaps import GapRow
from app.store.unit_of_work import Desk


def gaps_of(desk: Desk, actor: Actor) -> list[Waiting]:
    """The owner's own, by its day; of those in other hands what is overdue, at the secretariat."""
    query = (
        select(GapRow, ConferenceRow)
        .where(GapRow.conference_id == ConferenceRow.id, GapRow.state != GapState.CLOSED)
        .where(
            (GapRow.owner_agency_id == actor.agency_id)
            | (ConferenceRow.host_agency_id == actor.agency_id)
        )
    )
    found = []
    for gap, conference in desk.session.exec(query):
        own = gap.owner_agency_id == actor.agency_id
        if not own and gap.due >= desk.today():
            continue
        try:
            reach.item(desk, actor, gap.item_id, Act.KEEP_GAP)
        except (ConfidentialityUnaccepted, NotEntitled, NotFound):
            continue
        kind = WaitingFor.GAP if own else WaitingFor.OVERDUE_GAP
        found.append(waiting(desk, kind, gap.id, gap.next_step, conference.name, gap.due))
    return found
