"""The product in another language: pages, refusals, days and the choice at the foot of a page."""

from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.store.unit_of_work import Database
from app.web import days
from tests.factories import op, table
from tests.web.pages import Pages, words_of

ORIGIN = "http://localhost:8000"
# Neither database speaks: one is enough.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ENGLISH = {"Accept-Language": "en-GB,en;q=0.9,ja;q=0.5"}


@pytest.fixture
def pages(database: Database, tmp_path: Path) -> Pages:
    pages = Pages(database, tmp_path)
    pages.actor = table(database, running=False)["cga"]
    return pages


@pytest.fixture
def browser(pages: Pages) -> FlaskClient:
    return pages.app.test_client()


def read(browser: FlaskClient, path: str = "/", **headers: str) -> TestResponse:
    return browser.get(path, base_url=ORIGIN, headers=headers)


def choose(browser: FlaskClient, **form: str) -> TestResponse:
    return browser.post("/language", data=form, base_url=ORIGIN)


def test_a_page_speaks_the_language_the_browser_asks_for(browser: FlaskClient) -> None:
    page = read(browser, **ENGLISH)
    assert '<html lang="en"' in page.text
    assert "Today’s conference 14:00～16:00" in words_of(page)
    assert "自機関の案件" in words_of(read(browser))


def test_the_choice_is_kept_and_leads_back_to_where_it_was_made(browser: FlaskClient) -> None:
    answer = choose(browser, language="en", back="/cases?view=ended")
    assert (answer.status_code, answer.location) == (303, "/cases?view=ended")
    assert "Cases of your agency" in words_of(read(browser))
    choose(browser, language="ja", back="/")
    assert "自機関の案件" in words_of(read(browser, **ENGLISH))


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_the_choice_leads_to_no_other_house(browser: FlaskClient, back: str) -> None:
    assert choose(browser, language="en", back=back).location == "/"


def test_a_language_the_product_does_not_speak_is_refused(browser: FlaskClient) -> None:
    answer = choose(browser, language="tlh", back="/")
    assert (answer.status_code, "表示する言語を選び直してください。" in answer.text) == (400, True)
    assert "Set-Cookie" not in answer.headers


def test_a_refusal_is_told_in_english_as_json(browser: FlaskClient) -> None:
    answer = browser.post("/api/act/fly", json={}, base_url=ORIGIN, headers=ENGLISH)
    assert answer.get_json() == {
        "ok": False,
        "code": "unknown_command",
        "message": "This operation does not exist.",
        "remedy": "Please reload the page.",
        "fields": {},
        "detail": {},
    }


def test_what_is_no_refusal_of_a_rule_is_told_in_english_too(browser: FlaskClient) -> None:
    answer = read(browser, "/api/nowhere", **ENGLISH)
    assert answer.get_json()["message"] == "It does not exist, or you may not view it."


def test_a_refused_form_is_shown_again_in_english(browser: FlaskClient) -> None:
    form = {"csrf": "token", "op_id": op(), "back": "/firms/new", "name": "x" * 500}
    answer = browser.post("/act/create_firm", data=form, base_url=ORIGIN, headers=ENGLISH)
    assert answer.status_code == 400
    told = words_of(answer)
    assert "Firm name：Please enter at most 120 characters (now 500)." in told
    assert "Please correct the items shown and send it again." in told
    # Changing the language there leads to the form, not to the address that only takes it.
    foot = answer.text.split('class="language-switch"')[1]
    assert 'name="back" value="/firms/new"' in foot


@pytest.mark.parametrize(
    ("language", "era", "western", "monday"),
    [
        ("ja", "令和8年11月24日(火)", "2026年11月24日(火)", "月"),
        ("en", "2026/11/24 (Tue)", "2026/11/24 (Tue)", "Mon"),
    ],
)
def test_days_are_written_as_the_language_writes_them(
    pages: Pages, language: str, era: str, western: str, monday: str
) -> None:
    day = date(2026, 11, 24)
    with pages.app.test_request_context(headers={"Accept-Language": language}):
        assert (days.wareki(day), days.western(day)) == (era, western)
        assert days.weekday_names()[0] == monday
        assert (days.wareki(None), days.western(None)) == ("", "")
