"""A browser as the tests use it: it keeps cookies and fills in the plain forms of a page."""

import re
from html import unescape

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.settings import Settings
from auth.session import cookie_name

_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


class Browser:
    def __init__(self, client: FlaskClient, origin: str = "http://localhost:8000") -> None:
        self.client = client
        self.origin = origin

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, base_url=self.origin)

    def post(self, path: str, **form: str) -> TestResponse:
        """Send just this, as a forged form would."""
        return self.client.post(path, data=form, base_url=self.origin)

    def post_with(self, headers: dict[str, str], path: str, **form: str) -> TestResponse:
        return self.client.post(path, data=form, headers=headers, base_url=self.origin)

    def csrf(self, page: str = "/sign-in") -> str:
        """The token in the first form of the page."""
        found = dict(_HIDDEN.findall(self.get(page).text))
        return unescape(found["csrf"])

    def fill_in(self, path: str, page: str = "/sign-in", **form: str) -> TestResponse:
        """Open the page and send its form."""
        return self.post(path, csrf=self.csrf(page), **form)

    def sign_in(self, email: str, password: str, **form: str) -> TestResponse:
        return self.fill_in("/sign-in", email=email, password=password, **form)

    def token(self, settings: Settings) -> str | None:
        cookie = self.client.get_cookie(cookie_name(settings), "localhost")
        return cookie.value if cookie is not None else None

    def who(self) -> str:
        return self.get("/whoami").text
