"""本部への照会: an agency that took a 仮決定 home makes a link for its head office."""

from app.domain import head_office as rules
from app.domain.access import Act
from app.domain.errors import NotEntitled, NotFound, StateForbids
from app.domain.facts import HeadOfficeAsked, HeadOfficeLinkRevoked
from app.domain.head_office import LinkState
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.stances import Stance
from app.services.commands import Command, Done, HandedOver, Id
from app.services.use_case import use_case
from app.store import ballots, head_office, reach, tokens
from app.store.tables.ballots import StanceRow
from app.store.tables.head_office import HeadOfficeLinkRow
from app.store.unit_of_work import UnitOfWork


class AskHeadOffice(Command):
    round_id: Id


class RevokeHeadOfficeLink(Command):
    link_id: Id


@use_case
def ask_head_office(uow: UnitOfWork, actor: Actor, command: AskHeadOffice) -> Done:
    """The answer's ``secret`` ends the address ``/head-office/…``. It is told this once; a new
    link takes the place of the one before."""
    round_ = reach.round_(uow, actor, command.round_id, Act.GIVE_STANCE)
    stance = uow.session.get(StanceRow, (round_.row.id, actor.agency_id))
    if stance is None or stance.stance != Stance.HOLD or stance.reply_by is None:
        raise NotEntitled(_("この仮決定を持ち帰った機関に含まれていません。"))
    if not ballots.awaits_head_offices(uow.session, round_.row.id):
        raise StateForbids(_("この議題には、本部の回答を待つ仮決定がありません。"))
    expires_at = rules.expiry(stance.reply_by)
    if uow.now() >= expires_at:
        raise StateForbids(
            _("回答期限から日数がたっているため、リンクを作れません。"),
            remedy=_("会議室の「持ち帰りの回答」から回答してください。"),
        )
    earlier = [
        one
        for one in head_office.links_of(uow.session, round_.row.id, actor.agency_id)
        if one.state == LinkState.SENT
    ]
    for one in earlier:
        head_office.close(uow, one, LinkState.REPLACED)
    token = tokens.new_token()
    row = HeadOfficeLinkRow(
        round_id=round_.row.id,
        agency_id=actor.agency_id,
        membership_id=actor.membership_id,
        person_name=actor.person_name,
        state=LinkState.SENT,
        token_hash=tokens.hash_of(token),
        at=uow.now(),
        expires_at=expires_at,
    )
    uow.session.add(row)
    fact = HeadOfficeAsked(
        link_id=row.id,
        round_id=row.round_id,
        agency_id=row.agency_id,
        replaces=earlier[0].id if earlier else None,
    )
    return HandedOver(id=row.id, cursor=uow.record(round_.item.room, fact), secret=token)


@use_case
def revoke_head_office_link(uow: UnitOfWork, actor: Actor, command: RevokeHeadOfficeLink) -> Done:
    found = uow.session.get(HeadOfficeLinkRow, command.link_id)
    if found is None or found.agency_id != actor.agency_id:
        raise NotFound
    round_ = reach.round_(uow, actor, found.round_id, Act.GIVE_STANCE)
    row = reach.load(uow, HeadOfficeLinkRow, command.link_id)
    if row.state != LinkState.SENT:
        raise StateForbids(_("このリンクは、すでに使えなくなっています。"))
    head_office.close(uow, row, LinkState.REVOKED)
    fact = HeadOfficeLinkRevoked(link_id=row.id)
    return Done(id=row.id, cursor=uow.record(round_.item.room, fact))
