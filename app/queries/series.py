"""Series of conferences: the rule in words, its months ahead, and what became of each."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from app.domain.access import Act, Relation, Standing, decide
from app.domain.conference import ConferenceStatus
from app.domain.people import Actor
from app.domain.series import Occurrence, SeriesRule, describe, occurrences
from app.domain.text import Sentence
from app.domain.vocabulary import ConferenceKind
from app.store import conferences, reach, standings
from app.store.tables.conferences import ConferenceRow, SeriesRow
from app.store.unit_of_work import Desk

MONTHS_AHEAD = 12


@dataclass(frozen=True, slots=True)
class OccurrenceLine:
    """One month of a series; ``conference_id`` is None until it is planned."""

    series_id: str
    series_name: str
    start_time: str
    key: str
    planned: date
    held: date | None
    reason: str | None
    needs_answer: bool
    conference_id: str | None = None
    status: ConferenceStatus | None = None

    @property
    def is_moved(self) -> bool:
        return self.held is not None and self.held != self.planned

    @property
    def is_skipped(self) -> bool:
        return self.held is None and not self.needs_answer


@dataclass(frozen=True, slots=True)
class SeriesLine:
    id: str
    name: str
    kind: ConferenceKind
    rule: Sentence
    start_time: str
    agencies: int
    next_held: date | None


@dataclass(frozen=True, slots=True)
class SeatedAgency:
    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class SeriesPage:
    id: str
    name: str
    kind: ConferenceKind
    rule: Sentence
    starts_on: date
    start_time: str
    minutes: int
    place: str
    online_url: str
    quorum: int
    today: date
    agencies: tuple[SeatedAgency, ...]
    months: tuple[OccurrenceLine, ...]


def preview(rule: SeriesRule, starts_on: date) -> tuple[Occurrence, ...]:
    """The twelve months a new series would begin with; nothing is stored."""
    return occurrences(rule, starts_on, MONTHS_AHEAD)


def may_set_up(actor: Actor) -> bool:
    return decide(actor, Act.SET_UP_SERIES, standings.NETWORK_MEMBER)


def series_list(desk: Desk, actor: Actor) -> tuple[SeriesLine, ...]:
    """The series of the actor's own agency; others know the single conferences only."""
    lines = []
    for row in _own(desk, actor):
        ahead = [line.held for line in _months(desk, row) if line.held]
        lines.append(
            SeriesLine(
                id=row.id,
                name=row.name,
                kind=ConferenceKind(row.kind),
                rule=describe(conferences.rule_of(row)),
                start_time=row.start_time,
                agencies=len(row.agency_ids),
                next_held=min(ahead, default=None),
            )
        )
    return tuple(lines)


def series_page(desk: Desk, actor: Actor, series_id: str) -> SeriesPage:
    row = reach.series(desk, actor, series_id)
    agencies = conferences.agencies_in_order(desk.session, row.agency_ids, desk.today())
    return SeriesPage(
        id=row.id,
        name=row.name,
        kind=ConferenceKind(row.kind),
        rule=describe(conferences.rule_of(row)),
        starts_on=row.starts_on,
        start_time=row.start_time,
        minutes=row.minutes,
        place=row.place,
        online_url=row.online_url,
        quorum=int(row.template.get("quorum", 2)),
        today=desk.today(),
        agencies=tuple(SeatedAgency(a.id, a.name, a.kind) for a in agencies),
        months=_months(desk, row),
    )


def open_occurrences(desk: Desk, actor: Actor, before: date) -> tuple[OccurrenceLine, ...]:
    """Days of the agency's own series that are no conference yet, from today on."""
    return tuple(
        line
        for row in _own(desk, actor)
        for line in _months(desk, row)
        if line.conference_id is None and line.held is not None and line.held < before
    )


def _own(desk: Desk, actor: Actor) -> list[SeriesRow]:
    if not decide(actor, Act.MANAGE_CONFERENCE, Standing(frozenset({Relation.HOST}))):
        return []
    query = select(SeriesRow).where(SeriesRow.host_agency_id == actor.agency_id)
    return list(desk.session.exec(query.order_by(col(SeriesRow.created_at), col(SeriesRow.id))))


def _months(desk: Desk, row: SeriesRow) -> tuple[OccurrenceLine, ...]:
    """The twelve months from today, or from the start of a series that has not begun."""
    today = desk.today()
    begin = max(today, row.starts_on)
    last = begin + timedelta(days=365)
    planned = conferences.planned_of(desk.session, row.id)
    return tuple(
        _month(row, one, planned.get(one.key))
        for one in conferences.occurrences_until(row, last)
        if (one.held or one.planned) >= today and one.planned < last
    )


def _month(row: SeriesRow, one: Occurrence, held: ConferenceRow | None) -> OccurrenceLine:
    return OccurrenceLine(
        series_id=row.id,
        series_name=row.name,
        start_time=row.start_time,
        key=one.key,
        planned=one.planned,
        held=conferences.held_on(held) if held else one.held,
        reason=one.reason,
        needs_answer=one.needs_answer and held is None,
        conference_id=held.id if held else None,
        status=ConferenceStatus(held.status) if held else None,
    )
