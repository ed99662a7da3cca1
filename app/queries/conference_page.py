"""One conference as its page shows it: seats with replies, the agenda, what the actor may do."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import col, select

from app.clock import in_japan
from app.domain.access import Act, decide
from app.domain.attendance import Attendance
from app.domain.conference import ConferenceStatus, ItemKind, ItemStatus, Reply, SeatRole
from app.domain.conference_templates import may_name_firms
from app.domain.confidentiality import ConfidentialityUnaccepted, version_asked
from app.domain.errors import NotFound
from app.domain.facts import InvitationAnswered, RoomKind
from app.domain.people import Actor
from app.domain.vocabulary import ConferenceKind
from app.queries.attendance import given_in
from app.queries.confidentiality import Acceptance, acceptances
from app.queries.tableable import TableableCase, tableable_cases
from app.store import (
    agencies,
    attendance,
    conferences,
    journal,
    reach,
    recusals,
    standings,
)
from app.store.journal_export import fingerprint_if_closed
from app.store.tables.agencies import AgencyRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow, SeatRow
from app.store.tables.firms import FirmRow
from app.store.tables.journal import EntryRow
from app.store.unit_of_work import Desk

PRESENT = frozenset({Reply.ATTEND, Reply.SUBSTITUTE, Reply.WRITTEN})
_ACTS = (Act.MANAGE_CONFERENCE, Act.REPLY_INVITATION, Act.RUN_CONFERENCE, Act.ENTER_ROOM)


@dataclass(frozen=True, slots=True)
class SeatLine:
    """An agency's seat; ``noted_by_host`` when the host wrote the reply down for it.

    ``note`` is told to the host and to the agency itself only.
    """

    agency_id: str
    name: str
    kind: str
    role: SeatRole
    reply: Reply
    attendees: str
    note: str
    replied_by: str
    replied_at: datetime | None
    noted_by_host: bool
    noted: Attendance | None

    @property
    def is_observer(self) -> bool:
        return self.role is SeatRole.OBSERVER


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """``title`` is empty where the actor may not know whose case it is.

    ``out`` names the agencies that left it for a conflict of interest; ``is_out``: the actor's
    is one of them; ``may_leave``: it may still declare one.
    ``awaits_acceptance``: it will be known once the actor accepted the statement.
    """

    id: str
    position: int
    kind: ItemKind
    title: str
    minutes: int
    status: ItemStatus
    starts_at: datetime
    case_id: str | None
    out: tuple[str, ...]
    is_out: bool
    may_leave: bool
    awaits_acceptance: bool


@dataclass(frozen=True, slots=True)
class ConferencePage:
    id: str
    name: str
    kind: ConferenceKind
    status: ConferenceStatus
    starts_at: datetime
    ends_at: datetime
    minutes: int
    place: str
    online_url: str
    series_id: str | None
    host_id: str
    host: str
    chair_id: str
    chair: str
    chair_name: str
    invited_at: datetime | None
    reply_by: date | None
    quorum: int
    slot_minutes: int
    names_firms: bool
    now: datetime
    today: date
    seats: tuple[SeatLine, ...]
    agenda: tuple[AgendaEntry, ...]
    may: frozenset[Act]
    mine: SeatLine | None
    tableable: tuple[TableableCase, ...]
    asks_acceptance: bool
    acceptances: tuple[Acceptance, ...]
    fingerprint: str  # of its journals, once it is closed

    @property
    def day(self) -> date:
        return in_japan(self.starts_at).date()

    @property
    def is_over(self) -> bool:
        return self.status in {ConferenceStatus.CLOSED, ConferenceStatus.CANCELLED}

    @property
    def coming(self) -> int:
        """Member seats counted towards the quorum."""
        return sum(s.role is SeatRole.MEMBER and s.reply in PRESENT for s in self.seats)

    @property
    def members(self) -> int:
        return sum(s.role is SeatRole.MEMBER for s in self.seats)

    @property
    def agenda_minutes(self) -> int:
        return sum(entry.minutes for entry in self.agenda)

    @property
    def may_manage(self) -> bool:
        return Act.MANAGE_CONFERENCE in self.may and not self.is_over

    @property
    def may_reply(self) -> bool:
        asked = self.invited_at is not None or Act.MANAGE_CONFERENCE in self.may
        return Act.REPLY_INVITATION in self.may and asked and not self.is_over


def conference_page(desk: Desk, actor: Actor, conference_id: str) -> ConferencePage:
    held = reach.conference(desk, actor, conference_id, Act.SEE_CONFERENCE)
    row = held.row
    may = frozenset(act for act in _ACTS if decide(actor, act, held.standing))
    seats = _seats(desk, actor, row, may)
    host = desk.session.get(AgencyRow, row.host_agency_id)
    chair = desk.session.get(AgencyRow, row.chair_agency_id)
    names_firms = may_name_firms(ConferenceKind(row.kind))
    return ConferencePage(
        id=row.id,
        name=row.name,
        kind=ConferenceKind(row.kind),
        status=ConferenceStatus(row.status),
        starts_at=row.starts_at,
        ends_at=row.starts_at + timedelta(minutes=row.minutes),
        minutes=row.minutes,
        place=row.place,
        online_url=row.online_url,
        series_id=row.series_id,
        host_id=row.host_agency_id,
        host=host.name if host else "",
        chair_id=row.chair_agency_id,
        chair=chair.name if chair else "",
        chair_name=row.chair_name,
        invited_at=row.invited_at,
        reply_by=row.reply_by,
        quorum=int(row.template.get("quorum", 2)),
        slot_minutes=int(row.template.get("slot_minutes", 20)),
        names_firms=names_firms,
        now=desk.now(),
        today=desk.today(),
        seats=seats,
        agenda=_agenda(desk, actor, row),
        may=may,
        mine=next((seat for seat in seats if seat.agency_id == actor.agency_id), None),
        tableable=(
            tableable_cases(desk, actor, row)
            if Act.MANAGE_CONFERENCE in may and names_firms
            else ()
        ),
        asks_acceptance=version_asked(row.template) is not None,
        acceptances=acceptances(desk, actor, row, held.standing),
        fingerprint=fingerprint_if_closed(desk.session, row),
    )


def _seats(
    desk: Desk, actor: Actor, row: ConferenceRow, may: frozenset[Act]
) -> tuple[SeatLine, ...]:
    authors = _authors(desk, row.id)
    noted = attendance.attendance_of(desk.session, row.id)
    return tuple(
        SeatLine(
            agency_id=agency.id,
            name=agency.name,
            kind=agency.kind,
            role=SeatRole(seat.role),
            reply=Reply(seat.reply),
            attendees=seat.attendees,
            note=seat.note if _knows_note(actor, seat, may) else "",
            replied_by=seat.replied_by,
            replied_at=seat.replied_at,
            noted_by_host=authors.get(agency.id, agency.id) != agency.id,
            noted=given_in(noted[agency.id]) if agency.id in noted else None,
        )
        for seat, agency in conferences.seats_of(desk.session, row.id)
    )


def _knows_note(actor: Actor, seat: SeatRow, may: frozenset[Act]) -> bool:
    return Act.MANAGE_CONFERENCE in may or seat.agency_id == actor.agency_id


def _authors(desk: Desk, conference_id: str) -> dict[str, str]:
    """Agency → the agency whose person wrote its latest reply down, as the journal has it."""
    query = (
        select(EntryRow)
        .where(
            EntryRow.room_id == journal.room_id(RoomKind.CONFERENCE, conference_id),
            EntryRow.kind == InvitationAnswered.wire_name(),
        )
        .order_by(col(EntryRow.seq))
    )
    return {e.body["agency_id"]: e.agency_id for e in desk.session.exec(query) if e.body}


def _agenda(desk: Desk, actor: Actor, row: ConferenceRow) -> tuple[AgendaEntry, ...]:
    """Planned times follow from the minutes before; a firm is named within its consent only."""
    entries = []
    starts_at = row.starts_at
    outs = recusals.out_at(desk.session, row.id)
    standing = standings.of_conference(desk.session, actor, row)
    takes_part = decide(actor, Act.DECLARE_RECUSAL, standing)
    for item in conferences.items_of(desk, row.id):
        title, case_id, awaits_acceptance = _title(desk, actor, item)
        out = outs.get(item.id, [])
        under_way = not conferences.is_over(row) and item.status != ItemStatus.DONE
        entries.append(
            AgendaEntry(
                id=item.id,
                position=item.position,
                kind=ItemKind(item.kind),
                title=title,
                minutes=item.minutes,
                status=ItemStatus(item.status),
                starts_at=starts_at,
                case_id=case_id,
                out=tuple(one.name for one in agencies.by_ids(desk.session, out).values()),
                is_out=actor.agency_id in out,
                may_leave=under_way and case_id is not None and takes_part,
                awaits_acceptance=awaits_acceptance,
            )
        )
        starts_at += timedelta(minutes=item.minutes)
    return tuple(entries)


def _title(desk: Desk, actor: Actor, item: AgendaItemRow) -> tuple[str, str | None, bool]:
    if item.case_id is None:
        return item.title, None, False
    try:
        case = reach.item(desk, actor, item.id, Act.SEE_ITEM).case
    except NotFound as hidden:
        return "", None, isinstance(hidden, ConfidentialityUnaccepted)
    firm = desk.session.get(FirmRow, case.firm_id) if case else None
    return (firm.name if firm else ""), item.case_id, False
