"""決め方: the office says by which rule its conference decides who leads, before it opens."""

from typing import Annotated

from pydantic import Field
from sqlmodel import col, select

from app.domain.access import Act
from app.domain.conference import CONFERENCE_STATUS_LABELS, ConferenceStatus, SeatRole
from app.domain.decision_rules import (
    FOR_A_LEAD,
    MAIN_BANK,
    SECRETARIAT,
    DecisionRule,
    Method,
    Quorum,
    problems_of,
)
from app.domain.errors import Malformed, StateForbids
from app.domain.facts import DecisionRuleSet
from app.domain.people import Actor
from app.domain.sentences import _
from app.services.commands import Command, Done, Id
from app.services.use_case import use_case
from app.store import reach
from app.store.tables.agencies import AgencyRow
from app.store.tables.conferences import SeatRow
from app.store.unit_of_work import UnitOfWork


class SetDecisionRule(Command):
    """``quorum``: so many agencies, or that many per cent of those asked where ``share`` is set.

    ``must_include``: kinds of agencies, ``main_bank``, ``secretariat``. ``presence``: only who is
    there, writes, or is represented is heard.
    """

    conference_id: Id
    method: Method
    quorum: Annotated[int, Field(ge=1, le=100)]
    share: bool = False
    must_include: list[str] = Field(default_factory=list, max_length=20)
    presence: bool = False
    allow_provisional: bool = False


@use_case
def set_decision_rule(uow: UnitOfWork, actor: Actor, command: SetDecisionRule) -> Done:
    """Questions pin the rule when they are put, so it is settled before the first of them."""
    held = reach.conference(uow, actor, command.conference_id, Act.MANAGE_CONFERENCE)
    if held.row.status != ConferenceStatus.PLANNED:
        raise StateForbids(
            _("会議は「{status}」のため、決め方は変更できません。"),
            remedy=_("次の会議から変更してください。"),
            status=CONFERENCE_STATUS_LABELS[ConferenceStatus(held.row.status)],
        )
    rule = DecisionRule(
        method=command.method,
        quorum=Quorum(percent=command.quorum) if command.share else Quorum(seats=command.quorum),
        must_include=tuple(dict.fromkeys(command.must_include)),
        presence=command.presence,
        allow_provisional=command.allow_provisional,
    )
    _require_possible(uow, held, rule)
    told = rule.as_mapping()
    held.row.template = {**held.row.template, "decision": told}
    uow.session.add(held.row)
    return Done(cursor=uow.record(held.room, DecisionRuleSet(rule=told)))


def _require_possible(uow: UnitOfWork, held: reach.ConferenceInHand, rule: DecisionRule) -> None:
    """Nobody is waited for who has no seat, and no quorum is more than there are seats."""
    query = (
        select(AgencyRow.id, AgencyRow.kind)
        .join(SeatRow, col(SeatRow.agency_id) == col(AgencyRow.id))
        .where(SeatRow.conference_id == held.row.id, SeatRow.role == SeatRole.MEMBER)
    )
    seated: dict[str, str] = dict(uow.session.exec(query).all())
    possible = {MAIN_BANK, *seated.values()}
    if held.row.host_agency_id in seated:
        possible.add(SECRETARIAT)
    lacking: dict[str, str] = {}
    if rule.method not in FOR_A_LEAD:
        lacking["method"] = _("主担当は、総意・異議なし・全員一致のいずれかで決めます。")
    if set(rule.must_include) - possible:
        lacking["must_include"] = _("この会議の参加機関から選んでください。")
    if rule.quorum.seats is not None and rule.quorum.seats > len(seated):
        lacking["quorum"] = _("参加機関の数より多くなっています。")
    problems = problems_of(rule)
    if problems:
        lacking.setdefault("quorum", problems[0])
    if lacking:
        raise Malformed(_("この決め方では決定できません。"), fields=lacking)
