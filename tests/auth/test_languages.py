import re
from html import unescape

import pytest

from tests.auth.browser import Browser
from tests.auth.house import House

# Neither database speaks: one is enough.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
JAPANESE = re.compile("[ぁ-ゖァ-ヺ一-鿿]+")


@pytest.fixture
def browser(house: House) -> Browser:
    return house.browser()


def choose_english(browser: Browser) -> None:
    answer = browser.fill_in("/language", language="en", back="/sign-in?next=/cases")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/cases")


def shown(text: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", text))


def test_the_language_is_chosen_before_signing_in(browser: Browser) -> None:
    choose_english(browser)
    page = shown(browser.get("/sign-in").text)
    assert "Email address or agency ID" in page
    # What is left in Japanese is the way back to it.
    assert JAPANESE.findall(page) == ["日本語"]


def test_a_choice_of_language_without_the_pages_proof_is_refused(browser: Browser) -> None:
    answer = browser.post("/language", language="en", back="/")
    assert answer.status_code == 400
    assert browser.client.get_cookie("language", "localhost") is None


def test_a_refused_sign_in_is_told_in_the_language_chosen(browser: Browser) -> None:
    choose_english(browser)
    page = shown(browser.sign_in("nobody@bank.example.jp", "wrong").text)
    assert "The email address or the password is wrong." in page
    assert JAPANESE.findall(page) == ["日本語"]
