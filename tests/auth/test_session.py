"""Sessions: how long they live, when they end, and that rights are read each time."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import select

from app.domain.vocabulary import Role
from app.settings import Settings
from app.store.tables.people import MembershipRow, PersonRow, SessionRow
from app.store.unit_of_work import UnitOfWork
from auth import accounts, acting, session
from auth.people import join
from tests.auth.browser import Browser
from tests.auth.house import PASSWORD, House
from tests.factories import StandingClock

EMAIL = "tanaka@bank.example.jp"
TANAKA = "田中 一郎 つむぎ坂信用金庫"


@pytest.fixture
def browser(house: House) -> Browser:
    """Somebody who has signed in."""
    signed_in = house.browser()
    signed_in.sign_in(EMAIL, PASSWORD)
    assert signed_in.who() == TANAKA
    return signed_in


def test_without_a_session_nobody_asks(house: House) -> None:
    assert house.browser().who() == "nobody"


def test_a_session_ends_after_thirty_idle_minutes(browser: Browser, clock: StandingClock) -> None:
    clock.advance(minutes=29, seconds=59)
    assert browser.who() == TANAKA
    clock.advance(minutes=29, seconds=59)
    assert browser.who() == TANAKA
    clock.advance(minutes=30)
    assert browser.who() == "nobody"


def test_a_session_ends_after_twelve_hours_whatever_happens(
    browser: Browser, clock: StandingClock
) -> None:
    for _quarter in range(47):
        clock.advance(minutes=15)
        assert browser.who() == TANAKA
    clock.advance(minutes=15)
    assert browser.who() == "nobody"


def test_use_is_noted_at_most_once_a_minute(
    house: House, browser: Browser, clock: StandingClock
) -> None:
    begun = clock()
    seen = []
    for _half_minute in range(3):
        clock.advance(seconds=30)
        browser.who()
        with house.database.read() as desk:
            row = desk.session.exec(select(SessionRow)).one()
        seen.append((row.seen_at - begun).total_seconds())
    assert seen == [0, 60, 60]


def test_a_clock_set_back_neither_ends_nor_prolongs_a_session(
    browser: Browser, clock: StandingClock
) -> None:
    clock.advance(hours=-1)
    assert browser.who() == TANAKA
    clock.advance(hours=1, minutes=30)
    assert browser.who() == "nobody"


def test_signing_out_ends_the_session_in_the_store_too(house: House, browser: Browser) -> None:
    token = browser.token(house.settings)
    assert token is not None
    answer = browser.fill_in("/sign-out", page="/capacity")
    assert answer.location == "/sign-in?left=1"
    assert browser.token(house.settings) is None
    browser.client.set_cookie(session.cookie_name(house.settings), token, domain="localhost")
    assert browser.who() == "nobody"
    assert house.ended == [session.hash_of(token)]


def test_signing_in_makes_a_new_token_and_ends_the_one_before(
    house: House, browser: Browser
) -> None:
    before = browser.token(house.settings)
    assert before is not None
    browser.fill_in("/sign-in", page="/capacity", email=EMAIL, password=PASSWORD)
    after = browser.token(house.settings)
    assert after not in (None, before)
    assert house.ended == [session.hash_of(before)]
    with house.database.read() as desk:
        assert acting.actor_of(desk, before) is None


def test_a_token_planted_before_signing_in_is_worth_nothing_after(house: House) -> None:
    browser = house.browser()
    planted = "a" * 43
    browser.client.set_cookie(session.cookie_name(house.settings), planted, domain="localhost")
    browser.sign_in(EMAIL, PASSWORD)
    assert browser.token(house.settings) != planted
    assert browser.who() == TANAKA


def _person_shut_out(uow: UnitOfWork) -> None:
    uow.session.exec(select(PersonRow)).one().active = False


def _membership_shut(uow: UnitOfWork) -> None:
    uow.session.exec(select(MembershipRow)).one().active = False


def _membership_over(uow: UnitOfWork) -> None:
    uow.session.exec(select(MembershipRow)).one().valid_to = date(2026, 11, 23)


def _membership_not_begun(uow: UnitOfWork) -> None:
    uow.session.exec(select(MembershipRow)).one().valid_from = date(2026, 11, 25)


def _all_sessions_revoked(uow: UnitOfWork) -> None:
    session.revoke_all(uow, uow.session.exec(select(PersonRow.id)).one())


@pytest.mark.parametrize(
    "loss",
    [
        _person_shut_out,
        _membership_shut,
        _membership_over,
        _membership_not_begun,
        _all_sessions_revoked,
    ],
)
def test_a_right_that_ends_ends_at_the_next_request(
    house: House, browser: Browser, loss: Callable[[UnitOfWork], None]
) -> None:
    with house.database.begin() as uow:
        loss(uow)
    assert browser.who() == "nobody"


def test_a_membership_counts_on_its_first_and_last_day_in_japan(
    house: House, browser: Browser, clock: StandingClock
) -> None:
    with house.database.begin() as uow:
        membership = uow.session.exec(select(MembershipRow)).one()
        membership.valid_from = membership.valid_to = date(2026, 11, 24)
    clock.advance(minutes=20)
    assert browser.who() == TANAKA
    clock.advance(hours=14, minutes=39)
    browser.sign_in(EMAIL, PASSWORD)
    assert browser.who() == TANAKA
    clock.advance(minutes=1)
    assert browser.who() == "nobody"


def test_the_live_door_finds_the_same_actor_in_a_wsgi_request(
    house: House, browser: Browser
) -> None:
    cookie = f"x=1; {session.cookie_name(house.settings)}={browser.token(house.settings)}; y=2"
    token = session.token_from_environ({"HTTP_COOKIE": cookie}, house.settings)
    assert token is not None
    with house.database.read() as desk:
        found = acting.actor_of(desk, token)
    assert found is not None
    actor, ref = found
    assert (actor.person_name, actor.agency_id) == ("田中 一郎", house.bank.id)
    assert (ref.id, ref.person_id) == (session.hash_of(token), actor.person_id)


@pytest.mark.parametrize("cookies", ["", "entaku_session=", "entaku_session", ";;=;", "é=\udcff"])
def test_broken_cookies_stand_for_nobody(house: House, cookies: str) -> None:
    assert session.token_from_environ({"HTTP_COOKIE": cookies}, house.settings) is None


def test_with_https_the_cookie_is_bound_to_the_host_and_a_bare_one_is_not_read(
    settings: Settings,
) -> None:
    secure = settings.model_copy(update={"secure_cookies": True})
    assert session.cookie_name(secure) == "__Host-entaku_session"
    assert session.token_from_environ({"HTTP_COOKIE": "entaku_session=a"}, secure) is None


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites_forms(house: House) -> None:
    cookie = house.browser().sign_in(EMAIL, PASSWORD).headers.getlist("Set-Cookie")[-1]
    name_and_token, *attributes = cookie.split("; ")
    assert name_and_token.startswith("entaku_session=")
    assert sorted(attributes) == ["HttpOnly", "Path=/", "SameSite=Lax"]


def test_a_new_password_ends_all_other_sessions(house: House, browser: Browser) -> None:
    other = house.browser()
    other.sign_in(EMAIL, PASSWORD)
    with house.database.read() as desk:
        person_id = desk.session.exec(select(PersonRow.id)).one()
    token = browser.token(house.settings)
    assert token is not None
    accounts.set_password(
        house.database,
        person_id,
        "夕方の紅茶は一杯だけにする",
        keep_session=session.hash_of(token),
    )
    assert (browser.who(), other.who()) == (TANAKA, "nobody")
    assert house.browser().sign_in(EMAIL, PASSWORD).status_code == 400
    assert house.browser().sign_in(EMAIL, "夕方の紅茶は一杯だけにする").status_code == 303


def test_joining_the_second_agency_does_not_change_who_one_acts_for_now(
    house: House, browser: Browser
) -> None:
    with house.database.begin() as uow:
        person_id = uow.session.exec(select(PersonRow.id)).one()
        join(uow, person_id, house.council.id, Role.PARTICIPANT)
    assert browser.who() == TANAKA
