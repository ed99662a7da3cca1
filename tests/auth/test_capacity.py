"""A seconded person (出向者) acts for one agency at a time and says for which."""

import pytest

from app.domain.vocabulary import Role
from app.store.tables.people import MembershipRow
from auth import acting, session
from auth.people import join
from tests.auth.browser import Browser
from tests.auth.house import PASSWORD, House
from tests.factories import StandingClock

EMAIL = "suzuki@bank.example.jp"


@pytest.fixture
def seconded(house: House) -> dict[str, str]:
    """Suzuki belongs to the bank and to the council; membership ids by agency key."""
    person_id = house.enrol("鈴木 花子", EMAIL, house.bank)
    with house.database.begin() as uow:
        bank = join(uow, person_id, house.bank.id, Role.PARTICIPANT)
        council = join(uow, person_id, house.council.id, Role.COORDINATOR, title="出向")
    return {"bank": bank.id, "council": council.id}


@pytest.fixture
def browser(house: House, seconded: dict[str, str]) -> Browser:
    found = house.browser()
    answer = found.sign_in(EMAIL, PASSWORD, next="/whoami")
    assert answer.location == "/capacity?next=/whoami"
    return found


def test_until_a_capacity_is_chosen_every_page_leads_to_the_choice(browser: Browser) -> None:
    answer = browser.get("/whoami?x=1")
    assert (answer.status_code, answer.location) == (303, "/capacity?next=/whoami?x%3D1")


def test_until_a_capacity_is_chosen_nothing_can_be_done(house: House, browser: Browser) -> None:
    answer = browser.post("/whoami", csrf=browser.csrf("/capacity"))
    assert answer.status_code == 401
    token = browser.token(house.settings)
    assert token is not None
    with house.database.read() as desk:
        assert acting.actor_of(desk, token) is None


def test_the_choice_shows_both_agencies(browser: Browser) -> None:
    page = browser.get("/capacity").text
    shown = [page.count(name) for name in ("つむぎ坂信用金庫", "東京都中小企業活性化協議会")]
    assert shown == [1, 1]


def test_after_the_choice_the_person_acts_for_that_agency_only(
    house: House, browser: Browser, seconded: dict[str, str]
) -> None:
    before = browser.token(house.settings)
    answer = browser.fill_in(
        "/capacity", page="/capacity", membership=seconded["council"], next="/whoami"
    )
    assert (answer.status_code, answer.location) == (303, "/whoami")
    assert browser.who() == "鈴木 花子 東京都中小企業活性化協議会"
    assert browser.token(house.settings) != before


def test_switching_makes_a_new_token_and_ends_the_old_one(
    house: House, browser: Browser, seconded: dict[str, str]
) -> None:
    browser.fill_in("/capacity", page="/capacity", membership=seconded["council"])
    before = browser.token(house.settings)
    assert before is not None
    browser.fill_in("/capacity", page="/capacity", membership=seconded["bank"])
    assert browser.who() == "鈴木 花子 つむぎ坂信用金庫"
    assert house.ended[-1] == session.hash_of(before)
    with house.database.read() as desk:
        assert acting.actor_of(desk, before) is None


def test_switching_does_not_prolong_the_twelve_hours(
    browser: Browser, seconded: dict[str, str], clock: StandingClock
) -> None:
    for _quarter in range(47):
        clock.advance(minutes=15)
        browser.fill_in("/capacity", page="/capacity", membership=seconded["bank"])
    clock.advance(minutes=15)
    assert browser.who() == "nobody"


@pytest.mark.parametrize("wanted", ["", "0" * 32, "somebody else's"])
def test_a_membership_of_nobody_or_somebody_else_cannot_be_chosen(
    house: House, browser: Browser, wanted: str
) -> None:
    if wanted == "somebody else's":
        person_id = house.enrol("高橋 誠", "takahashi@council.example.jp", house.council)
        with house.database.begin() as uow:
            wanted = join(uow, person_id, house.council.id, Role.PARTICIPANT).id
    answer = browser.fill_in("/capacity", page="/capacity", membership=wanted, next="/whoami")
    assert answer.status_code == 400
    assert 'name="next" value="/whoami"' in answer.text
    assert browser.get("/whoami").status_code == 303


def test_when_the_chosen_membership_ends_the_other_one_has_to_be_chosen(
    house: House, browser: Browser, seconded: dict[str, str]
) -> None:
    browser.fill_in("/capacity", page="/capacity", membership=seconded["council"])
    with house.database.begin() as uow:
        uow.session.get_one(MembershipRow, seconded["council"]).active = False
    assert browser.get("/whoami").location == "/capacity?next=/whoami"


def test_without_a_session_the_choice_leads_to_the_sign_in_page(house: House) -> None:
    assert house.browser().get("/capacity").location == "/sign-in?next=/capacity"
