"""Connections end with the sign-in behind them, and nobody is asked about twice for nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from app.settings import Settings
from app.store.tables.agencies import AgencyRow
from app.store.tables.people import MembershipRow, PersonRow, SessionRow
from auth import session
from tests.factories import table
from tests.realtime.test_relay import Ears


@pytest.fixture
def at(database):
    return table(database)


@pytest.fixture
def ears(database, at, tmp_path):
    made = Ears(database)
    settings = Settings(data=tmp_path, database_url="sqlite://", secret=b"secret")
    with database.begin() as uow:
        actor = at["bank"]
        token = session.start(
            uow, settings, person_id=actor.person_id, membership_id=actor.membership_id
        )
    made.listen("bank", actor, token=session.hash_of(token))
    return made


@pytest.fixture
def questions(database):
    """Questions about sign-ins while the test runs."""
    seen = []

    def note(_connection, _cursor, statement, *_more):
        if "FROM session" in statement:
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


def change(database, row_type, **values):
    with database.begin() as uow:
        for row in uow.session.exec(select(row_type)):
            for name, value in values.items():
                setattr(row, name, value)
            uow.session.add(row)


def test_once_asked_sqlite_only_tells_that_nothing_ended(database, ears, questions):
    for _look in range(5):
        ears.sign_ins.drop_ended()
    assert ears.cut == []
    on_sqlite = database.engine.dialect.name == "sqlite"
    assert len(questions) == (1 if on_sqlite else 5)


def test_being_seen_is_nothing_that_may_have_ended_it(database, ears, questions, clock):
    ears.sign_ins.drop_ended()
    del questions[:]
    change(database, SessionRow, seen_at=clock() + timedelta(seconds=1))
    del questions[:]
    ears.sign_ins.drop_ended()
    assert len(questions) == (0 if database.engine.dialect.name == "sqlite" else 1)


@pytest.mark.parametrize(
    ("row_type", "values"),
    [
        (SessionRow, {"revoked_at": "now"}),
        (PersonRow, {"active": False}),
        (MembershipRow, {"active": False}),
        (MembershipRow, {"valid_to": "yesterday"}),
        (AgencyRow, {"valid_to": "yesterday"}),
    ],
)
def test_whatever_ends_it_ends_the_connection(database, ears, clock, row_type, values):
    ears.sign_ins.drop_ended()
    assert ears.cut == []
    words = {"now": clock(), "yesterday": clock().date() - timedelta(days=1)}
    change(database, row_type, **{name: words.get(value, value) for name, value in values.items()})
    ears.sign_ins.drop_ended()
    assert ears.cut == [("bank", "/live")]


def test_a_sign_in_ends_by_its_own_time(database, ears, clock):
    ears.sign_ins.drop_ended()
    clock.advance(hours=13)
    ears.sign_ins.drop_ended()
    assert ears.cut == [("bank", "/live")]


def test_a_membership_ends_with_its_last_day(database, ears, clock):
    change(database, MembershipRow, valid_to=clock().date())
    change(database, SessionRow, expires_at=clock() + timedelta(days=2))
    ears.sign_ins.drop_ended()
    assert ears.cut == []
    clock.advance(hours=24)
    ears.sign_ins.drop_ended()
    assert ears.cut == [("bank", "/live")]


def test_who_came_meanwhile_is_asked_about(database, at, ears, tmp_path):
    ears.sign_ins.drop_ended()
    ears.listen("unknown", at["cga"], token="0" * 64)
    ears.sign_ins.drop_ended()
    assert ears.cut == [("unknown", "/live")]
