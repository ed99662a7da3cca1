"""Where a journey takes place: at one server, or at two nodes with the chair at the first."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser

from app.domain.people import Actor
from app.services.listing import USE_CASES
from app.services.validation import validated
from app.store.unit_of_work import Database
from auth import session
from tests.factories import Table, op, table
from tests.journeys.hands import Hands
from tests.serving import Server

TWO_NODES = "two nodes"
TWO_NODES_TOO = pytest.mark.parametrize(
    "transport", ["websocket", "polling", TWO_NODES], indirect=True
)
CHAIR = "yorozu"


@dataclass
class Place:
    """The open conference of ``table``, and the browsers of those who came to it.

    Of two nodes the chair is at the first and everybody else at the second: whatever one of
    them does and the other sees has passed from node to node.
    """

    browser: Browser
    nodes: list[Server]
    transport: str
    at: Table = field(init=False)
    entered: dict[str, Hands] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.at = table(self.database)

    @property
    def database(self) -> Database:
        return self.nodes[0].database

    @property
    def sockets(self) -> bool:
        return self.transport != "polling"

    @property
    def conference(self) -> str:
        return f"/conferences/{self.at.conference.id}"

    @property
    def room(self) -> str:
        return f"{self.conference}/room"

    def url(self, who: str) -> str:
        return self.nodes[0 if who == CHAIR else -1].url

    def hands(self, key: str, who: str = "", *, script: bool = True) -> Hands:
        """A browser where ``who`` comes in, known as ``key``; nobody is signed in."""
        url = self.url(who or key)
        made = Hands(self.browser, url, sockets=self.sockets, script=script)
        self.entered[key] = made
        return made

    def come(self, who: str, path: str, key: str = "", *, script: bool = True) -> Hands:
        """Signed in and on the page."""
        hands = self.hands(key or who, who, script=script)
        hands.context.add_cookies([self.cookie(who)])  # type: ignore[list-item]  # plain dicts do
        hands.goto(path)
        return hands

    def cookie(self, who: str) -> dict[str, str]:
        node = self.nodes[0]
        name, token = session.cookie_name(node.settings), node.token_for(self.actor(who))
        return {"name": name, "value": token, "url": self.url(who)}

    def actor(self, who: str) -> Actor:
        return self.at.outsider if who == "outsider" else self.at[who]

    def does(self, who: str, command: str, **body: Any) -> str:
        use_case = USE_CASES[command]
        values = validated(use_case.command, {"op_id": op(), **body})
        return use_case.run(self.database, self.at[who], values).id or ""

    def close(self) -> None:
        for hands in self.entered.values():
            hands.close()
