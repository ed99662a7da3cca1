"""Tries are counted before they are made, in whichever process and at whichever instant."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from app.domain.errors import TooMany
from app.store.tables.people import AttemptRow
from app.store.unit_of_work import Database
from auth import throttle
from tests.factories import StandingClock


def _may_try(database: Database, whom: str = "somebody") -> bool:
    try:
        with database.begin() as uow:
            throttle.take(uow, throttle.PER_ACCOUNT, whom)
    except TooMany:
        return False
    return True


def test_tries_at_the_same_instant_all_count(database: Database) -> None:
    with ThreadPoolExecutor(12) as many:
        allowed = list(many.map(lambda _n: _may_try(database), range(24)))
    assert sum(allowed) == throttle.PER_ACCOUNT.most


def test_a_refused_try_does_not_prolong_the_wait(database: Database, clock: StandingClock) -> None:
    for _try in range(5):
        _may_try(database)
    clock.advance(minutes=10)
    assert not _may_try(database)
    clock.advance(minutes=5)
    assert _may_try(database)


def test_one_account_does_not_stop_another(database: Database) -> None:
    for _try in range(6):
        _may_try(database)
    assert _may_try(database, "somebody else")


def test_giving_back_never_leaves_more_than_nothing_taken(database: Database) -> None:
    for _time in range(2):
        with database.begin() as uow:
            throttle.give_back(uow, throttle.PER_ACCOUNT, "somebody")
    assert sum(_may_try(database) for _try in range(9)) == 5


def test_old_counts_are_forgotten(database: Database, clock: StandingClock) -> None:
    _may_try(database)
    clock.advance(minutes=31)
    with database.begin() as uow:
        throttle.forget_old(uow)
        assert uow.session.exec(select(AttemptRow)).all() == []


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("unix socket", "unknown"),
        (None, "unknown"),
    ],
)
def test_addresses_of_one_holder_count_together(address: str | None, counted_as: str) -> None:
    assert throttle.network_of(address) == counted_as
