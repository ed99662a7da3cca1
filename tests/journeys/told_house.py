"""A house in which the story was told as far as an act; people look back at its conference."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser
from sqlmodel import SQLModel

from app.store.engine import make_engine
from app.store.unit_of_work import Database
from auth import session
from tests.factories import SECRET
from tests.guarantees.test_fold import TickingClock
from tests.journeys.hands import Hands
from tests.serving import Server, serving
from tests.story import Cast, cast, story

FIRM = "株式会社灯夜ダイニング"


@dataclass
class House:
    server: Server
    browser: Browser
    c: Cast

    def enter(
        self, who: str, query: str = "", *, path: str = "moments", script: bool = True
    ) -> Hands:
        hands = Hands(self.browser, self.server.url, sockets=True, script=script)
        token = self.server.token_for(self.c.actors[who])
        name = session.cookie_name(self.server.settings)
        hands.context.add_cookies([{"name": name, "value": token, "url": self.server.url}])
        hands.goto(f"/conferences/{self.c.ids['conference']}/{path}{query}")
        return hands


def told(url: str, upto: str) -> Cast:
    """The story as far as the act ``upto``, some seconds between one act and the next."""
    clock = TickingClock(datetime(2026, 11, 24, 4, 50, tzinfo=UTC))
    engine = make_engine(url)
    SQLModel.metadata.create_all(engine)
    c = cast(Database(engine, clock, SECRET))
    for what, act in story(c):
        clock.advance(seconds=31)
        act()
        if what == upto:
            break
    engine.dispose()
    return c


@contextmanager
def house_told(folder: Path, browser: Browser, upto: str) -> Iterator[House]:
    url = f"sqlite:///{folder / 'entaku.sqlite3'}"
    c = told(url, upto)
    with serving(folder / "data", url) as server:
        yield House(server, browser, c)
