"""Conferences an agency has to do with: as lines of a list and as a month of the calendar."""

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import col, func, or_, select

from app.clock import in_japan
from app.domain.access import Act, Relation, Standing, decide
from app.domain.conference import LIVE, UNDER_WAY, ConferenceStatus, ItemKind, Reply, SeatRole
from app.domain.holidays import holiday_name
from app.domain.people import Actor
from app.domain.vocabulary import ConferenceKind
from app.queries.series import OccurrenceLine, open_occurrences
from app.store.conferences import begins_at
from app.store.tables.agencies import AgencyRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow, SeatRow
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class ConferenceLine:
    """One conference in a list; ``reply`` is the actor's agency's own, None without a seat."""

    id: str
    name: str
    kind: ConferenceKind
    status: ConferenceStatus
    starts_at: datetime
    ends_at: datetime
    place: str
    online_url: str
    host: str
    is_host: bool
    invited: bool
    reply: Reply | None
    reply_by: date | None
    cases: int

    @property
    def day(self) -> date:
        return in_japan(self.starts_at).date()

    @property
    def awaits_reply(self) -> bool:
        return self.reply is Reply.WAITING and self.invited and self.status in LIVE


@dataclass(frozen=True, slots=True)
class ConferenceList:
    """What is still to come, nearest first, and what has been, latest first."""

    today: date
    coming: tuple[ConferenceLine, ...]
    past: tuple[ConferenceLine, ...]


@dataclass(frozen=True, slots=True)
class CalendarDay:
    day: date
    in_month: bool
    holiday: str | None
    conferences: tuple[ConferenceLine, ...]
    unplanned: tuple[OccurrenceLine, ...]


@dataclass(frozen=True, slots=True)
class ConferenceMonth:
    """Weeks of seven days from Monday; ``unplanned`` days are the host's own series."""

    first: date
    today: date
    before: date
    after: date
    weeks: tuple[tuple[CalendarDay, ...], ...]

    @property
    def busy(self) -> tuple[CalendarDay, ...]:
        """Days of the month on which something is held, for a narrow screen."""
        return tuple(
            day
            for week in self.weeks
            for day in week
            if day.in_month and (day.conferences or day.unplanned)
        )


def conference_list(desk: Desk, actor: Actor, limit: int = 100) -> ConferenceList:
    midnight = begins_at(desk.today(), "00:00")
    coming = _lines(desk, actor, [col(ConferenceRow.starts_at) >= midnight], limit)
    past = _lines(desk, actor, [col(ConferenceRow.starts_at) < midnight], limit, latest_first=True)
    return ConferenceList(today=desk.today(), coming=coming, past=past)


def coming_conferences(desk: Desk, actor: Actor, limit: int) -> tuple[ConferenceLine, ...]:
    """Those still to be held or under way, from today on; none that was called off."""
    since = col(ConferenceRow.starts_at) >= begins_at(desk.today(), "00:00")
    live = col(ConferenceRow.status).in_(LIVE)
    return _lines(desk, actor, [live, or_(since, col(ConferenceRow.status).in_(UNDER_WAY))], limit)


def conference_month(desk: Desk, actor: Actor, year: int, month: int) -> ConferenceMonth:
    first = date(year, month, 1)
    weeks = Calendar().monthdatescalendar(year, month)
    start, end = weeks[0][0], weeks[-1][-1] + timedelta(days=1)
    held = [
        col(ConferenceRow.starts_at) >= begins_at(start, "00:00"),
        col(ConferenceRow.starts_at) < begins_at(end, "00:00"),
        col(ConferenceRow.status) != ConferenceStatus.CANCELLED,
    ]
    lines = _lines(desk, actor, held, 500)
    unplanned = open_occurrences(desk, actor, end)
    return ConferenceMonth(
        first=first,
        today=desk.today(),
        before=(first - timedelta(days=1)).replace(day=1),
        after=(first + timedelta(days=31)).replace(day=1),
        weeks=tuple(
            tuple(
                CalendarDay(
                    day=day,
                    in_month=day.month == month,
                    holiday=holiday_name(day),
                    conferences=tuple(line for line in lines if line.day == day),
                    unplanned=tuple(one for one in unplanned if one.held == day),
                )
                for day in week
            )
            for week in weeks
        ),
    )


def _lines(
    desk: Desk,
    actor: Actor,
    conditions: Iterable[Any],
    limit: int,
    *,
    latest_first: bool = False,
) -> tuple[ConferenceLine, ...]:
    """Conferences with a seat of the agency or hosted by it, as far as ``decide`` lets see.

    Before the invitations go out, a conference is its host's own business.
    """
    own = ConferenceRow.host_agency_id == actor.agency_id
    asked = col(ConferenceRow.invited_at).is_not(None)
    query = (
        select(ConferenceRow, SeatRow, AgencyRow)
        .join(AgencyRow, col(AgencyRow.id) == col(ConferenceRow.host_agency_id))
        .outerjoin(
            SeatRow,
            (col(SeatRow.conference_id) == col(ConferenceRow.id))
            & (col(SeatRow.agency_id) == actor.agency_id),
        )
        .where(or_(own, col(SeatRow.agency_id).is_not(None) & asked), *conditions)
    )
    begin = col(ConferenceRow.starts_at)
    query = query.order_by(begin.desc() if latest_first else begin, col(ConferenceRow.id))
    found = [
        (row, seat, host)
        for row, seat, host in desk.session.exec(query.limit(limit))
        if decide(actor, Act.SEE_CONFERENCE, _standing(actor, row, seat))
    ]
    cases = _cases(desk, [row.id for row, _seat, _host in found])
    return tuple(_line(actor, row, seat, host, cases.get(row.id, 0)) for row, seat, host in found)


def _standing(actor: Actor, row: ConferenceRow, seat: SeatRow | None) -> Standing:
    relations = set()
    if row.host_agency_id == actor.agency_id:
        relations.add(Relation.HOST)
    if seat is not None:
        observes = seat.role == SeatRole.OBSERVER
        relations.add(Relation.OBSERVES if observes else Relation.SEATED)
    return Standing(frozenset(relations))


def _cases(desk: Desk, ids: list[str]) -> dict[str, int]:
    query = (
        select(AgendaItemRow.conference_id, func.count())
        .where(
            col(AgendaItemRow.conference_id).in_(ids),
            AgendaItemRow.kind == ItemKind.CASE,
        )
        .group_by(col(AgendaItemRow.conference_id))
    )
    return dict(desk.session.exec(query).all())


def _line(
    actor: Actor, row: ConferenceRow, seat: SeatRow | None, host: AgencyRow, cases: int
) -> ConferenceLine:
    return ConferenceLine(
        id=row.id,
        name=row.name,
        kind=ConferenceKind(row.kind),
        status=ConferenceStatus(row.status),
        starts_at=row.starts_at,
        ends_at=row.starts_at + timedelta(minutes=row.minutes),
        place=row.place,
        online_url=row.online_url,
        host=host.name,
        is_host=row.host_agency_id == actor.agency_id,
        invited=row.invited_at is not None,
        reply=Reply(seat.reply) if seat else None,
        reply_by=row.reply_by,
        cases=cases,
    )
