"""The stage for journeys: a real server, a real browser, people with passwords."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from sqlmodel import SQLModel

from app.domain.people import Actor
from app.store.tables.agencies import AgencyRow
from app.store.tables.people import PersonRow
from app.store.unit_of_work import Database
from auth import people
from auth.passwords import hash_password
from tests import engines
from tests.factories import actor_of, six_agencies
from tests.journeys.hands import FLAGS, Hands
from tests.journeys.place import TWO_NODES, Place
from tests.serving import Server, serving

# How soon something is seen is measured elsewhere; here the machine may be as slow as it is.
expect.set_options(timeout=15_000)
PASSWORD = "hayabusa-tsuki-ringo-47"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=engines.chromium(), args=FLAGS)
        yield launched
        launched.close()


@dataclass
class Stage:
    """Six agencies with one person each and an outsider; nothing has happened yet."""

    server: Server
    browser: Browser
    database: Database
    agencies: dict[str, AgencyRow]
    actors: dict[str, Actor]
    sockets: bool
    entered: dict[str, Hands] = field(default_factory=dict)

    def enter(self, who: str, *, script: bool = True) -> Hands:
        """The person signs in through the form, as everybody does."""
        hands = Hands(self.browser, self.server.url, sockets=self.sockets, script=script)
        with self.database.read() as desk:
            email = desk.session.get_one(PersonRow, self.actors[who].person_id).email
        hands.sign_in(email, PASSWORD)
        self.entered[who] = hands
        return hands


@pytest.fixture(params=["websocket", "polling"])
def transport(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def stage(
    tmp_path: Path, browser: Browser, transport: str, request: pytest.FixtureRequest
) -> Iterator[Stage]:
    url = f"sqlite:///{tmp_path / 'entaku.sqlite3'}"
    with serving_after(tmp_path / "data", url) as server:
        hashed = hash_password(PASSWORD)
        with server.database.begin() as uow:
            agencies, actors, outside = six_agencies(uow)
            actors["outsider"] = actor_of(uow, outside, "外山 徹")
            for actor in actors.values():
                people.put_password(uow, actor.person_id, hashed)
        made = Stage(server, browser, server.database, agencies, actors, transport == "websocket")
        failed = request.session.testsfailed
        yield made
        if request.session.testsfailed > failed:
            for who, hands in made.entered.items():
                hands.shot(f"failed-{transport}-{who}")


@pytest.fixture
def place(
    tmp_path: Path, browser: Browser, transport: str, request: pytest.FixtureRequest
) -> Iterator[Place]:
    """An open conference at one server; at two nodes where the transport says so."""
    if transport == TWO_NODES:
        made = Place(browser, request.getfixturevalue("cluster").nodes, transport)
        yield made
    else:
        url = f"sqlite:///{tmp_path / 'entaku.sqlite3'}"
        with serving_after(tmp_path / "data", url) as server:
            made = Place(browser, [server], transport)
            yield made
    made.close()


def serving_after(data: Path, url: str):
    """The tables stand before the server starts, as after ``entaku migrate``."""
    data.mkdir()
    made = Server(data, url)
    SQLModel.metadata.create_all(made.database.engine)
    made.database.engine.dispose()
    return serving(data, url)
