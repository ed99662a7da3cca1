"""Guests as records: the link and what it is exchanged for, and whether a guest is still let in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from app.domain.conference import ConferenceStatus, ItemStatus
from app.domain.confidentiality import version_asked
from app.domain.consent import FOLLOWS_FROM_TAKING_PART, ItemGroup
from app.domain.errors import NotFound
from app.domain.facts import GuestEntered, RoomKind
from app.domain.guests import (
    LIVE_STATES,
    Ending,
    GuestOver,
    InvitationState,
    Situation,
    ending_of,
)
from app.domain.people import Guest
from app.store import journal, reach, standings
from app.store.columns import new_id
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow
from app.store.tables.firms import FirmRow
from app.store.tables.guests import (
    FirmCorrectionRow,
    FirmPreferenceRow,
    GuestInvitationRow,
    GuestSessionRow,
)
from app.store.tables.journal import RoomRow
from app.store.tokens import hash_of, new_token
from app.store.unit_of_work import Desk, UnitOfWork

Said = GuestInvitationRow | FirmCorrectionRow | FirmPreferenceRow
# A page that is open says so this often; one that said so lately is taken to be looked at.
SEEN_EVERY = timedelta(seconds=30)
HERE_WITHIN = timedelta(seconds=75)


@dataclass(frozen=True, slots=True)
class AtTable:
    """A guest who is welcome at this moment; ``groups`` is what the firm's consent shares."""

    invitation: GuestInvitationRow
    item: AgendaItemRow
    conference: ConferenceRow
    case: CaseRow
    firm: FirmRow
    groups: frozenset[ItemGroup]

    @property
    def room_ids(self) -> frozenset[str]:
        """The journals that tell of anything a guest's page shows, or of its end."""
        kinds = {
            RoomKind.CONFERENCE: self.conference.id,
            RoomKind.ITEM: self.item.id,
            RoomKind.CASE: self.case.id,
            RoomKind.SHEET: self.case.id,
        }
        return frozenset(journal.room_id(kind, subject) for kind, subject in kinds.items())


def invitations_at(session: Session, item_id: str) -> list[GuestInvitationRow]:
    """All there ever were at the item, in the order they came about."""
    query = select(GuestInvitationRow).where(GuestInvitationRow.item_id == item_id)
    ordered = query.order_by(col(GuestInvitationRow.position))
    return list(session.exec(ordered.execution_options(populate_existing=True)))


def next_place(session: Session, table: type[Said], item_id: str) -> int:
    """Rows of an item are numbered as they come; the item is locked by the caller."""
    query = select(func.count()).select_from(table).where(col(table.item_id) == item_id)
    return session.exec(query).one()


def live_of(session: Session, item_id: str, name: str) -> GuestInvitationRow | None:
    """The live one of this name; there is at most one."""
    rows = invitations_at(session, item_id)
    return next((row for row in rows if row.name == name and row.state in LIVE_STATES), None)


def close(uow: UnitOfWork, row: GuestInvitationRow, state: InvitationState) -> None:
    """The link is dead from here on, and so is the session it was exchanged for."""
    row.state, row.closed_at = state, uow.now()
    uow.session.add(row)
    held = _session_of(uow.session, row.id)
    if held is not None and held.ended_at is None:
        held.ended_at = uow.now()
        uow.session.add(held)
    uow.session.flush()


def guest_of(desk: Desk, session_id: str) -> Guest | None:
    """Whom the session stands for, whether or not there is still anything to see."""
    held = desk.session.get(GuestSessionRow, session_id)
    if held is None:
        return None
    row = desk.session.get_one(GuestInvitationRow, held.invitation_id)
    item = desk.session.get_one(AgendaItemRow, row.item_id)
    case = desk.session.get(CaseRow, item.case_id) if item.case_id else None
    firm = desk.session.get(FirmRow, case.firm_id) if case else None
    return Guest(row.id, session_id, row.item_id, row.name, firm.name if firm else "")


def admitted(desk: Desk, guest: Guest) -> AtTable:
    """Everything is read anew each time, and locked where something is written (conference,
    item, case, invitation, in this order): no word of a guest can slip in behind an ending."""
    return _welcome(desk, guest.invitation_id, guest.session_id)


def version_to_accept(at: AtTable) -> int | None:
    """The statement this guest has not confirmed yet; None once nothing stands in between."""
    asked = version_asked(at.conference.template)
    return None if asked == at.invitation.accepted_version else asked


def situation(
    desk: Desk, row: GuestInvitationRow, item: AgendaItemRow, conference: ConferenceRow
) -> Situation:
    return Situation(
        state=InvitationState(row.state),
        item=ItemStatus(item.status),
        conference=ConferenceStatus(conference.status),
        consent_is_live=bool(_shared_groups(desk, item.case_id)),
        expires_at=row.expires_at,
    )


