"""The firm's owner as a guest, as tests let one in and speak for one."""

from typing import Any

from app.domain.people import Actor, Guest
from app.services.commands import Done, HandedOver
from app.services.guests import InviteGuest, RevokeGuest, invite_guest, revoke_guest
from app.services.listing import GUEST_ACTS
from app.services.validation import validated
from app.store import guests, tokens
from app.store.unit_of_work import Database, UnitOfWork
from tests.factories import op

OWNER = "佐久間 灯一"


def invite(database: Database, actor: Actor, item_id: str, name: str = OWNER) -> tuple[str, str]:
    """The invitation's id, and what its link ends with."""
    done = invite_guest(database, actor, InviteGuest(op_id=op(), item_id=item_id, name=name))
    assert isinstance(done, HandedOver)
    return done.id or "", done.secret


def revoke(database: Database, actor: Actor, invitation_id: str) -> Done:
    return revoke_guest(database, actor, RevokeGuest(op_id=op(), invitation_id=invitation_id))


def enter(database: Database, link: str) -> str | None:
    """What the link is exchanged for; None where it opens nothing."""
    with database.begin() as uow:
        return guests.exchange(uow, link)


def guest_behind(database: Database, token: str) -> Guest:
    with database.read() as desk:
        found = guests.guest_of(desk, tokens.hash_of(token))
    assert found is not None
    return found


def does(database: Database, token: str, act: str, **body: Any) -> Done:
    """An act of the guest with this session."""

    def who(uow: UnitOfWork) -> Guest:
        found = guests.guest_of(uow, tokens.hash_of(token))
        assert found is not None
        return found

    one = GUEST_ACTS[act]
    return one.run_as(database, who, validated(one.command, {"op_id": op(), **body}))


def let_in(database: Database, actor: Actor, item_id: str, name: str = OWNER) -> str:
    """Invited, come in, and ready to hear of the case: the session's token."""
    _id, link = invite(database, actor, item_id, name)
    token = enter(database, link)
    assert token is not None
    does(database, token, "accept_as_guest", version=1)
    return token
