"""No other site can send a form in a person's name."""

import pytest

from auth import csrf
from tests.auth.browser import Browser
from tests.auth.house import PASSWORD, House

EMAIL = "tanaka@bank.example.jp"


@pytest.fixture
def browser(house: House) -> Browser:
    found = house.browser()
    found.sign_in(EMAIL, PASSWORD)
    return found


def test_a_form_with_the_token_of_the_session_is_taken(browser: Browser) -> None:
    answer = browser.fill_in("/whoami", page="/capacity")
    assert (answer.status_code, answer.text) == (200, "田中 一郎 つむぎ坂信用金庫")


def test_a_script_may_send_the_token_in_a_header(browser: Browser) -> None:
    token = browser.csrf("/capacity")
    assert browser.post_with({csrf.HEADER: token}, "/whoami").status_code == 200


@pytest.mark.parametrize("token", ["", "x", "é", "0" * 64])
def test_a_wrong_token_is_refused(browser: Browser, token: str) -> None:
    answer = browser.post("/whoami", csrf=token)
    assert answer.status_code == 400
    assert "確認番号が一致しなかった" in answer.text


def test_a_missing_token_is_refused(browser: Browser) -> None:
    assert browser.post("/whoami").status_code == 400


def test_the_token_of_somebody_elses_session_is_refused(house: House, browser: Browser) -> None:
    house.enrol("鈴木 花子", "suzuki@bank.example.jp", house.bank)
    attacker = house.browser()
    attacker.sign_in("suzuki@bank.example.jp", PASSWORD)
    assert browser.post("/whoami", csrf=attacker.csrf("/capacity")).status_code == 400


def test_the_token_from_before_signing_in_is_refused_after(house: House) -> None:
    browser = house.browser()
    early = browser.csrf()
    browser.post("/sign-in", csrf=early, email=EMAIL, password=PASSWORD)
    assert browser.post("/whoami", csrf=early).status_code == 400


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:8001"])
def test_another_origin_is_refused_even_with_the_right_token(browser: Browser, origin: str) -> None:
    token = browser.csrf("/capacity")
    assert browser.post_with({"Origin": origin}, "/whoami", csrf=token).status_code == 400


def test_our_own_origin_is_taken(browser: Browser) -> None:
    token = browser.csrf("/capacity")
    answer = browser.post_with({"Origin": "http://localhost:8000"}, "/whoami", csrf=token)
    assert answer.status_code == 200


def test_signing_in_needs_the_token_bound_to_this_browsers_cookie(house: House) -> None:
    attackers = house.browser().csrf()
    victim = house.browser()
    for token in ("", attackers):
        answer = victim.post("/sign-in", csrf=token, email=EMAIL, password=PASSWORD)
        assert answer.status_code == 400
    victim.csrf()
    answer = victim.post("/sign-in", csrf=attackers, email=EMAIL, password=PASSWORD)
    assert answer.status_code == 400
    assert victim.token(house.settings) is None


def test_a_planted_cookie_does_not_help_without_the_signature(house: House) -> None:
    victim = house.browser()
    victim.client.set_cookie("entaku_form", "planted", domain="localhost")
    answer = victim.post("/sign-in", csrf="planted", email=EMAIL, password=PASSWORD)
    assert answer.status_code == 400


def test_signing_out_needs_the_token_too(browser: Browser) -> None:
    assert browser.post("/sign-out").status_code == 400
    assert browser.who() == "田中 一郎 つむぎ坂信用金庫"


def test_changes_by_nobody_are_told_to_sign_in_not_that_a_number_is_wrong(house: House) -> None:
    answer = house.browser().post("/whoami", csrf="stale")
    assert answer.status_code == 401
    assert "サインイン" in answer.text


def test_a_page_left_open_past_the_session_leads_to_signing_in(house: House) -> None:
    assert house.browser().post("/api/act/give_stance").status_code == 401
