"""Handing a seat's word on, a line each."""

from sqlmodel import select

from app.domain.conference import Reply
from app.services.proxies import GiveProxy, RevokeProxy, give_proxy, revoke_proxy
from app.services.stances import GiveStance, give_stance
from app.store.tables.conferences import SeatRow
from app.store.tables.people import MembershipRow
from tests.factories import op


def member_of(database, actor):
    with database.read() as desk:
        query = select(MembershipRow.id).where(
            MembershipRow.person_id == actor.person_id, MembershipRow.agency_id == actor.agency_id
        )
        return desk.session.exec(query).one()


def stays_away(database, at, who):
    with database.begin() as uow:
        seat = uow.session.get_one(SeatRow, (at.conference.id, at.agencies[who].id))
        seat.reply = Reply.ABSENT
        uow.session.add(seat)


def hands_on(database, at, giver, to=None, **more):
    """To the chair, or to a person of an agency of the table."""
    whom = {"holder": "chair"}
    if to is not None:
        whom = {"holder": "person", "membership_id": member_of(database, at[to])}
    command = GiveProxy(op_id=op(), conference_id=at.conference.id, **whom, **more)
    return give_proxy(database, at[giver], command)


def takes_back(database, at, giver, proxy_id):
    return revoke_proxy(database, at[giver], RevokeProxy(op_id=op(), proxy_id=proxy_id))


def speaks_for(database, at, holder, giver, round_id, stance="agree", **more):
    command = GiveStance(
        op_id=op(), round_id=round_id, stance=stance, agency_id=at.agencies[giver].id, **more
    )
    return give_stance(database, at[holder], command)
