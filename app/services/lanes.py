"""What is said in the inner lanes of an item: among one agency, or to the chair."""

from typing import Annotated

from app.domain.conference import CONFERENCE_STATUS_LABELS, ConferenceStatus
from app.domain.errors import NotFound, StateForbids
from app.domain.facts import LaneRemarkCorrected, LaneRemarkMade, RoomKind
from app.domain.lanes import Lane, LaneOf
from app.domain.people import Actor
from app.domain.sentences import _
from app.services.commands import Command, Done, Id, Links, paragraph
from app.services.use_case import use_case
from app.store import conferences, journal, reach, remarks
from app.store.columns import new_id
from app.store.tables.conferences import ConferenceRow
from app.store.tables.journal import RoomRow
from app.store.tables.remarks import LaneRemarkRow
from app.store.unit_of_work import UnitOfWork


class SayInLane(Command):
    """``agency_id`` is the agency whose lane it is: one's own, or for the chair's answer in
    ``chair`` the one that is answered."""

    item_id: Id
    lane: Lane
    agency_id: Id
    text: Annotated[str, paragraph(2000)]
    reply_to: Id | None = None
    links: Links = ()


class CorrectInLane(Command):
    remark_id: Id
    text: Annotated[str, paragraph(2000)]


@use_case
def say_in_lane(uow: UnitOfWork, actor: Actor, command: SayInLane) -> Done:
    """From the day the item is on the agenda until the conference ends."""
    of = LaneOf(command.item_id, command.agency_id, command.lane)
    held = reach.lane(uow, actor, of)
    _require_going_on(held.item.conference)
    root = None
    if command.reply_to:
        answered = uow.session.get(LaneRemarkRow, command.reply_to)
        here = answered is not None and _lane_of(answered) == of
        root = remarks.root_of(answered, here=here)
    own = of.lane is Lane.AGENCY
    fact = LaneRemarkMade(
        remark_id=new_id(),
        text=command.text,
        reply_to=root,
        mentions=_mentioned(uow, held, command.text),
        links=remarks.checked_links(uow, actor, held.item, command.links, own=own),
    )
    cursor = uow.record(_room(uow, of), fact)
    remarks.write(
        uow.session,
        LaneRemarkRow,
        id=fact.remark_id,
        item_id=of.item_id,
        agency_id=of.agency_id,
        lane=of.lane,
        author_agency_id=actor.agency_id,
        author_agency_name=actor.agency_name,
        person_id=actor.person_id,
        person_name=actor.person_name,
        text=fact.text,
        position=uow.entries[-1].seq,
        at=uow.now(),
        reply_to=root,
        mentions=fact.mentions,
        links=fact.links,
    )
    return Done(id=fact.remark_id, cursor=cursor)


@use_case
def correct_in_lane(uow: UnitOfWork, actor: Actor, command: CorrectInLane) -> Done:
    found = uow.session.get(LaneRemarkRow, command.remark_id)
    if found is None:
        raise NotFound
    held = reach.lane(uow, actor, _lane_of(found))
    _require_going_on(held.item.conference)
    remark = reach.load(uow, LaneRemarkRow, command.remark_id)
    remarks.require_own(remark, actor)
    remarks.amend(uow, remark, command.text, _mentioned(uow, held, command.text))
    fact = LaneRemarkCorrected(remark_id=remark.id, text=remark.text, mentions=remark.mentions)
    return Done(id=remark.id, cursor=uow.record(_room(uow, held.of), fact))


def _lane_of(remark: LaneRemarkRow) -> LaneOf:
    return LaneOf(remark.item_id, remark.agency_id, Lane(remark.lane))


def _mentioned(uow: UnitOfWork, held: reach.LaneInHand, text: str) -> list[dict[str, str]]:
    """Only who hears the lane can be called on in it."""
    conference = held.item.conference
    within = {held.of.agency_id}
    if held.of.lane is Lane.CHAIR:
        within.add(conference.chair_agency_id)
    return remarks.mentioned(uow, conference.id, text, within)


def _room(uow: UnitOfWork, of: LaneOf) -> RoomRow:
    """The lane's journal, which begins with its first remark; the item is locked meanwhile."""
    room = uow.session.get(RoomRow, journal.room_id(RoomKind.LANE, of.subject))
    return room or journal.open_room(uow.session, RoomKind.LANE, of.subject, uow.now())


def _require_going_on(conference: ConferenceRow) -> None:
    if conferences.is_over(conference):
        raise StateForbids(
            _("会議は「{status}」のため、この操作はできません。"),
            status=CONFERENCE_STATUS_LABELS[ConferenceStatus(conference.status)],
        )
