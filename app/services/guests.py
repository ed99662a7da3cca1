"""事業者ゲスト: chair or secretariat lets the firm's owner in to its own item, and out again."""

from typing import Annotated

from sqlmodel import select

from app.clock import iso
from app.domain import guests as rules
from app.domain.access import Act
from app.domain.errors import NotFound, StateForbids
from app.domain.facts import GuestInvited, GuestRevoked
from app.domain.guests import LIVE_STATES, InvitationState
from app.domain.people import Actor
from app.domain.sentences import _
from app.services.commands import Command, Done, HandedOver, Id, line
from app.services.use_case import use_case
from app.store import guests, reach, tokens
from app.store.tables.conferences import AgendaItemRow, ConferenceRow
from app.store.tables.guests import GuestInvitationRow
from app.store.unit_of_work import UnitOfWork


class InviteGuest(Command):
    """``name`` is the person of the firm, as the table addresses them (様 is added)."""

    item_id: Id
    name: Annotated[str, line(80)]


class RevokeGuest(Command):
    invitation_id: Id


@use_case
def invite_guest(uow: UnitOfWork, actor: Actor, command: InviteGuest) -> Done:
    """The answer's ``secret`` ends the address ``/guest/…``. It is told this once; the same
    operation asked again answers without it, and a new link takes the place of the old one."""
    item = _in_hand(uow, actor, command.item_id)
    expires_at = rules.expiry(item.conference.starts_at, item.conference.minutes, uow.now())
    earlier = guests.live_of(uow.session, item.row.id, command.name)
    token = tokens.new_token()
    row = GuestInvitationRow(
        item_id=item.row.id,
        position=guests.next_place(uow.session, GuestInvitationRow, item.row.id),
        name=command.name,
        state=InvitationState.SENT,
        token_hash=tokens.hash_of(token),
        person_name=actor.person_name,
        agency_name=actor.agency_name,
        at=uow.now(),
        expires_at=expires_at,
    )
    situation = guests.situation(uow, row, item.row, item.conference)
    rules.require_invitable(situation, is_case=item.case is not None, now=uow.now())
    if earlier is not None:
        guests.close(uow, earlier, InvitationState.REPLACED)
    uow.session.add(row)
    uow.session.flush()
    fact = GuestInvited(
        invitation_id=row.id,
        name=row.name,
        expires_at=iso(row.expires_at),
        replaces=earlier.id if earlier else None,
    )
    return HandedOver(id=row.id, cursor=uow.record(item.room, fact), secret=token)


@use_case
def revoke_guest(uow: UnitOfWork, actor: Actor, command: RevokeGuest) -> Done:
    """The guest is out at once, and the link can no longer be used."""
    found = uow.session.get(GuestInvitationRow, command.invitation_id)
    item = _in_hand(uow, actor, found.item_id if found else "")
    row = reach.load(uow, GuestInvitationRow, command.invitation_id)
    if row.state not in LIVE_STATES:
        raise StateForbids(_("このご案内は、すでに取り消されています。"))
    guests.close(uow, row, InvitationState.REVOKED)
    return Done(id=row.id, cursor=uow.record(item.room, GuestRevoked(invitation_id=row.id)))


def _in_hand(uow: UnitOfWork, actor: Actor, item_id: str) -> reach.ItemInHand:
    """Conference before item, so that neither ends while a link is being made."""
    query = select(AgendaItemRow.conference_id).where(AgendaItemRow.id == item_id)
    conference_id = uow.session.exec(query).first()
    if conference_id is None:
        raise NotFound
    reach.load(uow, ConferenceRow, conference_id)
    return reach.item(uow, actor, item_id, Act.INVITE_GUEST)
