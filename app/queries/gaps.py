"""引受手不在の記録: those an agency answers for or knows of, and what is told of all others.

Who is outside a firm's consent learns of a gap in its own prefecture only what kind of support was
missing, in which month, and whether it is settled: neither industry nor number nor agencies, since
in one prefecture those would often say which firm it was.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select

from app.clock import in_japan
from app.domain.access import Act
from app.domain.dates import fiscal_year, fiscal_year_days, fiscal_year_name
from app.domain.errors import NotFound
from app.domain.gaps import GAP_OUTCOME_LABELS, GAP_STATE_LABELS, GapOutcome, GapState
from app.domain.people import Actor
from app.domain.prefectures import PREFECTURE_BY_CODE
from app.domain.vocabulary import REQUEST_KIND_LABELS, ConferenceKind, RequestKind
from app.queries.agencies import AgencyChoice, choice_of
from app.store import gaps, reach, standings
from app.store.agencies import by_ids
from app.store.pictures.gaps import gaps_at
from app.store.tables.agencies import AgencyRow
from app.store.tables.conferences import ConferenceRow
from app.store.tables.firms import FirmRow
from app.store.tables.gaps import GapRow
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class Inside:
    """What only agencies within the firm's consent are told."""

    gap_id: str
    case_id: str
    firm_name: str
    number: str
    owner: str
    owner_person: str
    next_step: str
    due: date
    overdue: bool


@dataclass(frozen=True, slots=True)
class GapLine:
    """``kind``, ``state`` and ``outcome`` are labels to be told; ``month`` begins it."""

    kind: str
    prefecture: str
    month: date
    state: str
    outcome: str
    is_open: bool
    inside: Inside | None


@dataclass(frozen=True, slots=True)
class Count:
    """``what`` is a label or a month; ``share``: of the largest row, in per cent, for its bar."""

    what: str | date
    open: int
    closed: int
    share: int

    @property
    def total(self) -> int:
        return self.open + self.closed


@dataclass(frozen=True, slots=True)
class GapList:
    year: int
    years: tuple[tuple[int, str], ...]
    kind: str
    open: tuple[GapLine, ...]
    settled: tuple[GapLine, ...]
    kinds: tuple[Count, ...]
    months: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class GapRecord:
    """One gap in full; ``told`` is its picture as the item's room has it."""

    told: dict[str, Any]
    case_id: str
    firm_name: str
    conference_id: str
    conference: str
    item_id: str
    agencies: dict[str, AgencyChoice]
    owners: tuple[AgencyChoice, ...]
    may_keep: bool
    today: date


def gap_list(desk: Desk, actor: Actor, year: int | None = None, kind: str = "") -> GapList:
    """Of one 年度, without one the present; counts are of what the reader is told at all."""
    reach.network(actor, Act.FIND_FIRMS)
    this = fiscal_year(desk.today())
    chosen = this if year is None else year
    lines = _lines(desk, actor, _within(desk, chosen))
    known = {RequestKind(kind)} if kind in set(RequestKind) else set(RequestKind)
    wanted = {REQUEST_KIND_LABELS[one] for one in known}
    shown = [line for line in lines if line.kind in wanted]
    return GapList(
        year=chosen,
        years=tuple((one, fiscal_year_name(one)) for one in range(this, this - 5, -1)),
        kind=kind if len(known) == 1 else "",
        open=tuple(line for line in shown if line.is_open),
        settled=tuple(line for line in shown if not line.is_open),
        kinds=_counts(lines, [REQUEST_KIND_LABELS[one] for one in RequestKind], "kind"),
        months=_counts(lines, sorted({line.month for line in lines}), "month"),
    )


def open_gaps_for(desk: Desk, actor: Actor, conference_id: str) -> tuple[GapLine, ...] | None:
    """What a ネットワーク会議 talks about: open gaps of its prefecture, and no firm in them.

    None at conferences of other kinds.
    """
    conference = reach.conference(desk, actor, conference_id, Act.SEE_CONFERENCE).row
    if conference.kind != ConferenceKind.NETWORK:
        return None
    host = desk.session.get(AgencyRow, conference.host_agency_id)
    if host is None or not host.prefecture_code:
        return ()
    query = select(GapRow).where(GapRow.state != GapState.CLOSED)
    rows = desk.session.exec(query.order_by(col(GapRow.declared_at))).all()
    return tuple(
        _line(row, code, None)
        for row, code in _with_prefecture(desk, rows)
        if code == host.prefecture_code
    )


