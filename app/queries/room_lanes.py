"""The inner lanes of an item on the page without script, for whoever hears them."""

from dataclasses import dataclass
from typing import Any

from app.domain.errors import NotFound
from app.domain.lanes import Lane, LaneOf
from app.domain.people import Actor
from app.queries.remarks import lane_snapshot
from app.queries.room_page import RoomPage
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class InnerLane:
    """``agency`` is whose lane it is; ``answers`` where the chair writes into another's lane."""

    lane: Lane
    agency_id: str
    agency: str
    answers: bool
    remarks: list[dict[str, Any]]


def inner_lanes(desk: Desk, actor: Actor, page: RoomPage) -> tuple[InnerLane, ...]:
    """The own agency's lane and its way to the chair; for the chair, the way of every agency to it.

    Nothing of this belongs on what all look at: the projector does not ask.
    """
    if page.item is None:
        return ()
    chairs = actor.agency_id == page.chair_agency_id
    asked = [(Lane.AGENCY, actor.agency_id)]
    asked += [
        (Lane.CHAIR, seat.agency_id)
        for seat in page.seats
        if seat.is_member and chairs != (seat.agency_id == actor.agency_id)
    ]
    found = []
    for lane, agency_id in asked:
        try:
            told = lane_snapshot(desk, actor, LaneOf(page.item.line.id, agency_id, lane))
        except NotFound:
            continue
        seat = page.seat(agency_id)
        found.append(
            InnerLane(
                lane=lane,
                agency_id=agency_id,
                agency=seat.name if seat else actor.agency_name,
                answers=agency_id != actor.agency_id,
                remarks=told["remarks"],
            )
        )
    return tuple(found)
