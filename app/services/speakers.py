"""The chair's side of the list of speakers: calling, ending, stopping the clock, closing it."""

from typing import Annotated

from pydantic import Field

from app.clock import iso
from app.domain import conference as rules
from app.domain.access import Act
from app.domain.errors import Malformed, StateForbids
from app.domain.facts import (
    SpeakerCalled,
    SpeakersClosed,
    SpeakersReopened,
    SpeakingTimeSet,
)
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.speaking import SpeechKind, SpeechState, Spoken, default_allowance, heard, in_order
from app.services.commands import Command, Done, Id, Whole
from app.services.use_case import use_case
from app.store import reach, speaking
from app.store.columns import new_id
from app.store.tables.agencies import AgencyRow
from app.store.tables.speaking import SpeechRow
from app.store.unit_of_work import UnitOfWork

_OUT = _("この機関は、この議題では発言できません。")


class CallSpeaker(Command):
    """The next by rule; or the chosen request; or an agency that has not asked.

    ``present_id`` is who has the floor as the caller sees it, so that two who call the next at
    the same moment, or one who presses twice, do not call two.
    """

    item_id: Id
    present_id: Id | None = None
    speech_id: Id | None = None
    agency_id: Id | None = None


class EndSpeech(Command):
    """By the chair, or by the agency that has the floor."""

    speech_id: Id


class HoldSpeech(Command):
    speech_id: Id


class ContinueSpeech(Command):
    speech_id: Id


class CloseSpeakers(Command):
    item_id: Id


class ReopenSpeakers(Command):
    item_id: Id


class SetSpeakingTime(Command):
    """1機関あたりの持ち時間 at this item."""

    item_id: Id
    minutes: Annotated[Whole, Field(ge=1, le=60)]


@use_case
def call_speaker(uow: UnitOfWork, actor: Actor, command: CallSpeaker) -> Done:
    item = _in_course(uow, actor, command.item_id)
    present = speaking.present_at(uow, item.row.id)
    if (present.id if present else None) != command.present_id:
        raise StateForbids(
            _("発言者が替わりました。"),
            remedy=_("今の発言者を確認してから、もう一度操作してください。"),
        )
    called = _called(uow, item, command)
    if not speaking.may_have_floor(uow, item.row, called.agency_id):
        raise StateForbids(_OUT)
    if present is not None:
        speaking.finish(uow, item.room, present)
    speakers = speaking.speakers_of(uow, item.row.id)
    if speakers.allowance is None:
        agencies = speaking.agencies_at(uow, item.row)
        speakers.allowance = default_allowance(item.row.minutes, len(agencies))
        uow.session.add(speakers)
    called.turn = speaking.next_number(uow, item.row.id, "turn")
    called.state = SpeechState.SPEAKING
    called.called_at = called.since = uow.now()
    uow.session.add(called)
    fact = SpeakerCalled(
        speech_id=called.id,
        speech_kind=called.kind,
        agency_id=called.agency_id,
        agency_name=called.agency_name,
        speaker=called.speaker,
        since=iso(called.called_at),
        allowance=speakers.allowance,
    )
    return Done(id=called.id, cursor=uow.record(item.room, fact))


@use_case
def end_speech(uow: UnitOfWork, actor: Actor, command: EndSpeech) -> Done:
    item, present = _present(uow, actor, command.speech_id)
    return Done(id=present.id, cursor=speaking.finish(uow, item.room, present))


@use_case
def hold_speech(uow: UnitOfWork, actor: Actor, command: HoldSpeech) -> Done:
    item, present = _present(uow, actor, command.speech_id)
    reach.allow(actor, Act.CALL_SPEAKERS, item.standing, Act.SEE_ITEM)
    cursor = speaking.hold(uow, item.room, present)
    if cursor is None:
        raise StateForbids(_("発言時間の計測は、すでに止まっています。"))
    return Done(id=present.id, cursor=cursor)


@use_case
def continue_speech(uow: UnitOfWork, actor: Actor, command: ContinueSpeech) -> Done:
    item, present = _present(uow, actor, command.speech_id)
    reach.allow(actor, Act.CALL_SPEAKERS, item.standing, Act.SEE_ITEM)
    cursor = speaking.carry_on(uow, item.room, present)
    if cursor is None:
        raise StateForbids(_("発言時間は、すでに計測しています。"))
    return Done(id=present.id, cursor=cursor)