def exchange(uow: UnitOfWork, token: str) -> str | None:
    """Turn the link into a session, once; None for a wrong, used, replaced or ended one alike."""
    query = select(GuestInvitationRow.id).where(GuestInvitationRow.token_hash == hash_of(token))
    invitation_id = uow.session.exec(query).first()
    if invitation_id is None:
        return None
    try:
        at = _welcome(uow, invitation_id, None)
    except GuestOver:
        return None
    if at.invitation.state != InvitationState.SENT:
        return None
    handed = new_token()
    session_id = hash_of(handed)
    uow.act_as(
        Guest(invitation_id, session_id, at.item.id, at.invitation.name, at.firm.name), new_id()
    )
    at.invitation.state, at.invitation.entered_at = InvitationState.ENTERED, uow.now()
    uow.session.add(at.invitation)
    uow.session.flush()
    uow.session.add(
        GuestSessionRow(
            token_hash=session_id,
            invitation_id=invitation_id,
            created_at=uow.now(),
            seen_at=uow.now(),
        )
    )
    room = journal.room_of(uow.session, RoomKind.ITEM, at.item.id)
    uow.record(room, GuestEntered(invitation_id=invitation_id))
    return handed


def leave(uow: UnitOfWork, session_id: str) -> None:
    held = uow.session.get(GuestSessionRow, session_id)
    if held is not None and held.ended_at is None:
        held.ended_at = uow.now()
        uow.session.add(held)


def touch(uow: UnitOfWork, session_ids: Iterable[str]) -> None:
    """Note that these pages are open."""
    query = select(GuestSessionRow).where(
        col(GuestSessionRow.token_hash).in_(list(session_ids)),
        col(GuestSessionRow.ended_at).is_(None),
    )
    for held in uow.session.exec(query):
        held.seen_at = uow.now()
        uow.session.add(held)


def is_due(desk: Desk, session_id: str) -> bool:
    """Whether it is time again to note that the page is open."""
    held = desk.session.get(GuestSessionRow, session_id)
    return held is not None and held.ended_at is None and _is_stale(held, desk.now())


def seen_lately(desk: Desk, invitation_id: str) -> bool:
    held = _session_of(desk.session, invitation_id)
    return held is not None and held.ended_at is None and desk.now() - held.seen_at < HERE_WITHIN


def still_open(desk: Desk, session_ids: Iterable[str]) -> set[str]:
    """Of these sessions, those nobody has ended."""
    query = select(GuestSessionRow.token_hash).where(
        col(GuestSessionRow.token_hash).in_(list(session_ids)),
        col(GuestSessionRow.ended_at).is_(None),
    )
    return set(desk.session.exec(query))


def heads(desk: Desk, room_ids: Iterable[str]) -> dict[str, int]:
    """How far these journals have come."""
    query = select(RoomRow.id, RoomRow.last_seq).where(col(RoomRow.id).in_(list(room_ids)))
    return dict(desk.session.exec(query).all())


def _welcome(desk: Desk, invitation_id: str, session_id: str | None) -> AtTable:
    found = desk.session.get(GuestInvitationRow, invitation_id)
    item_id = found.item_id if found else ""
    held_at = select(AgendaItemRow.conference_id).where(AgendaItemRow.id == item_id)
    conference_id = desk.session.exec(held_at).first()
    if conference_id is None:
        raise NotFound
    conference = reach.load(desk, ConferenceRow, conference_id)
    item = reach.load(desk, AgendaItemRow, item_id)
    case = reach.load(desk, CaseRow, item.case_id or "")
    row = reach.load(desk, GuestInvitationRow, invitation_id)
    ending = ending_of(situation(desk, row, item, conference), desk.now())
    if ending is not None:
        raise GuestOver(ending)
    if session_id is not None and not still_open(desk, [session_id]):
        raise GuestOver(Ending.LEFT)
    firm = desk.session.get_one(FirmRow, case.firm_id)
    return AtTable(row, item, conference, case, firm, _shared_groups(desk, case.id))


def _shared_groups(desk: Desk, case_id: str | None) -> frozenset[ItemGroup]:
    """What the consent in force lets the table know; empty where there is none today."""
    consent = standings.consent_in_force(desk.session, case_id) if case_id else None
    if consent is None or not consent.live_on(desk.today()):
        return frozenset()
    return consent.groups | FOLLOWS_FROM_TAKING_PART


def _is_stale(held: GuestSessionRow, now: datetime) -> bool:
    return now - held.seen_at >= SEEN_EVERY


def _session_of(session: Session, invitation_id: str) -> GuestSessionRow | None:
    query = select(GuestSessionRow).where(GuestSessionRow.invitation_id == invitation_id)
    return session.exec(query).first()
