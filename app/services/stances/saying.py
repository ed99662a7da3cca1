"""What a seat can say to a question, whoever brings its word, and writing it down."""

import secrets
from collections.abc import Set
from datetime import date
from typing import Annotated, Any

from app.domain.conference import ConferenceStatus, require_open
from app.domain.consensus import STILL_ASKED
from app.domain.errors import Malformed, NotEntitled, StateForbids
from app.domain.facts import Fact, StanceGiven, StanceSealed
from app.domain.people import Actor
from app.domain.proxies import Manner
from app.domain.receipts import receipt_of
from app.domain.sealing import seal_of
from app.domain.sentences import _
from app.domain.stances import Stance
from app.services.commands import Command, Done, Id, OptionalDay, paragraph
from app.store import ballots, reach, recusals
from app.store.tables.ballots import StanceRow
from app.store.tables.papers import UploadRow
from app.store.unit_of_work import UnitOfWork

_SAID = {
    Manner.OWN: _("この機関は、すでに自ら回答しています。"),
    Manner.PROXY: _("この機関の回答は、受任者がすでに登録しています。"),
    Manner.OFFICE: _("この機関の回答は、事務局がすでに登録しています。"),
}


class SayStance(Command):
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


def require_asked(round_: reach.RoundInHand, agency_id: str) -> dict[str, Any]:
    """The seat, as the electorate has it; who left the item is asked no longer."""
    require_open(ConferenceStatus(round_.item.conference.status))
    if round_.row.state not in STILL_ASKED:
        raise StateForbids(_("この意思表示の受付は終了しています。"))
    for seat in round_.row.seats:
        if seat["agency_id"] == agency_id:
            return seat
    raise NotEntitled(_("この意思表示に回答する機関に含まれていません。"))


def require_unsaid(
    uow: UnitOfWork, round_: reach.RoundInHand, agency_id: str, manner: Manner
) -> None:
    """Who speaks for another seat replaces only what was said for it in the same manner."""
    if agency_id in recusals.lost_by(uow.session, round_.row.id):
        raise StateForbids(_("この機関は利益相反のため、この議題から退席しています。"))
    held = _held(uow, round_, agency_id)
    if held is not None and (held.manner or Manner.OWN) != manner:
        raise StateForbids(_SAID[Manner(held.manner or Manner.OWN)])


def _held(uow: UnitOfWork, round_: reach.RoundInHand, agency_id: str) -> StanceRow | None:
    return uow.session.get(StanceRow, (round_.row.id, agency_id), populate_existing=True)


def write_down(
    uow: UnitOfWork,
    actor: Actor,
    round_: reach.RoundInHand,
    agency_id: str,
    command: SayStance,
    manner: Manner,
    reason: str = "",
    file: UploadRow | None = None,
) -> Done:
    """The seat's word in the place of any it had before; the answer carries its receipt."""
    require_said(command, uow.today(), {seat["agency_id"] for seat in round_.row.seats})
    held = _held(uow, round_, agency_id)
    version = held.version + 1 if held else 1
    stance = held or StanceRow(
        round_id=round_.row.id,
        agency_id=agency_id,
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
    stance.manner, stance.manner_reason = manner, reason
    stance.file_digest, stance.file_name = (file.digest, file.name) if file else ("", "")
    stance.version, stance.at = version, uow.now()
    uow.session.add(stance)
    cursor = uow.record(round_.item.room, _told(round_, stance))
    stance.receipt = receipt_of(uow.entries[-1].hash)
    return Done(cursor=cursor, version=version, receipt=stance.receipt)


def _told(round_: reach.RoundInHand, stance: StanceRow) -> Fact:
    """What the room hears: all of it, or in a blind round only that the seat has answered."""
    said = ballots.content_of(stance)
    named: dict[str, Any] = {"round_id": stance.round_id, "agency_id": stance.agency_id}
    if not ballots.is_sealed(round_.row):
        return StanceGiven(**named, **said, **ballots.manner_of(stance))
    stance.nonce = secrets.token_hex(16)
    seal = seal_of(named | said, stance.nonce)
    return StanceSealed(**named, seal=seal, manner=stance.manner)


def _lacks_of_condition(command: SayStance, today: date, asked: Set[str]) -> dict[str, str]:
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


def require_said(command: SayStance, today: date, asked: Set[str]) -> None:
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