@use_case
def close_speakers(uow: UnitOfWork, actor: Actor, command: CloseSpeakers) -> Done:
    """Hands raised before stay on the list and are still called."""
    item = _in_course(uow, actor, command.item_id)
    _turn(uow, item.row.id, False)
    return Done(id=item.row.id, cursor=uow.record(item.room, SpeakersClosed()))


@use_case
def reopen_speakers(uow: UnitOfWork, actor: Actor, command: ReopenSpeakers) -> Done:
    item = _in_course(uow, actor, command.item_id)
    _turn(uow, item.row.id, True)
    return Done(id=item.row.id, cursor=uow.record(item.room, SpeakersReopened()))


@use_case
def set_speaking_time(uow: UnitOfWork, actor: Actor, command: SetSpeakingTime) -> Done:
    """For all agencies alike, those who have spoken already included."""
    item = _in_course(uow, actor, command.item_id)
    speakers = speaking.speakers_of(uow, item.row.id)
    speakers.allowance = command.minutes * 60
    uow.session.add(speakers)
    fact = SpeakingTimeSet(seconds=speakers.allowance)
    return Done(id=item.row.id, cursor=uow.record(item.room, fact))


def _in_course(uow: UnitOfWork, actor: Actor, item_id: str) -> reach.ItemInHand:
    item = reach.item(uow, actor, item_id, Act.CALL_SPEAKERS)
    rules.require_open(rules.ConferenceStatus(item.conference.status))
    rules.require_running(rules.ItemStatus(item.row.status))
    return item


def _present(uow: UnitOfWork, actor: Actor, speech_id: str) -> tuple[reach.ItemInHand, SpeechRow]:
    item, found = speaking.speech(uow, actor, speech_id, Act.CALL_SPEAKERS)
    rules.require_open(rules.ConferenceStatus(item.conference.status))
    if found.state != SpeechState.SPEAKING:
        raise StateForbids(_("この発言はすでに終わっています。"))
    return item, found


def _called(uow: UnitOfWork, item: reach.ItemInHand, command: CallSpeaker) -> SpeechRow:
    waiting = speaking.hands_at(uow, item.row.id)
    if command.agency_id is not None:
        if command.speech_id is not None:
            raise Malformed(_("申込みか機関の、どちらか一方を選んでください。"))
        own = (hand for hand in waiting if hand.agency_id == command.agency_id)
        return next(own, None) or _unasked(uow, item, command.agency_id)
    if command.speech_id is not None:
        for hand in waiting:
            if hand.id == command.speech_id:
                return hand
        raise StateForbids(_("この申込みは、すでに呼ばれたか、取り下げられています。"))
    spoken = [
        Spoken(one.kind, one.agency_id, one.seconds)
        for one in speaking.speeches_at(uow, item.row.id)
    ]
    if not waiting:
        raise StateForbids(_("発言を待っている機関はありません。"))
    return in_order(waiting, heard(spoken))[0]


def _unasked(uow: UnitOfWork, item: reach.ItemInHand, agency_id: str) -> SpeechRow:
    """指名: the agency is given the floor; who of it speaks is its own affair."""
    agency = uow.session.get(AgencyRow, agency_id)
    if agency is None:
        raise StateForbids(_OUT)
    return SpeechRow(
        id=new_id(),
        item_id=item.row.id,
        kind=SpeechKind.CONTRIBUTION,
        state=SpeechState.SPEAKING,
        agency_id=agency.id,
        agency_name=agency.name,
        place=speaking.next_number(uow, item.row.id, "place"),
        asked_at=uow.now(),
    )


def _turn(uow: UnitOfWork, item_id: str, is_open: bool) -> None:
    speakers = speaking.speakers_of(uow, item_id)
    if speakers.is_open == is_open:
        raise StateForbids(
            _("発言の受付はすでに再開しています。")
            if is_open
            else _("発言の受付はすでに締め切られています。")
        )
    speakers.is_open = is_open
    uow.session.add(speakers)
