"""Who leads: nomination, the round, each seat's stance, the nominee's answer."""

import hashlib
import hmac
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import select

from app.domain import conference as rules
from app.domain.access import Act
from app.domain.conference import Reply, SeatRole
from app.domain.consensus import Rule, Stance
from app.domain.errors import Malformed, NotEntitled, StateForbids
from app.domain.facts import LeadAnswered, LeadNominated, RoundOpened, StanceGiven
from app.domain.item_course import ItemStep
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.text import listed
from app.services.commands import Command, Done, Id, OptionalDay, line, paragraph
from app.services.use_case import use_case
from app.store import agenda, reach, recusals, standings
from app.store.columns import new_id
from app.store.tables.agencies import AgencyRow
from app.store.tables.ballots import NominationRow, RoundRow, StanceRow
from app.store.tables.conferences import SeatRow
from app.store.unit_of_work import UnitOfWork


class Supporter(BaseModel):
    """An agency that supports the lead, and in what."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    agency_id: Id
    role: Annotated[str, line(200)]


class NominateLead(Command):
    item_id: Id
    nominee_id: Id
    reason: Annotated[str, paragraph(500)]


class OpenRound(Command):
    """The chair proposes a lead with supporters; every seat is then asked."""

    item_id: Id
    nominee_id: Id
    supporters: list[Supporter] = Field(default_factory=list, max_length=20)
    wording: Annotated[str, paragraph(500)]


class GiveStance(Command):
    """A condition and an objection say why; a hold says by when the head office replies."""

    round_id: Id
    stance: Stance
    text: Annotated[str, paragraph(500, required=False)] = ""
    alternative: Annotated[str, paragraph(500, required=False)] = ""
    reply_by: OptionalDay = None


class AnswerLead(Command):
    """受諾: the nominee says whether it leads, and who of its people."""

    round_id: Id
    accepted: bool
    person: Annotated[str, line(80, required=False)] = ""
    reason: Annotated[str, paragraph(500, required=False)] = ""


@use_case
def nominate_lead(uow: UnitOfWork, actor: Actor, command: NominateLead) -> Done:
    """One nomination per seat; naming another agency later replaces it."""
    item = _running(uow, actor, command.item_id, Act.NOMINATE)
    _require_seated(uow, item, command.nominee_id, "nominee_id")
    nomination = uow.session.get(NominationRow, (item.row.id, actor.agency_id)) or NominationRow(
        item_id=item.row.id,
        agency_id=actor.agency_id,
        nominee_id=command.nominee_id,
        reason="",
        person_name="",
        at=uow.now(),
    )
    nomination.nominee_id, nomination.reason = command.nominee_id, command.reason
    nomination.person_name, nomination.at = actor.person_name, uow.now()
    uow.session.add(nomination)
    fact = LeadNominated(nominee_id=command.nominee_id, reason=command.reason)
    return Done(cursor=uow.record(item.room, fact))


@use_case
def open_round(uow: UnitOfWork, actor: Actor, command: OpenRound) -> Done:
    item = _running(uow, actor, command.item_id, Act.PROPOSE_LEAD)
    if item.case is None:
        raise StateForbids(_("主担当機関は案件の議題でだけ決められます。"))
    if item.conference.preliminary:
        raise StateForbids(
            _("事前協議扱いの会議のため、主担当機関は決められません（欠席：{names}）。"),
            remedy=_("「継続」にして、次の会議で決めてください。"),
            names=listed(item.conference.preliminary),
        )
    seats = _electorate(uow, item)
    known = {seat["agency_id"] for seat in seats}
    _require_in(known, command.nominee_id, "nominee_id")
    for position, supporter in enumerate(command.supporters):
        _require_in(known, supporter.agency_id, f"supporters-{position}-agency_id")
    earlier = uow.session.exec(select(RoundRow).where(RoundRow.item_id == item.row.id)).all()
    if any(round_.state == "open" for round_ in earlier):
        raise StateForbids(_("意思表示を受付中です。先に宣言してください。"))
    rule = Rule(
        quorum=int(item.conference.template.get("quorum", 2)),
        allow_provisional=bool(item.conference.template.get("allow_provisional", True)),
    )
    row = RoundRow(
        id=new_id(),
        item_id=item.row.id,
        number=len(earlier) + 1,
        nominee_id=command.nominee_id,
        supporters=[{"agency_id": s.agency_id, "role": s.role} for s in command.supporters],
        wording=command.wording,
        rule={"quorum": rule.quorum, "allow_provisional": rule.allow_provisional},
        seats=seats,
        state="open",
        opened_at=uow.now(),
    )
    uow.session.add(row)
    fact = RoundOpened(
        round_id=row.id,
        number=row.number,
        nominee_id=row.nominee_id,
        supporters=row.supporters,
        wording=row.wording,
        quorum=rule.quorum,
        allow_provisional=rule.allow_provisional,
        seats=seats,
    )
    agenda.advance(uow, item.row, ItemStep.LEAD)
    return Done(id=row.id, cursor=uow.record(item.room, fact))


@use_case
def give_stance(uow: UnitOfWork, actor: Actor, command: GiveStance) -> Done:
    """One seat, one voice: a colleague may replace it while the round is open."""
    round_ = reach.round_(uow, actor, command.round_id, Act.GIVE_STANCE)
    _require_asked(round_, actor)
    _require_said(command)
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
    stance.person_id, stance.person_name = actor.person_id, actor.person_name
    stance.version, stance.at = version, uow.now()
    stance.receipt = _receipt(uow.secret, round_.row.id, actor.agency_id, command.op_id)
    uow.session.add(stance)
    fact = StanceGiven(
        round_id=round_.row.id,
        agency_id=actor.agency_id,
        stance=stance.stance,
        text=stance.text,
        alternative=stance.alternative,
        reply_by=stance.reply_by.isoformat() if stance.reply_by else None,
    )
    cursor = uow.record(round_.item.room, fact)
    return Done(cursor=cursor, version=version, receipt=stance.receipt)


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


def _running(uow: UnitOfWork, actor: Actor, item_id: str, act: Act) -> reach.ItemInHand:
    item = reach.item(uow, actor, item_id, act)
    rules.require_open(rules.ConferenceStatus(item.conference.status))
    rules.require_running(rules.ItemStatus(item.row.status))
    return item


def _electorate(uow: UnitOfWork, item: reach.ItemInHand) -> list[dict[str, str]]:
    """Member seats within the consent that are neither absent nor recused, in listing order.

    An agency that stays away has not agreed; one that has not replied is asked like the rest.
    """
    consent = standings.consent_in_force(uow.session, item.case.id) if item.case else None
    out = recusals.out_of(uow.session, item.row.id)
    rows = uow.session.exec(
        select(SeatRow, AgencyRow)
        .join(AgencyRow, AgencyRow.id == SeatRow.agency_id)  # type: ignore[arg-type]  # SQL expression
        .where(SeatRow.conference_id == item.conference.id, SeatRow.role == SeatRole.MEMBER)
        .order_by(SeatRow.position)  # type: ignore[arg-type]  # SQL expression
    )
    return [
        {"agency_id": agency.id, "name": agency.name, "kind": agency.kind}
        for seat, agency in rows
        if seat.reply != Reply.ABSENT
        and agency.id not in out
        and consent is not None
        and consent.groups_for(agency.id, uow.today())
    ]


def _require_seated(uow: UnitOfWork, item: reach.ItemInHand, agency_id: str, field: str) -> None:
    known = {seat["agency_id"] for seat in _electorate(uow, item)}
    _require_in(known, agency_id, field)


def _require_in(known: set[str], agency_id: str, field: str) -> None:
    if agency_id not in known:
        raise Malformed(
            _("この議題に参加している機関から選んでください。"),
            fields={field: _("参加機関ではありません。")},
        )


def _require_asked(round_: reach.RoundInHand, actor: Actor) -> None:
    rules.require_open(rules.ConferenceStatus(round_.item.conference.status))
    if round_.row.state != "open":
        raise StateForbids(_("この意思表示の受付は終了しています。"))
    if all(seat["agency_id"] != actor.agency_id for seat in round_.row.seats):
        raise NotEntitled(_("この意思表示に回答する機関に含まれていません。"))


def _require_said(command: GiveStance) -> None:
    lacking = {}
    if command.stance in {Stance.AGREE_WITH_CONDITION, Stance.OBJECT} and not command.text:
        lacking["text"] = _("条件または理由を入力してください。")
    if command.stance is Stance.HOLD and command.reply_by is None:
        lacking["reply_by"] = _("機関内の回答期限を入力してください。")
    if lacking:
        raise Malformed(_("意思表示に必要な項目が足りません。"), fields=lacking)


def _receipt(secret: bytes, round_id: str, agency_id: str, op_id: str) -> str:
    """Twelve characters that prove the stance arrived; they cannot be made without the key."""
    mac = hmac.digest(secret, f"{round_id}/{agency_id}/{op_id}".encode(), hashlib.sha256)
    alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    return "".join(alphabet[byte % 32] for byte in mac[:12])
