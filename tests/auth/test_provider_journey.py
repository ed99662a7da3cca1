"""The whole way through the real provider of the npm package, as a browser walks it."""

import json
import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import requests
from sqlmodel import select

from app.clock import system_clock
from app.store.tables.people import IdentityRow, PersonRow
from app.store.unit_of_work import Database
from auth.providers import register_provider
from tests.auth.house import House

PROGRAM = Path(__file__).parents[2] / "deploy" / "provider" / "provider.mjs"
SECRET = "provider-secret-of-the-bank"
EMAIL, PASSWORD = "tanaka@bank.example.jp", "組織のパスワード"
START_SECONDS = 60


@contextmanager
def npm_provider(redirect_uri: str, **settings: object) -> Iterator[str]:
    """The provider as a process of its own; yields its issuer."""
    account = {"sub": "employee-7", "email": EMAIL, "email_verified": True, "name": "田中 一郎"}
    client = {"client_id": "entaku", "client_secret": SECRET, "redirect_uris": [redirect_uri]}
    given = {
        "clients": [client],
        "accounts": [{**account, "password": PASSWORD}],
        "endWithInput": True,
        **settings,
    }
    with subprocess.Popen(
        ["node", str(PROGRAM), json.dumps(given)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        alarm = threading.Timer(START_SECONDS, process.kill)
        alarm.start()
        try:
            ready = next(line for line in process.stdout if line.startswith("READY "))
            yield ready.split()[1]
        finally:
            alarm.cancel()
            process.stdin.close()
            process.wait(10)


@pytest.fixture
def database(database: Database) -> Database:
    """The npm provider lives in the present, so we must too."""
    database.clock = system_clock
    return database


Connect = Callable[..., str]


@pytest.fixture
def connect(house: House) -> Iterator[Connect]:
    """Start the bank's provider and enter it; gives the address of the button."""
    with ExitStack() as running:

        def start(**settings: object) -> str:
            provider_id = _register(house, "http://127.0.0.1:1")
            back = f"http://localhost:8000/sign-in/oidc/{provider_id}/callback"
            issuer = running.enter_context(npm_provider(back, **settings))
            assert _register(house, issuer) == provider_id
            return f"/sign-in/oidc/{provider_id}?next=/whoami"

        yield start


def _register(house: House, issuer: str) -> str:
    with house.database.begin() as uow:
        return register_provider(
            uow,
            agency_id=house.bank.id,
            issuer=issuer,
            client_id="entaku",
            client_secret=SECRET,
            email_domains=("bank.example.jp",),
        ).id


class Visit:
    """The same person's browser at the provider."""

    def __init__(self) -> None:
        self.http = requests.Session()

    def follow(self, url: str, form: dict[str, str] | None = None) -> str | requests.Response:
        """Go on until a page has to be read, or the way leads back to us: then that address."""
        answer = self.http.request("POST" if form else "GET", url, data=form, allow_redirects=False)
        while answer.is_redirect:
            url = urljoin(url, answer.headers["Location"])
            if urlsplit(url).netloc == "localhost:8000":
                return url
            answer = self.http.get(url, allow_redirects=False)
        return answer

    def sign_in(self, departure: str, password: str = PASSWORD) -> str | requests.Response:
        page = self.follow(departure)
        assert isinstance(page, requests.Response)
        assert re.findall(r'name="(\w+)"', page.text) == ["viewport", "email", "password", "cancel"]
        return self.follow(page.url, {"email": EMAIL, "password": password})


@pytest.mark.parametrize("tells_all", [False, True])
def test_a_person_comes_in_through_the_agencys_provider(
    house: House, connect: Connect, tells_all: bool
) -> None:
    button = connect(idTokenTellsAll=tells_all)
    browser, visit = house.browser(), Visit()
    back = visit.sign_in(browser.get(button).location)
    assert isinstance(back, str)
    answer = browser.get(back.removeprefix("http://localhost:8000"))
    assert (answer.status_code, answer.location) == (303, "/whoami")
    assert browser.who() == "田中 一郎 つむぎ坂信用金庫"
    with house.database.read() as desk:
        identity = desk.session.exec(select(IdentityRow)).one()
    assert identity.subject == "employee-7"

    browser.fill_in("/sign-out", page="/capacity")
    again = visit.follow(browser.get(button).location)
    assert isinstance(again, str)
    browser.get(again.removeprefix("http://localhost:8000"))
    assert browser.who() == "田中 一郎 つむぎ坂信用金庫"


def test_the_same_answer_does_not_open_the_door_twice(house: House, connect: Connect) -> None:
    browser = house.browser()
    back = Visit().sign_in(browser.get(connect()).location)
    assert isinstance(back, str)
    path = back.removeprefix("http://localhost:8000")
    browser.get(path)
    browser.fill_in("/sign-out", page="/capacity")
    assert browser.get(path).status_code == 400
    assert browser.who() == "nobody"


def test_a_wrong_password_stays_at_the_provider(house: House, connect: Connect) -> None:
    page = Visit().sign_in(house.browser().get(connect()).location, "違うパスワード")
    assert isinstance(page, requests.Response)
    assert page.status_code == 400
    assert "違います" in page.text


def test_giving_up_at_the_provider_leads_back_to_the_sign_in_page(
    house: House, connect: Connect
) -> None:
    browser, visit = house.browser(), Visit()
    page = visit.follow(browser.get(connect()).location)
    assert isinstance(page, requests.Response)
    back = visit.follow(page.url, {"cancel": "1"})
    assert isinstance(back, str)
    answer = browser.get(back.removeprefix("http://localhost:8000"))
    assert answer.status_code == 400
    assert "シングルサインオンを完了できませんでした" in answer.text


def test_somebody_the_provider_knows_but_we_do_not_stays_outside(
    house: House, connect: Connect
) -> None:
    button = connect()
    with house.database.begin() as uow:
        uow.session.exec(select(PersonRow)).one().email = "someone-else@bank.example.jp"
    browser = house.browser()
    back = Visit().sign_in(browser.get(button).location)
    assert isinstance(back, str)
    assert browser.get(back.removeprefix("http://localhost:8000")).status_code == 403
    assert browser.who() == "nobody"


def test_the_provider_does_not_outlive_its_starter() -> None:
    with npm_provider("http://localhost:8000/back") as issuer:
        assert requests.get(f"{issuer}/jwks", timeout=5).status_code == 200
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{issuer}/jwks", timeout=5)