def gap_record(desk: Desk, actor: Actor, gap_id: str) -> GapRecord:
    """For those who see the item it was declared at."""
    row = desk.session.get(GapRow, gap_id)
    if row is None:
        raise NotFound
    item = reach.item(desk, actor, row.item_id, Act.SEE_ITEM)
    firm = desk.session.get(FirmRow, item.case.firm_id) if item.case else None
    told = next(one for one in gaps_at(desk, row.item_id) if one["id"] == gap_id)
    owners = by_ids(desk.session, gaps.owners_at(desk, item))
    named = {row.owner_agency_id, *(one["agency_id"] for one in row.declined), *owners}
    named |= {move[key] for move in row.moves for key in ("from_agency_id", "agency_id")}
    keeps = actor.agency_id in {row.owner_agency_id, item.conference.host_agency_id}
    return GapRecord(
        told=told,
        case_id=row.case_id,
        firm_name=firm.name if firm else "",
        conference_id=row.conference_id,
        conference=item.conference.name,
        item_id=row.item_id,
        agencies={key: choice_of(one) for key, one in by_ids(desk.session, named).items()},
        owners=tuple(choice_of(one) for one in owners.values()),
        may_keep=keeps
        and row.state != GapState.CLOSED
        and reach.may_at_item(desk, actor, row.item_id, Act.KEEP_GAP),
        today=desk.today(),
    )


def gaps_of_case(desk: Desk, actor: Actor, case_id: str) -> tuple[GapLine, ...]:
    """On the case's page, for those who saw the item it came up at."""
    query = select(GapRow).where(GapRow.case_id == case_id)
    rows = desk.session.exec(query.order_by(col(GapRow.declared_at).desc())).all()
    return tuple(line for line in _lines(desk, actor, rows) if line.inside)


def _within(desk: Desk, year: int) -> list[GapRow]:
    first, last = fiscal_year_days(year)
    rows = desk.session.exec(select(GapRow).order_by(col(GapRow.declared_at).desc()))
    return [row for row in rows if first <= in_japan(row.declared_at).date() <= last]


def _lines(desk: Desk, actor: Actor, rows: Iterable[GapRow]) -> list[GapLine]:
    """Who left a case for a conflict of interest is not even counted among its readers."""
    kept = set(desk.session.exec(standings.cases_kept_from(actor.agency_id)))
    found = []
    for row, code in _with_prefecture(desk, [row for row in rows if row.case_id not in kept]):
        inside = _inside(desk, actor, row)
        if inside or (code and code == actor.prefecture_code):
            found.append(_line(row, code, inside))
    return found


def _with_prefecture(desk: Desk, rows: Iterable[GapRow]) -> list[tuple[GapRow, str]]:
    """Beside each gap the prefecture of the secretariat of its conference."""
    query = select(ConferenceRow.id, AgencyRow.prefecture_code).join(
        AgencyRow, col(AgencyRow.id) == col(ConferenceRow.host_agency_id)
    )
    listed = list(rows)
    wanted = query.where(col(ConferenceRow.id).in_({row.conference_id for row in listed}))
    codes = dict(desk.session.exec(wanted).all())
    return [(row, codes.get(row.conference_id) or "") for row in listed]


def _inside(desk: Desk, actor: Actor, row: GapRow) -> Inside | None:
    if not reach.may_at_item(desk, actor, row.item_id, Act.SEE_ITEM):
        return None
    item = reach.item(desk, actor, row.item_id, Act.SEE_ITEM)
    firm = desk.session.get(FirmRow, item.case.firm_id) if item.case else None
    owner = desk.session.get(AgencyRow, row.owner_agency_id)
    return Inside(
        gap_id=row.id,
        case_id=row.case_id,
        firm_name=firm.name if firm else "",
        number=row.number,
        owner=owner.name if owner else "",
        owner_person=row.owner_person,
        next_step=row.next_step,
        due=row.due,
        overdue=row.state != GapState.CLOSED and row.due < desk.today(),
    )


def _line(row: GapRow, code: str, inside: Inside | None) -> GapLine:
    prefecture = PREFECTURE_BY_CODE.get(code)
    return GapLine(
        kind=REQUEST_KIND_LABELS[RequestKind(row.kind)],
        prefecture=prefecture.name if prefecture else "",
        month=in_japan(row.declared_at).date().replace(day=1),
        state=GAP_STATE_LABELS[GapState(row.state)],
        outcome=GAP_OUTCOME_LABELS[GapOutcome(row.outcome)] if row.outcome else "",
        is_open=row.state != GapState.CLOSED,
        inside=inside,
    )


def _counts(lines: Iterable[GapLine], order: Iterable[Any], name: str) -> tuple[Count, ...]:
    counted = Counter((getattr(line, name), line.is_open) for line in lines)
    rows = [(what, counted[what, True], counted[what, False]) for what in order]
    most = max((opened + closed for _what, opened, closed in rows), default=0)
    return tuple(
        Count(what, opened, closed, round(100 * (opened + closed) / most))
        for what, opened, closed in rows
        if opened + closed
    )
