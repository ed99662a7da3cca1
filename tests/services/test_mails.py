"""The outbox of mails: put in once, taken up by one, and marked for good."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlmodel import select

from app.domain.reminding import MailState
from app.queries.mails import counts, reasons, to_send
from app.services import mails
from app.services.putting_away import put_away
from app.store.tables.mails import MailRow
from app.store.unit_of_work import Database
from tests.factories import StandingClock, table

TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
AT_ONCE = 6


@pytest.fixture
def people(database: Database) -> list[str]:
    at = table(database, running=False)
    return [at["bank"].person_id, at["cga"].person_id]


def at_once(act: Callable[[], object]) -> list[object]:
    """The same by several, who wait for each other and then begin."""
    barrier = Barrier(AT_ONCE)

    def begin() -> object:
        barrier.wait(10)
        return act()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [one.result() for one in [pool.submit(begin) for _ in range(AT_ONCE)]]


def rows(database: Database) -> list[tuple[str, date, str]]:
    with database.read() as desk:
        return sorted(
            (row.person_id, row.day, row.state) for row in desk.session.exec(select(MailRow))
        )


def waiting(database: Database) -> list[tuple[str, int]]:
    with database.read() as desk:
        return [(one.id, one.tries) for one in to_send(desk)]


def test_those_who_put_in_the_same_day_at_once_put_it_in_once(
    database: Database, people: list[str]
) -> None:
    made = at_once(lambda: mails.put_in(database, TUESDAY, people))
    assert sorted(map(str, made)) == ["0"] * (AT_ONCE - 1) + ["2"]
    assert rows(database) == sorted((one, TUESDAY, "waiting") for one in people)


def test_of_those_who_take_one_up_at_once_one_gets_it(
    database: Database, people: list[str]
) -> None:
    mails.put_in(database, TUESDAY, people[:1])
    ((mail_id, tries),) = waiting(database)
    taken = at_once(lambda: mails.take_up(database, mail_id, tries))
    assert taken.count(True) == 1
    assert waiting(database) == [(mail_id, 1)]


def test_what_was_sent_is_neither_taken_up_nor_put_in_again(
    database: Database, people: list[str]
) -> None:
    mails.put_in(database, TUESDAY, people[:1])
    ((mail_id, _tries),) = waiting(database)
    mails.take_up(database, mail_id, 0)
    mails.mark_sent(database, mail_id)
    mails.mark_given_up(database, mail_id, "too late")
    assert not mails.take_up(database, mail_id, 1)
    assert mails.put_in(database, TUESDAY, people[:1]) == 0
    assert rows(database) == [(people[0], TUESDAY, "sent")]


def test_an_earlier_one_is_overtaken_where_there_is_a_new_one_and_old_news_is_given_up(
    database: Database, people: list[str]
) -> None:
    bank, cga = people
    mails.put_in(database, TUESDAY, people)
    mails.put_in(database, WEDNESDAY, [bank])
    assert rows(database) == sorted(
        [
            (bank, TUESDAY, "needless"),
            (bank, WEDNESDAY, "waiting"),
            (cga, TUESDAY, "waiting"),
        ]
    )
    mails.put_in(database, date(2026, 11, 27), [])
    assert (cga, TUESDAY, "waiting") in rows(database)
    mails.put_in(database, date(2026, 11, 30), [])
    assert (cga, TUESDAY, "given_up") in rows(database)
    with database.read() as desk:
        assert reasons(desk) == (mails.TOO_OLD,)
        assert counts(desk) == {"sent": 0, "waiting": 1, "given_up": 1, "needless": 1}


def test_what_came_in_the_way_is_kept_short_and_stays_with_what_waits(
    database: Database, people: list[str]
) -> None:
    mails.put_in(database, TUESDAY, people[:1])
    ((mail_id, _tries),) = waiting(database)
    mails.note_hindrance(database, mail_id, "x" * 500)
    with database.read() as desk:
        row = desk.session.get_one(MailRow, mail_id)
    assert (row.state, len(row.reason)) == (MailState.WAITING, mails.LONGEST_REASON)


def test_what_is_long_done_is_put_away_and_what_waits_is_not(
    database: Database, people: list[str], clock: StandingClock
) -> None:
    mails.put_in(database, TUESDAY, people)
    ((mail_id, _tries), _other) = waiting(database)
    mails.mark_sent(database, mail_id)
    clock.advance(days=90)
    assert put_away(database)["mails"] == 0
    clock.advance(minutes=1)
    assert put_away(database)["mails"] == 1
    assert [state for _person, _day, state in rows(database)] == ["waiting"]
