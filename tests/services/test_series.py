from datetime import date

import pytest
from pydantic import ValidationError

from app.domain.errors import Malformed, NotEntitled, NotFound, OpReused, StateForbids
from app.domain.facts import RoomKind
from app.domain.people import Actor
from app.domain.vocabulary import Role
from app.services.series import CreateSeries, PlanOccurrence, create_series, plan_occurrence
from app.store.conferences import planned_of, seats_of
from app.store.tables.conferences import SeriesRow
from app.store.unit_of_work import Database
from tests.conference_steps import SIX, as_role, conference, kinds
from tests.factories import StandingClock, Table, op, table


def setting_up(at: Table, **changes: object) -> CreateSeries:
    values: dict[str, object] = {
        "op_id": op(),
        "kind": "joint_case",
        "name": "事業者支援合同カンファレンス",
        "pattern": "nth_weekday",
        "nth": 3,
        "weekday": 1,
        "starts_on": "令和8年12月1日",
        "start_time": "１３：３０",
        "minutes": 120,
        "place": "東京信用保証協会 3階会議室",
        "agency_ids": [at.agencies[key].id for key in SIX],
    }
    return CreateSeries.model_validate(values | changes)


def set_up(database: Database, at: Table, **changes: object) -> str:
    return create_series(database, at["cga"], setting_up(at, **changes)).id or ""


def plan(database: Database, actor: Actor, series_id: str, key: str, **more: object) -> str:
    values = {"op_id": op(), "series_id": series_id, "occurrence": key} | more
    return plan_occurrence(database, actor, PlanOccurrence.model_validate(values)).id or ""


def test_a_series_belongs_to_the_coordinators_agency_and_plans_nothing_yet(
    database: Database,
) -> None:
    at = table(database, running=False)
    series_id = set_up(database, at)
    with database.read() as desk:
        row = desk.session.get(SeriesRow, series_id)
        assert row is not None
        assert (row.host_agency_id, row.start_time) == (at.agencies["cga"].id, "13:30")
        assert row.agency_ids == [at.agencies[key].id for key in SIX]
        assert row.template["quorum"] == 3
        assert planned_of(desk.session, series_id) == {}


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER, Role.AUDITOR])
def test_only_coordinators_set_up_a_series(database: Database, role: Role) -> None:
    at = table(database, running=False)
    with pytest.raises(NotEntitled):
        create_series(database, as_role(at["cga"], role), setting_up(at))


def test_a_planned_occurrence_is_a_conference_with_seats_and_a_room(database: Database) -> None:
    at = table(database, running=False)
    chair = at.agencies["yorozu"].id
    conference_id = plan(
        database, at["cga"], set_up(database, at), "2026-12", chair_agency_id=chair
    )
    row = conference(database, conference_id)
    assert row.name == "事業者支援合同カンファレンス（令和8年12月）"
    assert row.starts_at.isoformat() == "2026-12-15T04:30:00+00:00"
    assert (row.status, row.chair_agency_id, row.occurrence) == ("planned", chair, "2026-12")
    with database.read() as desk:
        seats = seats_of(desk.session, conference_id)
    assert [seat.agency_id for seat, _agency in seats] == [at.agencies[key].id for key in SIX]
    assert kinds(database, RoomKind.CONFERENCE, conference_id) == [
        "conference_planned",
        *["agency_invited"] * 6,
    ]


def test_the_host_has_a_seat_even_if_nobody_ticked_it(database: Database) -> None:
    at = table(database, running=False)
    series_id = set_up(database, at, agency_ids=[at.agencies["bank"].id])
    conference_id = plan(database, at["cga"], series_id, "2026-12")
    with database.read() as desk:
        names = [agency.key for _seat, agency in seats_of(desk.session, conference_id)]
    assert names == ["bank", "cga"]
    assert conference(database, conference_id).template["quorum"] == 2


def test_a_month_is_planned_once(database: Database) -> None:
    at = table(database, running=False)
    series_id = set_up(database, at)
    plan(database, at["cga"], series_id, "2027-01")
    with pytest.raises(StateForbids):
        plan(database, at["cga"], series_id, "2027-01")


def test_the_same_operation_plans_once_and_another_body_is_refused(database: Database) -> None:
    at = table(database, running=False)
    command = PlanOccurrence(
        op_id=op(), series_id=set_up(database, at), occurrence="2026-12", held=None
    )
    first = plan_occurrence(database, at["cga"], command)
    assert plan_occurrence(database, at["cga"], command) == first
    with pytest.raises(OpReused):
        plan_occurrence(database, at["cga"], command.model_copy(update={"occurrence": "2027-01"}))


