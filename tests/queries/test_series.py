from datetime import date

import pytest

from app.domain.conference import ConferenceStatus
from app.domain.errors import NotFound
from app.domain.vocabulary import Role
from app.queries.series import may_set_up, open_occurrences, preview, series_list, series_page
from app.services.conferences import ChangeConference, change_conference
from app.store.unit_of_work import Database
from tests.conference_steps import as_role
from tests.factories import StandingClock, op, table
from tests.services.test_series import plan, set_up, setting_up


def test_a_series_shows_twelve_months_and_what_became_of_each(database: Database) -> None:
    at = table(database, running=False)
    series_id = set_up(database, at, nth=1, weekday=0, shift="ask")
    held = plan(database, at["cga"], series_id, "2026-12")
    with database.read() as desk:
        page = series_page(desk, at["cga"], series_id)
    assert page.rule == "毎月第1月曜日（祝日の場合はその都度決める）"
    assert len(page.months) == 12
    december, may = page.months[0], page.months[5]
    assert (december.conference_id, december.status) == (held, ConferenceStatus.PLANNED)
    assert (may.key, may.held, may.reason, may.needs_answer) == (
        "2027-05",
        None,
        "憲法記念日",
        True,
    )
    assert [agency.name for agency in page.agencies][:2] == ["つむぎ坂信用金庫", "東京信用保証協会"]


def test_a_month_moved_by_hand_shows_its_new_day(database: Database) -> None:
    at = table(database, running=False)
    series_id = set_up(database, at)
    values = {"op_id": op(), "conference_id": plan(database, at["cga"], series_id, "2026-12")}
    values |= {"name": "臨時", "held": "2026-12-18", "start_time": "9:00", "minutes": "60"}
    change_conference(database, at["cga"], ChangeConference.model_validate(values))
    with database.read() as desk:
        line = series_page(desk, at["cga"], series_id).months[0]
    assert (line.planned, line.held, line.is_moved) == (
        date(2026, 12, 15),
        date(2026, 12, 18),
        True,
    )


def test_months_gone_by_are_left_out_and_the_series_goes_on(
    database: Database, clock: StandingClock
) -> None:
    at = table(database, running=False)
    series_id = set_up(database, at)
    clock.advance(days=400)
    with database.read() as desk:
        months = series_page(desk, at["cga"], series_id).months
    assert [months[0].key, len(months)] == ["2028-01", 12]


def test_days_without_a_conference_are_the_hosts_open_work(database: Database) -> None:
    at = table(database, running=False)
    series_id = set_up(database, at)
    plan(database, at["cga"], series_id, "2026-12")
    with database.read() as desk:
        days = open_occurrences(desk, at["cga"], date(2027, 3, 1))
        assert open_occurrences(desk, at["bank"], date(2027, 3, 1)) == ()
    assert [one.key for one in days] == ["2027-01", "2027-02"]


def test_the_list_names_the_next_day(database: Database) -> None:
    at = table(database, running=False)
    set_up(database, at)
    with database.read() as desk:
        (line,) = series_list(desk, at["cga"])
        for actor in (at["bank"], at.outsider, as_role(at["cga"], Role.PARTICIPANT)):
            assert series_list(desk, actor) == ()
    assert (line.agencies, line.next_held) == (6, date(2026, 12, 15))


def test_a_series_is_not_found_by_others(database: Database) -> None:
    at = table(database, running=False)
    series_id = set_up(database, at)
    with database.read() as desk:
        for actor in (at["bank"], at.outsider, as_role(at["cga"], Role.OBSERVER)):
            with pytest.raises(NotFound):
                series_page(desk, actor, series_id)


def test_a_preview_tells_moves_with_their_reason(database: Database) -> None:
    at = table(database, running=False)
    rule = setting_up(at, nth=1, weekday=0).rule()
    moved = [one for one in preview(rule, date(2026, 12, 1)) if one.held != one.planned]
    assert [(one.planned, one.held, one.reason) for one in moved] == [
        (date(2027, 5, 3), date(2027, 5, 6), "憲法記念日")
    ]


def test_only_coordinators_may_set_up(database: Database) -> None:
    at = table(database, running=False)
    assert (may_set_up(at["cga"]), may_set_up(at["bank"]), may_set_up(at.stranger)) == (
        True,
        False,
        False,
    )
