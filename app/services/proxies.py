"""委任状: an agency hands its word on, once, and takes it back until it is asked for."""

from typing import Annotated

from sqlmodel import select

from app.domain.access import Act
from app.domain.conference import CONFERENCE_STATUS_LABELS, ConferenceStatus, ItemStatus
from app.domain.errors import Malformed, NotFound, StateForbids
from app.domain.facts import ProxyGiven, ProxyRevoked
from app.domain.people import Actor
from app.domain.proxies import Holder, refused_because
from app.domain.sentences import _
from app.services.commands import Command, Done, Id, paragraph
from app.services.use_case import use_case
from app.store import conferences, proxies, reach
from app.store.columns import new_id
from app.store.tables.conferences import AgendaItemRow
from app.store.tables.people import MembershipRow, PersonRow
from app.store.tables.proxies import ProxyRow
from app.store.unit_of_work import UnitOfWork


class GiveProxy(Command):
    """``membership_id``: the person of another agency, where it is not the chair.

    ``item_id``: the one item it is for; left out, it is for the whole conference.
    ``instruction``: what the holder is asked to say; only giver and holder read it.
    """

    conference_id: Id
    item_id: Id | None = None
    holder: Holder
    membership_id: Id | None = None
    instruction: Annotated[str, paragraph(500, required=False)] = ""


class RevokeProxy(Command):
    proxy_id: Id


@use_case
def give_proxy(uow: UnitOfWork, actor: Actor, command: GiveProxy) -> Done:
    """One given before for the same takes its end with this."""
    held = reach.conference(uow, actor, command.conference_id, Act.GIVE_PROXY)
    _require_not_over(held)
    if command.item_id is not None:
        _require_to_come(uow, held.row.id, command.item_id)
    member, person = _holder(uow, held.row.id, command)
    standing = proxies.in_force(uow, held.row.id)
    to_agency = member.agency_id if member else held.row.chair_agency_id
    others = [proxies.as_told(one, held.row) for one in standing]
    reason = refused_because(actor.agency_id, to_agency, command.item_id, others)
    if reason is not None:
        raise Malformed(reason, fields={"membership_id" if member else "holder": reason})
    for one in standing:
        if one.agency_id == actor.agency_id and one.item_id == command.item_id:
            _take_back(uow, actor, held, one)
    row = ProxyRow(
        id=new_id(),
        conference_id=held.row.id,
        agency_id=actor.agency_id,
        item_id=command.item_id,
        holder=command.holder,
        holder_agency_id=member.agency_id if member else None,
        holder_person_id=member.person_id if member else None,
        holder_name=person.name if person else "",
        instruction=command.instruction,
        given_by=actor.person_name,
        given_at=uow.now(),
    )
    uow.session.add(row)
    fact = ProxyGiven(
        proxy_id=row.id,
        agency_id=row.agency_id,
        item_id=row.item_id,
        holder=row.holder,
        holder_agency_id=row.holder_agency_id,
        holder_person_id=row.holder_person_id,
        holder_name=row.holder_name,
    )
    return Done(id=row.id, cursor=uow.record(held.room, fact))


@use_case
def revoke_proxy(uow: UnitOfWork, actor: Actor, command: RevokeProxy) -> Done:
    """Until a question is opened with it; then the agency's own word takes its place instead."""
    query = select(ProxyRow.conference_id).where(
        ProxyRow.id == command.proxy_id, ProxyRow.agency_id == actor.agency_id
    )
    conference_id = uow.session.exec(query).first()
    if conference_id is None:
        raise NotFound
    held = reach.conference(uow, actor, conference_id, Act.GIVE_PROXY)
    _require_not_over(held)
    row = reach.load(uow, ProxyRow, command.proxy_id)
    if row.revoked_at is not None:
        raise StateForbids(_("この委任はすでに取り消されています。"))
    return Done(cursor=_take_back(uow, actor, held, row))


def _take_back(uow: UnitOfWork, actor: Actor, held: reach.ConferenceInHand, row: ProxyRow) -> str:
    row = reach.load(uow, ProxyRow, row.id)
    if proxies.is_used(uow.session, row):
        raise StateForbids(
            _("この委任を使う確認が始まっているため、取り消せません。"),
            remedy=_("自機関から回答すると、受任者の回答に代わります。"),
        )
    row.revoked_at, row.revoked_by = uow.now(), actor.person_name
    uow.session.add(row)
    uow.session.flush()
    return uow.record(held.room, ProxyRevoked(proxy_id=row.id))


def _require_not_over(held: reach.ConferenceInHand) -> None:
    if conferences.is_over(held.row):
        raise StateForbids(
            _("会議は「{status}」のため、この操作はできません。"),
            status=CONFERENCE_STATUS_LABELS[ConferenceStatus(held.row.status)],
        )


def _require_to_come(uow: UnitOfWork, conference_id: str, item_id: str) -> None:
    item = uow.session.get(AgendaItemRow, item_id)
    if item is None or item.conference_id != conference_id or item.case_id is None:
        raise Malformed(
            _("この会議の案件の議題から選んでください。"),
            fields={"item_id": _("選び直してください。")},
        )
    if item.status == ItemStatus.DONE:
        raise StateForbids(_("この議題は終了しています。"))


def _holder(
    uow: UnitOfWork, conference_id: str, command: GiveProxy
) -> tuple[MembershipRow | None, PersonRow | None]:
    """Somebody who acts for an agency that has a member's seat and does not stay away."""
    if command.holder is Holder.CHAIR:
        return None, None
    if command.membership_id is None:
        raise Malformed(
            _("委任する相手を選んでください。"),
            fields={"membership_id": _("選んでください。")},
        )
    found = next(
        (
            (member, person)
            for member, person, _agency in proxies.may_hold(uow, conference_id)
            if member.id == command.membership_id
        ),
        None,
    )
    if found is None:
        raise Malformed(
            _("この会議に出席する機関の方から選んでください。"),
            fields={"membership_id": _("選び直してください。")},
        )
    return found
