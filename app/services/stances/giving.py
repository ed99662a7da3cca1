"""意思表示: each seat's word on the chair's proposal, and the nominee's own answer."""

from typing import Annotated

from app.domain.access import Act, Relation
from app.domain.errors import Malformed, NotEntitled
from app.domain.facts import LeadAnswered
from app.domain.people import Actor
from app.domain.proxies import Manner, holds
from app.domain.sentences import _
from app.services.commands import Command, Done, Id, line, paragraph
from app.services.stances.saying import SayStance, require_asked, require_unsaid, write_down
from app.services.use_case import use_case
from app.store import reach
from app.store.unit_of_work import UnitOfWork


class GiveStance(SayStance):
    """``agency_id``: the seat spoken for under its 委任状; left out, one's own."""

    agency_id: Id | None = None


class AnswerLead(Command):
    """受諾: the nominee says whether it leads, and who of its people."""

    round_id: Id
    accepted: bool
    person: Annotated[str, line(80, required=False)] = ""
    reason: Annotated[str, paragraph(500, required=False)] = ""


@use_case
def give_stance(uow: UnitOfWork, actor: Actor, command: GiveStance) -> Done:
    """One seat, one voice: a colleague may replace it while the round is open.

    The holder of a 委任状 never replaces what the agency itself has said.
    """
    round_ = reach.round_(uow, actor, command.round_id, Act.GIVE_STANCE)
    agency_id = command.agency_id or actor.agency_id
    seat = require_asked(round_, agency_id)
    if agency_id == actor.agency_id:
        return write_down(uow, actor, round_, agency_id, command, Manner.OWN)
    is_chair = Relation.CHAIR in round_.item.standing.relations
    if not holds(seat.get("proxy"), actor.person_id, is_chair=is_chair):
        raise NotEntitled(_("この機関の意思表示を委任されていません。"))
    require_unsaid(uow, round_, agency_id, Manner.PROXY)
    return write_down(uow, actor, round_, agency_id, command, Manner.PROXY)


@use_case
def answer_lead(uow: UnitOfWork, actor: Actor, command: AnswerLead) -> Done:
    round_ = reach.round_(uow, actor, command.round_id, Act.ACCEPT_LEAD)
    require_asked(round_, actor.agency_id)
    if round_.row.nominee_id != actor.agency_id:
        raise NotEntitled(_("受諾を回答できるのは、候補に挙がった機関だけです。"))
    if command.accepted and not command.person:
        raise Malformed(
            _("主担当となる担当者の氏名を入力してください。"),
            fields={"person": _("入力してください。")},
        )
    if not command.accepted and not command.reason:
        raise Malformed(
            _("受諾できない理由を入力してください。"), fields={"reason": _("入力してください。")}
        )
    row = round_.row
    row.accepted, row.answer_reason = command.accepted, command.reason
    row.lead_person = command.person if command.accepted else ""
    uow.session.add(row)
    fact = LeadAnswered(
        round_id=row.id,
        agency_id=actor.agency_id,
        accepted=command.accepted,
        person=row.lead_person,
        reason=command.reason,
    )
    return Done(cursor=uow.record(round_.item.room, fact))
