"""Behind HTTPS every cookie is bound to the host and travels encrypted only."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from werkzeug.test import TestResponse

from app.store.unit_of_work import Database
from tests.auth import hostile
from tests.auth.browser import Browser
from tests.auth.house import PASSWORD, House, open_house
from tests.auth.scene import Scene
from tests.factories import StandingClock

ORIGIN = "https://entaku.example.jp"


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    return open_house(database, tmp_path, origins=(ORIGIN,), secure_cookies=True)


@pytest.fixture
def browser(house: House) -> Browser:
    return Browser(house.app.test_client(), ORIGIN)


@pytest.fixture
def scene(house: House, browser: Browser, clock: StandingClock) -> Iterator[Scene]:
    with hostile.running(clock) as provider, hostile.running(clock) as other:
        yield Scene(house, clock, provider, other, browser)


def cookies_of(answer: TestResponse) -> dict[str, set[str]]:
    """Attributes of each cookie the answer sets."""
    found = {}
    for line in answer.headers.getlist("Set-Cookie"):
        value, *attributes = line.split("; ")
        name = value.split("=")[0]
        found[name] = {a for a in attributes if not a.startswith(("Max-Age", "Expires"))}
    return found


BOUND = {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_all_cookies_of_signing_in_and_out_are_bound_to_the_host(
    browser: Browser, scene: Scene
) -> None:
    page = browser.get("/sign-in")
    assert cookies_of(page) == {"__Host-entaku_form": BOUND}
    entered = browser.sign_in("tanaka@bank.example.jp", PASSWORD)
    assert cookies_of(entered) == {"__Host-entaku_session": BOUND}
    assert browser.who() == "田中 一郎 つむぎ坂信用金庫"
    left = browser.fill_in("/sign-out", page="/capacity")
    assert cookies_of(left) == {"__Host-entaku_session": BOUND}
    assert browser.who() == "nobody"
    departed = scene.depart()
    assert cookies_of(departed) == {f"__Host-entaku_departure_{scene.provider_id}": BOUND}


def test_the_provider_is_told_the_public_address(scene: Scene, browser: Browser) -> None:
    asked = parse_qs(urlsplit(scene.depart().location).query)
    assert asked["redirect_uri"] == [f"{ORIGIN}/sign-in/oidc/{scene.provider_id}/callback"]
    assert scene.come_back().location == "/whoami"
    assert browser.who() == "田中 一郎 つむぎ坂信用金庫"


def test_browsers_are_told_to_stay_with_https(browser: Browser) -> None:
    assert browser.get("/sign-in").headers["Strict-Transport-Security"] == "max-age=31536000"
