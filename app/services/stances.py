"""意思表示: each seat's word on the chair's proposal, and the nominee's own answer."""

import secrets
from collections.abc import Set
from datetime import date
from typing import Annotated

from app.domain import conference as rules
from app.domain.access import Act
from app.domain.consensus import STILL_ASKED
from app.domain.errors import Malformed, NotEntitled, StateForbids
from app.domain.facts import Fact, LeadAnswered, StanceGiven, StanceSealed
from app.domain.people import Actor
from app.domain.receipts import receipt_of
from app.domain.sealing import seal_of
from app.domain.sentences import _
from app.domain.stances import Stance
from app.services.commands import Command, Done, Id, OptionalDay, line, paragraph
from app.services.use_case import use_case
from app.store import ballots, reach
from app.store.tables.ballots import StanceRow
from app.store.unit_of_work import UnitOfWork


class GiveStance(Command):
    """A condition and an objection say why; a hold says by when the head office replies.

    A condition also says which agency sees to it (``owner_id``) and by when (``due``).
    """

    round_id: Id
    stance: Stance
    text: Annotated[str, paragraph(500, required=False)] = ""
    alternative: Annotated[str, paragraph(500, required=False)] = ""
    reply_by: OptionalDay = None
    owner_id: Id | None = None
    due: OptionalDay = None


class AnswerLead(Command):
    """受諾: the nominee says whether it leads, and who of its people."""

    round_id: Id
    accepted: bool
    person: Annotated[str, line(80, required=False)] = ""
    reason: Annotated[str, paragraph(500, required=False)] = ""


@use_case
def give_stance(uow: UnitOfWork, actor: Actor, command: GiveStance) -> Done:
    """One seat, one voice: a colleague may replace it while the round is open."""
    round_ = reach.round_(uow, actor, command.round_id, Act.GIVE_STANCE)
    _require_asked(round_, actor)
    _require_said(command, uow.today(), {seat["agency_id"] for seat in round_.row.seats})
    held = uow.session.get(StanceRow, (round_.row.id, actor.agency_id), populate_existing=True)
    version = held.version + 1 if held else 1
    stance = held or StanceRow(
        round_id=round_.row.id,
        agency_id=actor.agency_id,
        stance="",
        person_id=actor.person_id,
        person_name="",
        receipt="",
        at=uow.now(),
    )
    stance.stance, stance.text, stance.alternative = (
        command.stance,
        command.text,
        command.alternative,
    )
    stance.reply_by = command.reply_by if command.stance is Stance.HOLD else None
    conditional = command.stance is Stance.AGREE_WITH_CONDITION
    stance.owner_id = command.owner_id or "" if conditional else ""
    stance.due = command.due if conditional else None
    stance.person_id, stance.person_name = actor.person_id, actor.person_name
    stance.version, stance.at = version, uow.now()
    uow.session.add(stance)
    cursor = uow.record(round_.item.room, _told(round_, stance))
    stance.receipt = receipt_of(uow.entries[-1].hash)
    return Done(cursor=cursor, version=version, receipt=stance.receipt)


def _told(round_: reach.RoundInHand, stance: StanceRow) -> Fact:
    """What the room hears: all of it, or in a blind round only that the seat has answered."""
    said = ballots.content_of(stance)
    named = {"round_id": stance.round_id, "agency_id": stance.agency_id}
    if not ballots.is_sealed(round_.row):
        return StanceGiven(**named, **said)
    stance.nonce = secrets.token_hex(16)
    return StanceSealed(**named, seal=seal_of(named | said, stance.nonce))


@use_case
def answer_lead(uow: UnitOfWork, actor: Actor, command: AnswerLead) -> Done:
    round_ = reach.round_(uow, actor, command.round_id, Act.ACCEPT_LEAD)
    _require_asked(round_, actor)
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


def _require_asked(round_: reach.RoundInHand, actor: Actor) -> None:
    rules.require_open(rules.ConferenceStatus(round_.item.conference.status))
    if round_.row.state not in STILL_ASKED:
        raise StateForbids(_("この意思表示の受付は終了しています。"))
    if all(seat["agency_id"] != actor.agency_id for seat in round_.row.seats):
        raise NotEntitled(_("この意思表示に回答する機関に含まれていません。"))


def _lacks_of_condition(command: GiveStance, today: date, asked: Set[str]) -> dict[str, str]:
    """A condition that nobody sees to, or that has no day, binds nobody."""
    lacking: dict[str, str] = {}
    if command.owner_id is None:
        lacking["owner_id"] = _("条件を担う機関を選んでください。")
    elif command.owner_id not in asked:
        lacking["owner_id"] = _("参加機関ではありません。")
    if command.due is None:
        lacking["due"] = _("条件の期限を入力してください。")
    elif command.due < today:
        lacking["due"] = _("今日以降の日付を入力してください。")
    return lacking


def _require_said(command: GiveStance, today: date, asked: Set[str]) -> None:
    lacking: dict[str, str] = {}
    if command.stance is Stance.AGREE_WITH_CONDITION:
        lacking |= _lacks_of_condition(command, today, asked)
    if command.stance in {Stance.AGREE_WITH_CONDITION, Stance.OBJECT} and not command.text:
        lacking["text"] = _("条件または理由を入力してください。")
    if command.stance is Stance.HOLD and command.reply_by is None:
        lacking["reply_by"] = _("機関内の回答期限を入力してください。")
    elif command.stance is Stance.HOLD and command.reply_by and command.reply_by < today:
        lacking["reply_by"] = _("今日以降の日付を入力してください。")
    if lacking:
        raise Malformed(_("意思表示に必要な項目が足りません。"), fields=lacking)
