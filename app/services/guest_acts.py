"""What the firm's owner does as a guest: confirms, puts facts right, and says what is wished."""

from typing import Annotated

from pydantic import Field

from app.domain.conference import SeatRole
from app.domain.confidentiality import version_asked
from app.domain.errors import Malformed, StateForbids
from app.domain.facts import FactCorrected, GuestAccepted, PreferenceStated, RoomKind
from app.domain.firm_layer import require_correctable
from app.domain.guests import CorrectionState, GuestStatementUnaccepted
from app.domain.people import Guest
from app.domain.sentences import _
from app.domain.sheet_values import value_for
from app.domain.text import TextProblem
from app.services.commands import Command, Done, Id, Whole, paragraph
from app.services.use_case import guest_act
from app.store import guests, journal
from app.store.tables.conferences import SeatRow
from app.store.tables.guests import FirmCorrectionRow, FirmPreferenceRow
from app.store.tables.journal import RoomRow
from app.store.unit_of_work import UnitOfWork


class AcceptAsGuest(Command):
    """``version`` is the one that was read, so that nobody accepts a text they did not see."""

    version: Annotated[Whole, Field(ge=1)]


class CorrectFact(Command):
    """``value`` is how it should read; ``words`` may say more."""

    column: str = Field(max_length=40)
    value: Annotated[str, paragraph(2000)]
    words: Annotated[str, paragraph(500, required=False)] = ""


class StatePreference(Command):
    """``agency_id`` is an agency at the table, where the wish is about one."""

    text: Annotated[str, paragraph(1000)]
    agency_id: Id | None = None


@guest_act
def accept_as_guest(uow: UnitOfWork, guest: Guest, command: AcceptAsGuest) -> Done:
    """Accepting once more changes nothing."""
    at = guests.admitted(uow, guest)
    if command.version != version_asked(at.conference.template):
        raise StateForbids(
            _("この会議の守秘・取扱いの確認とは別の版の文面です。"),
            remedy=_("画面を読み込み直し、表示された文面を確認してください。"),
        )
    if at.invitation.accepted_version == command.version:
        return Done(id=guest.invitation_id)
    at.invitation.accepted_version, at.invitation.accepted_at = command.version, uow.now()
    uow.session.add(at.invitation)
    fact = GuestAccepted(invitation_id=guest.invitation_id, version=command.version)
    return Done(id=guest.invitation_id, cursor=uow.record(_room(uow, guest), fact))


@guest_act
def correct_fact(uow: UnitOfWork, guest: Guest, command: CorrectFact) -> Done:
    """Never writes the sheet: the table sees it, and an agency takes it over or sets it aside."""
    at = _heard(uow, guest)
    column = require_correctable(command.column, at.groups)
    try:
        value = str(value_for(column, command.value))
    except TextProblem as problem:
        raise Malformed(
            _("この値は保存できませんでした。"), fields={"value": problem.sentence}
        ) from problem
    row = FirmCorrectionRow(
        item_id=guest.item_id,
        position=guests.next_place(uow.session, FirmCorrectionRow, guest.item_id),
        invitation_id=guest.invitation_id,
        column=column.key,
        value=value,
        words=command.words,
        person_name=guest.person_name,
        at=uow.now(),
        state=CorrectionState.WAITING,
    )
    uow.session.add(row)
    fact = FactCorrected(correction_id=row.id, column=row.column, value=row.value, words=row.words)
    return Done(id=row.id, cursor=uow.record(_room(uow, guest), fact))


@guest_act
def state_preference(uow: UnitOfWork, guest: Guest, command: StatePreference) -> Done:
    """What the firm wishes is heard, and counts in nobody's vote; what was said before stays."""
    at = _heard(uow, guest)
    if command.agency_id is not None:
        seat = uow.session.get(SeatRow, (at.conference.id, command.agency_id))
        if seat is None or seat.role != SeatRole.MEMBER:
            raise Malformed(
                _("この会議の参加機関から選んでください。"),
                fields={"agency_id": _("参加機関ではありません。")},
            )
    row = FirmPreferenceRow(
        item_id=guest.item_id,
        position=guests.next_place(uow.session, FirmPreferenceRow, guest.item_id),
        invitation_id=guest.invitation_id,
        agency_id=command.agency_id,
        text=command.text,
        person_name=guest.person_name,
        at=uow.now(),
    )
    uow.session.add(row)
    fact = PreferenceStated(preference_id=row.id, agency_id=row.agency_id, text=row.text)
    return Done(id=row.id, cursor=uow.record(_room(uow, guest), fact))


def _heard(uow: UnitOfWork, guest: Guest) -> guests.AtTable:
    at = guests.admitted(uow, guest)
    if guests.version_to_accept(at) is not None:
        raise GuestStatementUnaccepted
    return at


def _room(uow: UnitOfWork, guest: Guest) -> RoomRow:
    return journal.room_of(uow.session, RoomKind.ITEM, guest.item_id)
