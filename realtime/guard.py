"""Who may open a live connection at all, and how fast one may act."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from app.clock import Clock
from app.domain.errors import TooMany
from app.domain.sentences import _

PATH = "/socket.io/"
RATE_PER_SECOND = 20.0
BURST = 40.0
# An acting client that goes on over the limit this often is cut off.
PATIENCE = 200

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Gate:
    """In front of engine.io: known hosts, own origins, no script-tag transport."""

    def __init__(self, inner: Wsgi, origins: Iterable[str]) -> None:
        self._inner = inner
        self._origins = frozenset(origins)
        self._hosts = frozenset(urlsplit(origin).netloc for origin in self._origins)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").startswith(PATH) and not self._welcome(environ):
            start_response("403 Forbidden", [("Content-Type", "text/plain")])
            return [b"not from here"]
        return self._inner(environ, start_response)

    def _welcome(self, environ: dict[str, Any]) -> bool:
        if environ.get("HTTP_HOST") not in self._hosts:
            return False
        if "j" in parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True):
            return False
        return self._own_page(environ)

    def _own_page(self, environ: dict[str, Any]) -> bool:
        """Browsers leave Origin out of same-origin GETs, but say the same in other words."""
        origin = environ.get("HTTP_ORIGIN")
        if origin:
            return origin in self._origins
        if environ.get("HTTP_UPGRADE"):
            return False
        site = environ.get("HTTP_SEC_FETCH_SITE")
        if site:
            return bool(site == "same-origin")
        referrer = urlsplit(environ.get("HTTP_REFERER", ""))
        return f"{referrer.scheme}://{referrer.netloc}" in self._origins


@dataclass(slots=True)
class Bucket:
    """A token bucket per connection."""

    clock: Clock
    tokens: float = BURST
    last: float = 0.0
    refused: int = 0

    def take(self) -> None:
        now = self.clock().timestamp()
        if self.last:
            self.tokens = min(BURST, self.tokens + max(0.0, now - self.last) * RATE_PER_SECOND)
        self.last = now
        if self.tokens < 1.0:
            self.refused += 1
            raise TooMany(_("操作が続けて届いたため、受け付けを一時的に止めました。"))
        self.tokens -= 1.0

    @property
    def exhausted(self) -> bool:
        return self.refused > PATIENCE
