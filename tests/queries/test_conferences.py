from datetime import date

from app.domain.conference import ConferenceStatus, Reply
from app.domain.vocabulary import Role
from app.queries.conferences import (
    coming_conferences,
    conference_list,
    conference_month,
)
from app.services.conferences import CancelConference, cancel_conference
from app.services.series import PlanOccurrence, plan_occurrence
from app.store.unit_of_work import Database
from tests.conference_steps import as_role, case_of, invited, opened, planned, tabled
from tests.factories import StandingClock, op, table
from tests.services.test_series import set_up


def test_a_line_tells_the_agencys_own_reply_and_what_is_on_the_table(database: Database) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    tabled(database, at, conference_id, case_of(database, at))
    with database.read() as desk:
        (line,) = conference_list(desk, at["yorozu"]).coming
    assert (line.id, line.reply, line.cases) == (conference_id, Reply.WAITING, 1)
    assert (line.host, line.is_host, line.awaits_reply) == ("東京信用保証協会", False, True)
    assert (line.day, line.reply_by) == (date(2026, 12, 15), date(2026, 12, 8))


def test_before_the_invitation_a_conference_is_its_hosts_own(database: Database) -> None:
    at = table(database, running=False)
    conference_id = planned(database, at)
    with database.read() as desk:
        assert conference_list(desk, at["bank"]).coming == ()
        host = [line.id for line in conference_list(desk, at["cga"]).coming]
    assert conference_id in host


def test_others_and_auditors_see_no_conference(database: Database) -> None:
    at = table(database, running=False)
    invited(database, at)
    with database.read() as desk:
        for actor in (at.outsider, at.stranger, as_role(at["bank"], Role.AUDITOR)):
            assert conference_list(desk, actor).coming == ()
            assert conference_month(desk, actor, 2026, 12).busy == ()


def test_past_conferences_come_latest_first(database: Database, clock: StandingClock) -> None:
    at = table(database, running=False)
    first = invited(database, at)
    clock.advance(days=30)
    with database.read() as desk:
        before = conference_list(desk, at["cga"])
    assert before.coming == ()
    assert [line.id for line in before.past] == [first, at.conference.id]


def test_what_runs_past_midnight_is_still_coming(database: Database, clock: StandingClock) -> None:
    at = table(database, running=False)
    running, _case_item, _report = opened(database, at)
    called_off = invited(database, at)
    command = CancelConference(op_id=op(), conference_id=called_off, reason="延期")
    cancel_conference(database, at["cga"], command)
    clock.advance(days=22)
    with database.read() as desk:
        lines = coming_conferences(desk, at["bank"], 5)
    assert [(line.id, line.status) for line in lines] == [(running, ConferenceStatus.OPEN)]


def test_a_month_shows_conferences_holidays_and_days_not_planned_yet(database: Database) -> None:
    at = table(database, running=False)
    series_id = set_up(database, at)
    command = PlanOccurrence(op_id=op(), series_id=series_id, occurrence="2026-12")
    plan_occurrence(database, at["cga"], command)
    with database.read() as desk:
        december = conference_month(desk, at["cga"], 2026, 12)
        january = conference_month(desk, at["cga"], 2027, 1)
        seen_by_others = conference_month(desk, at["bank"], 2027, 1)
    assert [len(week) for week in december.weeks] == [7] * 5
    assert (december.weeks[0][0].day, december.weeks[0][0].in_month) == (date(2026, 11, 30), False)
    assert [day.day for day in december.busy] == [date(2026, 12, 15)]
    assert [one.key for day in january.busy for one in day.unplanned] == ["2027-01"]
    assert (january.before, january.after) == (date(2026, 12, 1), date(2027, 2, 1))
    holidays = {day.day.day: day.holiday for w in january.weeks for day in w if day.in_month}
    assert (holidays[1], holidays[11], holidays[12]) == ("元日", "成人の日", None)
    assert seen_by_others.busy == ()


def test_a_day_begins_at_midnight_in_japan(database: Database) -> None:
    at = table(database, running=False)
    early = planned(database, at, held="2027-01-01", start_time="00:00")
    late = planned(database, at, held="2026-12-31", start_time="23:30")
    with database.read() as desk:
        january = conference_month(desk, at["cga"], 2027, 1)
    found = [(day.day, line.id) for w in january.weeks for day in w for line in day.conferences]
    assert found == [(date(2026, 12, 31), late), (date(2027, 1, 1), early)]
