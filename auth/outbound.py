"""Requests to an agency's provider: short, small, and never led on to another place."""

import time
from typing import Any

from requests import PreparedRequest, RequestException, Response, Session
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 4, 6, 12
LARGEST = 256 * 1024


class NoAnswer(RequestException):
    """The provider gave no answer that could be taken."""


class BoundedAdapter(HTTPAdapter):
    """Reads an answer completely or not at all, within a size and a time."""

    def send(
        self,
        request: PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Any = None,
    ) -> Response:
        until = time.monotonic() + WHOLE_SECONDS
        response = super().send(
            request,
            stream=True,
            timeout=(CONNECT_SECONDS, READ_SECONDS),
            verify=verify,
            cert=cert,
            proxies=proxies,
        )
        body = bytearray()
        try:
            while piece := response.raw.read1(16 * 1024, decode_content=True):
                body += piece
                if len(body) > LARGEST:
                    raise NoAnswer("the answer is too large")
                if time.monotonic() > until:
                    raise NoAnswer("the answer takes too long")
        except HTTPError as error:
            raise NoAnswer("the answer broke off") from error
        finally:
            response.close()
        response._content = bytes(body)  # requests has no public way to hand over a read body
        return response


def bounded(session: Session) -> Session:
    """Let the session speak through the bounded adapter only."""
    session.mount("https://", BoundedAdapter())
    session.mount("http://", BoundedAdapter())
    return session


def get_json(url: str, bearer: str | None = None) -> dict[str, Any]:
    """The JSON object at the address itself: a redirection is no answer."""
    headers = {"Accept": "application/json"}
    if bearer is not None:
        headers["Authorization"] = f"Bearer {bearer}"
    with bounded(Session()) as session:
        answer = session.get(url, headers=headers, allow_redirects=False)
    if answer.status_code != 200:
        raise NoAnswer(f"status {answer.status_code}")
    try:
        found = answer.json()
    except ValueError as error:
        raise NoAnswer("no JSON") from error
    if not isinstance(found, dict):
        raise NoAnswer("no JSON object")
    return found
