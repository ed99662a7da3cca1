"""How often the relay looks at all: nobody pays for rooms in which nothing happens."""

from contextlib import contextmanager

import gevent
import pytest
from sqlalchemy import event

from app.services.consents import WithdrawConsent, withdraw_consent
from app.services.discussion import SayRemark, say_remark
from app.store.unit_of_work import Database
from realtime.relay import POLL_SECONDS
from tests.factories import op, table
from tests.realtime.test_relay import Ears


@pytest.fixture
def at(database):
    return table(database)


@pytest.fixture
def ears(database, at):
    ears = Ears(database)
    database.hand_over = ears.relay.take
    ears.listen("bank", at["bank"], room(at))
    ears.relay.drain()
    look(ears)
    return ears


def room(at):
    return f"i-{at.item.id}"


def say(database, at):
    command = SayRemark(op_id=op(), item_id=at.item.id, text="粗利率が低下しています。")
    say_remark(database, at["bank"], command)


def look(ears):
    """As half a second later."""
    ears.relay._looked = 0.0
    ears.relay.drain()


@contextmanager
def statements(database):
    """Everything the database is asked meanwhile."""
    asked = []

    def note(_connection, _cursor, statement, *_more):
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield asked
    event.remove(database.engine, "before_cursor_execute", note)


def test_where_nobody_has_written_nothing_is_asked(database, at, ears):
    """PostgreSQL does not say whether anybody has, so there it is asked each time."""
    with statements(database) as asked:
        look(ears)
        look(ears)
    assert bool(asked) is (database.engine.dialect.name != "sqlite")


def test_what_this_process_wrote_itself_is_no_reason_to_look(database, at, ears):
    say(database, at)
    ears.relay.drain()
    look(ears)
    say(database, at)
    with statements(database) as asked:
        ears.relay.drain()
        look(ears)
    assert ears.heard == [("bank", "remark_made")] * 2
    assert bool(asked) is (database.engine.dialect.name != "sqlite")


def test_what_another_process_wrote_is_found_by_the_next_look(database, at, ears):
    elsewhere = Database(database.engine, database.clock, database.secret)
    for number in range(1, 4):
        say(elsewhere, at)
        look(ears)
        assert ears.heard == [("bank", "remark_made")] * number


def test_what_could_not_be_looked_at_is_looked_at_again(database, at, ears):
    """A right that ended: who may listen is asked, which fails the first time."""
    ears.listen("council", at["council"], room(at))
    say(database, at)
    ears.relay.drain()
    look(ears)  # from here on this process knows itself alone
    command = WithdrawConsent(op_id=op(), case_id=at.case.id, reason="本人の申し出")
    withdraw_consent(database, at["bank"], command)
    failed = []

    def fails_once(*_asked):
        if not failed:
            failed.append(True)
            raise RuntimeError("out of reach")

    event.listen(database.engine, "before_cursor_execute", fails_once)
    running = gevent.spawn(ears.relay.run)
    try:
        with gevent.Timeout(10 * POLL_SECONDS):
            while not ears.evicted:
                gevent.sleep(0.01)
    finally:
        running.kill()
        event.remove(database.engine, "before_cursor_execute", fails_once)
    assert failed
    assert ears.evicted == {("council", room(at))}