@pytest.mark.parametrize("key", ["2026-11", "2029-12", "2099-01"])
def test_a_month_the_series_does_not_reach_is_not_found(database: Database, key: str) -> None:
    at = table(database, running=False)
    with pytest.raises(NotFound):
        plan(database, at["cga"], set_up(database, at), key)


def test_a_series_is_its_hosts_own(database: Database) -> None:
    at = table(database, running=False)
    series_id = set_up(database, at)
    invited = as_role(at["bank"], Role.COORDINATOR)
    for other in (at.outsider, at.stranger, invited, as_role(at["cga"], Role.PARTICIPANT)):
        with pytest.raises(NotFound):
            plan(database, other, series_id, "2026-12")


def test_where_the_rule_asks_the_office_names_the_day(database: Database) -> None:
    at = table(database, running=False)
    # 2027-05-03 is a Monday and 憲法記念日.
    series_id = set_up(database, at, nth=1, weekday=0, shift="ask")
    with pytest.raises(Malformed) as refusal:
        plan(database, at["cga"], series_id, "2027-05")
    assert list(refusal.value.fields) == ["held"]
    for wrong in ("2027-07-01", "2026-12-01"):
        with pytest.raises(Malformed):
            plan(database, at["cga"], series_id, "2027-05", held=wrong)
    held = plan(database, at["cga"], series_id, "2027-05", held="令和9年5月6日")
    assert conference(database, held).starts_at.isoformat() == "2027-05-06T04:30:00+00:00"


def test_a_day_is_not_chosen_where_the_rule_gives_one(database: Database) -> None:
    at = table(database, running=False)
    series_id = set_up(database, at)
    with pytest.raises(Malformed):
        plan(database, at["cga"], series_id, "2026-12", held="2026-12-16")
    plan(database, at["cga"], series_id, "2026-12", held="2026-12-15")


def test_a_skipped_month_and_a_past_day_cannot_be_planned(
    database: Database, clock: StandingClock
) -> None:
    at = table(database, running=False)
    series_id = set_up(database, at, nth=1, weekday=0, shift="skip")
    with pytest.raises(StateForbids):
        plan(database, at["cga"], series_id, "2027-05")
    clock.advance(days=60)
    with pytest.raises(StateForbids):
        plan(database, at["cga"], series_id, "2026-12")


def test_a_chair_outside_the_seats_is_refused(database: Database) -> None:
    at = table(database, running=False)
    series_id = set_up(database, at)
    with pytest.raises(Malformed) as refusal:
        plan(database, at["cga"], series_id, "2026-12", chair_agency_id=at.outsider.agency_id)
    assert list(refusal.value.fields) == ["chair_agency_id"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("starts_on", "2026-11-23"),
        ("starts_on", "2029-01-01"),
        ("agency_ids", ["0" * 32]),
        ("quorum", 7),
    ],
)
def test_a_series_that_cannot_be_held_names_the_field(
    database: Database, field: str, value: object
) -> None:
    at = table(database, running=False)
    with pytest.raises(Malformed) as refusal:
        set_up(database, at, **{field: value})
    assert list(refusal.value.fields) == [field]


def test_the_host_alone_is_no_conference(database: Database) -> None:
    at = table(database, running=False)
    with pytest.raises(Malformed):
        set_up(database, at, agency_ids=[at.agencies["cga"].id])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "tea_party"),
        ("name", "　"),
        ("name", "長" * 101),
        ("name", "二行の\n名前"),
        ("name", "\ud800"),
        ("pattern", "weekly"),
        ("nth", 0),
        ("nth", 6),
        ("weekday", 7),
        ("day", 32),
        ("every_months", 0),
        ("starts_on", "2026年2月30日"),
        ("starts_on", ""),
        ("start_time", "25:00"),
        ("start_time", "午後1時"),
        ("minutes", 4),
        ("minutes", 601),
        ("online_url", "javascript:alert(1)"),
        ("online_url", "https://"),
        ("agency_ids", []),
        ("agency_ids", ["../etc"]),
        ("surprise", "1"),
    ],
)
def test_what_cannot_be_a_series_never_becomes_a_command(
    database: Database, field: str, value: object
) -> None:
    at = table(database, running=False)
    with pytest.raises(ValidationError) as problem:
        setting_up(at, **{field: value})
    assert [error["loc"][0] for error in problem.value.errors()] == [field]


def test_a_start_is_a_day_in_japan(database: Database, clock: StandingClock) -> None:
    at = table(database, running=False)
    clock.advance(hours=15)  # 2026-11-25 00:00 in Japan, still the 24th in UTC
    with pytest.raises(Malformed):
        set_up(database, at, starts_on=date(2026, 11, 24))
    set_up(database, at, starts_on=date(2026, 11, 25))
