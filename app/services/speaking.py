"""挙手: an agency asks to speak at an item, and takes its request back."""

from sqlmodel import select

from app.domain import conference as rules
from app.domain.access import Act
from app.domain.errors import StateForbids
from app.domain.facts import SpeechAsked
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.speaking import SPEECH_KIND_LABELS, SpeechKind, SpeechState
from app.services.commands import Command, Done, Id
from app.services.use_case import use_case
from app.store import reach, speaking
from app.store.columns import new_id
from app.store.tables.speaking import SpeechRow
from app.store.unit_of_work import UnitOfWork


class AskToSpeak(Command):
    """One open request per agency and kind: speaking time is the agency's, so a second colleague
    of it must not take a second place in the queue; a question may wait beside a contribution."""

    item_id: Id
    kind: SpeechKind


class WithdrawRequest(Command):
    """Of one's own agency; the chair may take any off the list."""

    speech_id: Id


@use_case
def ask_to_speak(uow: UnitOfWork, actor: Actor, command: AskToSpeak) -> Done:
    item = reach.item(uow, actor, command.item_id, Act.SPEAK)
    rules.require_open(rules.ConferenceStatus(item.conference.status))
    rules.require_running(rules.ItemStatus(item.row.status))
    if not speaking.speakers_of(uow, item.row.id).is_open:
        raise StateForbids(
            _("発言の受付は締め切られています。"),
            remedy=_("発言が必要な場合は、議長に受付の再開を依頼してください。"),
        )
    query = select(SpeechRow).where(
        SpeechRow.item_id == item.row.id,
        SpeechRow.agency_id == actor.agency_id,
        SpeechRow.kind == command.kind,
        SpeechRow.state == SpeechState.WAITING,
    )
    before = uow.session.exec(query).first()
    if before is not None:
        raise StateForbids(
            _("{agency}の「{kind}」は、{name}さんがすでに申し込んでいます。"),
            remedy=_("順番をお待ちください。取り下げてから申し込み直すこともできます。"),
            agency=before.agency_name,
            kind=SPEECH_KIND_LABELS[command.kind],
            name=before.speaker,
        )
    hand = SpeechRow(
        id=new_id(),
        item_id=item.row.id,
        kind=command.kind,
        state=SpeechState.WAITING,
        agency_id=actor.agency_id,
        agency_name=actor.agency_name,
        speaker=actor.person_name,
        place=speaking.next_number(uow, item.row.id, "place"),
        asked_at=uow.now(),
    )
    uow.session.add(hand)
    asked = SpeechAsked(speech_id=hand.id, speech_kind=hand.kind)
    return Done(id=hand.id, cursor=uow.record(item.room, asked))


@use_case
def withdraw_request(uow: UnitOfWork, actor: Actor, command: WithdrawRequest) -> Done:
    item, hand = speaking.speech(uow, actor, command.speech_id, Act.CALL_SPEAKERS)
    rules.require_open(rules.ConferenceStatus(item.conference.status))
    if hand.state != SpeechState.WAITING:
        raise StateForbids(_("この申込みは、すでに呼ばれたか、取り下げられています。"))
    return Done(id=hand.id, cursor=speaking.lower(uow, item.room, hand))
