"""The pages of the product as one actor sees them, without the front door before them."""

import re
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from flask import Flask, g
from werkzeug.test import TestResponse

from app import create_app
from app.domain.people import Actor
from app.settings import Settings
from app.store.unit_of_work import Database
from tests.factories import op

# Pages this half of the product leads to; the whole product has them all.
_ELSEWHERE = {
    "auth.sign_in": "/sign-in",
    "auth.sign_out": "/sign-out",
    "auth.choose_capacity": "/capacity",
    "cases.index": "/cases",
    "cases.show": "/cases/<case_id>",
    "plans.show": "/plans/<plan_id>",
}


@dataclass
class Pages:
    """A browser of somebody already signed in; ``actor`` may change between requests."""

    database: Database
    folder: Path
    actor: Actor | None = None
    app: Flask = field(init=False)

    def __post_init__(self) -> None:
        settings = Settings(
            data=self.folder, database_url=str(self.database.engine.url), secret=b"secret"
        )
        self.app = create_app(settings, self.database)
        for endpoint, path in _ELSEWHERE.items():
            if endpoint not in self.app.view_functions:
                self.app.add_url_rule(path, endpoint, lambda **_arguments: "elsewhere")
        self.app.jinja_env.globals["csrf_token"] = lambda: "token"

        @self.app.before_request
        def somebody_asks() -> None:
            g.actor = self.actor

    def get(self, actor: Actor, path: str) -> TestResponse:
        self.actor = actor
        return self.app.test_client().get(path, base_url="http://localhost:8000")

    def text(self, actor: Actor, path: str) -> str:
        """What the page says, without its markup; the page must have come."""
        response = self.get(actor, path)
        assert response.status_code == 200, response.text
        return words_of(response)

    def post(self, actor: Actor, command: str, back: str, **values: object) -> TestResponse:
        """Send the form of a command as the page at ``back`` would."""
        self.actor = actor
        data = {"csrf": "token", "op_id": op(), "back": back} | values
        return self.app.test_client().post(
            f"/act/{command}", data=data, base_url="http://localhost:8000"
        )


def words_of(response: TestResponse) -> str:
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", response.text, flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body))).strip()


def forms_of(response: TestResponse) -> list[str]:
    """The commands of the forms on the page, each once, in order of appearance."""
    return list(dict.fromkeys(re.findall(r'data-command="([a-z_]+)"', response.text)))
