"""Conferences as records: founding one with its seats, and reading seats and items in order."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from sqlmodel import Session, col, func, or_, select

from app.clock import JAPAN, in_japan, iso
from app.domain.conference import ConferenceStatus, ItemStatus, SeatRole, Template
from app.domain.conference_templates import for_those_invited, template_for
from app.domain.consent import Consent
from app.domain.errors import Malformed
from app.domain.facts import AgencyInvited, ConferencePlanned, RoomKind
from app.domain.sentences import _
from app.domain.series import Occurrence, Pattern, SeriesRule, Shift, occurrences
from app.domain.vocabulary import AGENCY_MARKS, AgencyKind, ConferenceKind
from app.store import journal
from app.store.tables.agencies import AgencyRow
from app.store.tables.cases import CaseAgencyRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow, SeatRow, SeriesRow
from app.store.tables.journal import RoomRow
from app.store.unit_of_work import Desk, UnitOfWork


def begins_at(day: date, clock_time: str) -> datetime:
    """The moment a conference begins: a day and a time (13:30) as offices in Japan mean them."""
    return datetime.combine(day, time.fromisoformat(clock_time), tzinfo=JAPAN)


def held_on(conference: ConferenceRow) -> date:
    return in_japan(conference.starts_at).date()


def agencies_in_order(session: Session, ids: Iterable[str], day: date) -> list[AgencyRow]:
    """The agencies there are on that day among ``ids``, in the order the office lists them."""
    query = select(AgencyRow).where(
        col(AgencyRow.id).in_(set(ids)),
        or_(col(AgencyRow.valid_from).is_(None), col(AgencyRow.valid_from) <= day),
        or_(col(AgencyRow.valid_to).is_(None), col(AgencyRow.valid_to) >= day),
    )
    return list(session.exec(query.order_by(col(AgencyRow.position), col(AgencyRow.id))))


def invited_with(
    session: Session, host_id: str, chosen: Iterable[str], day: date
) -> list[AgencyRow]:
    """The agencies of a conference: those chosen and the host, which always has a seat."""
    ids = {host_id, *chosen}
    agencies = agencies_in_order(session, ids, day)
    if len(agencies) < len(ids):
        raise Malformed(
            _("選んだ機関の中に、登録されていない機関があります。"),
            fields={"agency_ids": _("機関を選び直してください。")},
        )
    if len(agencies) < 2:
        raise Malformed(
            _("主催のほかに、参加機関を1つ以上選んでください。"),
            fields={"agency_ids": _("参加機関を選んでください。")},
        )
    return agencies


def pinned_template(
    kind: ConferenceKind, quorum: int | None, invited: Sequence[AgencyRow]
) -> Template:
    """The template a conference keeps for good; no quorum can exceed the seats there are."""
    seats = len(invited)
    if quorum is not None and quorum > seats:
        raise Malformed(
            _("定足数は、主催を含む参加機関の数（{seats}機関）以下にしてください。"),
            fields={"quorum": _("参加機関の数を超えています。")},
            seats=seats,
        )
    usual = template_for(kind, quorum)
    fitting = usual if usual.quorum <= seats else template_for(kind, seats)
    return for_those_invited(fitting, {agency.kind for agency in invited})


def found(uow: UnitOfWork, conference: ConferenceRow, agencies: Sequence[AgencyRow]) -> str:
    """Write a new conference with a seat for each agency and its room; return the cursor."""
    uow.session.add(conference)
    uow.session.flush()
    room = journal.open_room(uow.session, RoomKind.CONFERENCE, conference.id, uow.now())
    cursor = uow.record(
        room,
        ConferencePlanned(
            name=conference.name,
            starts_at=iso(conference.starts_at),
            chair_agency_id=conference.chair_agency_id,
            chair_name=conference.chair_name,
        ),
    )
    for position, agency in enumerate(agencies, start=1):
        cursor = take_seat(uow, room, conference, agency, position)
    return cursor


def take_seat(
    uow: UnitOfWork,
    room: RoomRow,
    conference: ConferenceRow,
    agency: AgencyRow,
    position: int,
    role: SeatRole = SeatRole.MEMBER,
) -> str:
    uow.session.add(
        SeatRow(conference_id=conference.id, agency_id=agency.id, role=role, position=position)
    )
    uow.session.flush()
    return uow.record(
        room,
        AgencyInvited(
            agency_id=agency.id,
            agency_name=agency.name,
            agency_kind=agency.kind,
            agency_mark=AGENCY_MARKS[AgencyKind(agency.kind)],
            seat_role=role,
            position=position,
        ),
    )


def seats_of(session: Session, conference_id: str) -> list[tuple[SeatRow, AgencyRow]]:
    """Seats with their agencies, in listing order."""
    query = (
        select(SeatRow, AgencyRow)
        .join(AgencyRow, col(AgencyRow.id) == col(SeatRow.agency_id))
        .where(SeatRow.conference_id == conference_id)
        .order_by(col(SeatRow.position), col(SeatRow.agency_id))
    )
    return list(session.exec(query))


def require_seat(session: Session, conference_id: str, agency_id: str, field: str) -> None:
    """Whoever is named as answering for something sits at this table."""
    if session.get(SeatRow, (conference_id, agency_id)) is None:
        raise Malformed(
            _("この会議の参加機関から選んでください。"),
            fields={field: _("参加機関ではありません。")},
        )


def items_of(desk: Desk, conference_id: str) -> list[AgendaItemRow]:
    """The agenda in order; in a writing transaction every item is locked with it."""
    query = (
        select(AgendaItemRow)
        .where(AgendaItemRow.conference_id == conference_id)
        .order_by(col(AgendaItemRow.position), col(AgendaItemRow.id))
    )
    if desk.writing:
        query = query.with_for_update().execution_options(populate_existing=True)
    return list(desk.session.exec(query))


def running_of(desk: Desk, conference_id: str) -> AgendaItemRow | None:
    """The item under discussion; there is never more than one."""
    items = items_of(desk, conference_id)
    return next((item for item in items if item.status == ItemStatus.RUNNING), None)


def let_take_part(
    uow: UnitOfWork, conference_id: str, case_id: str, consent: Consent, day: date
) -> list[str]:
    """Member seats within the consent take part in the case; the ids of those new to it."""
    joined = []
    for seat, agency in seats_of(uow.session, conference_id):
        if seat.role != SeatRole.MEMBER or not consent.groups_for(agency.id, day):
            continue
        if uow.session.get(CaseAgencyRow, (case_id, agency.id)) is None:
            uow.session.add(CaseAgencyRow(case_id=case_id, agency_id=agency.id, since=uow.now()))
            joined.append(agency.id)
    uow.session.flush()
    return joined


def let_tables_take_part(uow: UnitOfWork, case_id: str, consent: Consent) -> None:
    """A new consent opens the case to seats wherever it still stands on the agenda.

    A round asks every seat within the consent, so each of them must be able to answer.
    """
    tables = uow.session.exec(
        select(ConferenceRow)
        .join(AgendaItemRow, col(AgendaItemRow.conference_id) == col(ConferenceRow.id))
        .where(AgendaItemRow.case_id == case_id, AgendaItemRow.status != ItemStatus.DONE)
    )
    for conference in tables.all():
        if not is_over(conference):
            let_take_part(uow, conference.id, case_id, consent, held_on(conference))


def rule_of(row: SeriesRow) -> SeriesRule:
    return SeriesRule(
        pattern=Pattern(row.rule["pattern"]),
        nth=row.rule["nth"],
        weekday=row.rule["weekday"],
        day=row.rule["day"],
        every_months=row.rule["every_months"],
        shift=Shift(row.rule["shift"]),
    )


def occurrences_until(row: SeriesRow, last: date) -> tuple[Occurrence, ...]:
    """The series from its start to the month of ``last``, none of it written down anywhere."""
    start = row.starts_on
    months = (last.year - start.year) * 12 + last.month - start.month + 1
    return occurrences(rule_of(row), start, months) if months > 0 else ()


def planned_of(session: Session, series_id: str) -> dict[str, ConferenceRow]:
    """Occurrence key → the conference that was planned for it."""
    query = select(ConferenceRow).where(ConferenceRow.series_id == series_id)
    return {row.occurrence or "": row for row in session.exec(query)}


def next_position(session: Session, conference_id: str) -> int:
    """The place after the last agenda item; the conference is locked by whoever asks."""
    query = select(func.max(AgendaItemRow.position)).where(
        AgendaItemRow.conference_id == conference_id
    )
    return (session.exec(query).one() or 0) + 1


def is_over(conference: ConferenceRow) -> bool:
    return conference.status in {ConferenceStatus.CLOSED, ConferenceStatus.CANCELLED}
