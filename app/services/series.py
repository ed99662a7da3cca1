"""Series of conferences (定例): setting one up, and planning one of its occurrences."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from app.domain.access import Act
from app.domain.conference import ConferenceStatus
from app.domain.confidentiality import with_current_version
from app.domain.dates import era_year
from app.domain.errors import Malformed, NotFound, StateForbids
from app.domain.meeting_link import meeting_link
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.series import LAST, Occurrence, Pattern, SeriesRule, Shift
from app.domain.text import TextProblem
from app.domain.vocabulary import ConferenceKind
from app.services.commands import ClockTime, Command, Day, Done, Id, OptionalDay, Whole, line
from app.services.use_case import use_case
from app.store import conferences, reach
from app.store.columns import new_id
from app.store.tables.conferences import ConferenceRow, SeriesRow
from app.store.unit_of_work import UnitOfWork

# How far ahead a series may start and be planned; calendars of offices reach no further.
FARTHEST_DAYS = 2 * 366


def _week_of_month(value: int) -> int:
    if value not in (1, 2, 3, 4, 5, LAST):
        raise TextProblem(_("第何週かは、第1から第5まで、または最終から選んでください。"))
    return value


class Repetition(BaseModel):
    """When a series is held. What the pattern does not use is kept but has no effect."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pattern: Pattern
    nth: Annotated[Whole, AfterValidator(_week_of_month)] = 1
    weekday: Annotated[Whole, Field(ge=0, le=6)] = 0
    day: Annotated[Whole, Field(ge=1, le=31)] = 1
    every_months: Annotated[Whole, Field(ge=1, le=12)] = 1
    shift: Shift = Shift.NEXT
    starts_on: Day

    def rule(self) -> SeriesRule:
        return SeriesRule(
            pattern=self.pattern,
            nth=self.nth,
            weekday=self.weekday,
            day=self.day,
            every_months=self.every_months,
            shift=self.shift,
        )


class CreateSeries(Repetition, Command):
    """A conference that repeats."""

    kind: ConferenceKind
    name: Annotated[str, line(100)]
    start_time: ClockTime
    minutes: Annotated[Whole, Field(ge=5, le=600)]
    place: Annotated[str, line(200, required=False)] = ""
    online_url: Annotated[str, AfterValidator(meeting_link)] = ""
    quorum: Annotated[Whole, Field(ge=2, le=60)] | None = None
    agency_ids: Annotated[list[Id], Field(min_length=1, max_length=60)]


class PlanOccurrence(Command):
    """``held`` is given only where the rule leaves the day to the office."""

    series_id: Id
    occurrence: Annotated[str, Field(pattern=r"^20\d{2}-(0[1-9]|1[0-2])$")]
    chair_agency_id: Id | None = None
    held: OptionalDay = None


@use_case
def create_series(uow: UnitOfWork, actor: Actor, command: CreateSeries) -> Done:
    """The actor's agency becomes the host; conferences come to be one by one when planned."""
    reach.network(actor, Act.SET_UP_SERIES)
    problem = start_problem(command.starts_on, uow.today())
    if problem:
        raise Malformed(_("開始日を確認してください。"), fields={"starts_on": problem})
    agencies = conferences.invited_with(
        uow.session, actor.agency_id, command.agency_ids, command.starts_on
    )
    template = conferences.pinned_template(command.kind, command.quorum, agencies)
    rule = command.rule()
    row = SeriesRow(
        id=new_id(),
        host_agency_id=actor.agency_id,
        kind=command.kind,
        name=command.name,
        rule={
            "pattern": rule.pattern,
            "nth": rule.nth,
            "weekday": rule.weekday,
            "day": rule.day,
            "every_months": rule.every_months,
            "shift": rule.shift,
        },
        starts_on=command.starts_on,
        start_time=command.start_time,
        minutes=command.minutes,
        place=command.place,
        online_url=command.online_url,
        template=template.as_mapping(),
        agency_ids=[agency.id for agency in agencies],
        created_at=uow.now(),
    )
    uow.session.add(row)
    return Done(id=row.id)


@use_case
def plan_occurrence(uow: UnitOfWork, actor: Actor, command: PlanOccurrence) -> Done:
    """What was only a line of the calendar becomes a conference with seats and a room."""
    series = reach.series(uow, actor, command.series_id)
    occurrence = _occurrence(uow, series, command.occurrence)
    held = _day_of(occurrence, command)
    if held < uow.today():
        raise StateForbids(_("過ぎた日の会議は予定にできません。"))
    agencies = conferences.invited_with(uow.session, series.host_agency_id, series.agency_ids, held)
    chair = command.chair_agency_id or series.host_agency_id
    if all(agency.id != chair for agency in agencies):
        raise Malformed(
            _("議長は参加機関から選んでください。"),
            fields={"chair_agency_id": _("参加機関ではありません。")},
        )
    row = ConferenceRow(
        id=new_id(),
        series_id=series.id,
        occurrence=occurrence.key,
        host_agency_id=series.host_agency_id,
        kind=series.kind,
        name=f"{series.name}（{era_year(held)}{held.month}月）",
        starts_at=conferences.begins_at(held, series.start_time),
        minutes=series.minutes,
        place=series.place,
        online_url=series.online_url,
        template=with_current_version(series.template),
        status=ConferenceStatus.PLANNED,
        chair_agency_id=chair,
        created_at=uow.now(),
    )
    return Done(id=row.id, cursor=conferences.found(uow, row, agencies))


def start_problem(starts_on: date, today: date) -> str | None:
    """Why a series cannot start on that day, or None."""
    if starts_on < today:
        return _("今日以降の日付を入力してください。")
    if (starts_on - today).days > FARTHEST_DAYS:
        return _("2年以内の日付を入力してください。")
    return None


def _occurrence(uow: UnitOfWork, series: SeriesRow, key: str) -> Occurrence:
    """The occurrence of that month, unless it does not exist or is a conference already."""
    year, month = int(key[:4]), int(key[5:])
    if (year - uow.today().year) * 12 + month - uow.today().month > FARTHEST_DAYS // 30:
        raise NotFound
    last = uow.today().replace(year=year, month=month, day=1)
    found = {one.key: one for one in conferences.occurrences_until(series, last)}
    if key not in found:
        raise NotFound
    if key in conferences.planned_of(uow.session, series.id):
        raise StateForbids(_("この回はすでに会議として登録されています。"))
    return found[key]


def _day_of(occurrence: Occurrence, command: PlanOccurrence) -> date:
    if occurrence.needs_answer:
        if command.held is None:
            raise Malformed(
                _("休業日に当たるため、開催日を決めてください。"),
                fields={"held": _("開催日を入力してください。")},
            )
        if abs((command.held - occurrence.planned).days) > 31:
            raise Malformed(
                _("開催日は、もとの予定日から1か月以内にしてください。"),
                fields={"held": _("日付を確認してください。")},
            )
        return command.held
    if occurrence.held is None:
        raise StateForbids(_("この回は休業日に当たるため開催しません。"))
    if command.held not in (None, occurrence.held):
        raise Malformed(
            _("この回の開催日は決まっています。登録したあとで会議の日時を変更してください。"),
            fields={"held": _("開催日は入力できません。")},
        )
    return occurrence.held
