"""Who may open a live connection at all, and how fast one may act."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
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
# A page that cannot stay connected comes back three times a second at most.
BEGIN_PER_SECOND, BEGIN_BURST = 4.0, 60.0
MANY_CLIENTS = 20_000
# How long a connection may take to sign in: usually, and where more than so many have not yet.
SILENT_SECONDS, MANY_SILENT, HURRIED_SECONDS = 5.0, 300, 1.0

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Gate:
    """In front of engine.io: known hosts, own origins, no script-tag transport."""

    def __init__(
        self, inner: Wsgi, origins: Iterable[str], admit: Callable[[dict[str, Any]], bool]
    ) -> None:
        self._inner, self._admit = inner, admit
        self._origins = frozenset(origins)
        self._hosts = frozenset(urlsplit(origin).netloc for origin in self._origins)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").startswith(PATH) and not self._welcome(environ):
            start_response("403 Forbidden", [("Content-Type", "text/plain")])
            return [b"not from here"]
        if _begins(environ) and not self._admit(environ):
            start_response("429 Too Many Requests", [("Content-Type", "text/plain")])
            return [b"too many connections begun"]
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


def _begins(environ: dict[str, Any]) -> bool:
    """Whether this request asks for a new connection; all later ones carry its number."""
    return environ.get("PATH_INFO", "").startswith(PATH) and "sid" not in parse_qs(
        environ.get("QUERY_STRING", "")
    )


@dataclass(slots=True)
class Doorkeeper:
    """How often one client may begin a connection: each session, and all without one together.

    What is begun and not used costs memory until it is dropped. ``session`` finds the session a
    request comes with, None without one that is in force.
    """

    session: Callable[[dict[str, Any]], str | None]
    clock: Clock
    buckets: dict[str | None, "Bucket"] = field(default_factory=dict)

    def admit(self, environ: dict[str, Any]) -> bool:
        who = self.session(environ)
        if len(self.buckets) >= MANY_CLIENTS:
            self.buckets = {None: self.buckets[None]} if None in self.buckets else {}
        rate = BEGIN_PER_SECOND if who else BEGIN_PER_SECOND * 5
        bucket = self.buckets.setdefault(who, Bucket(self.clock, rate=rate, burst=BEGIN_BURST))
        try:
            bucket.take()
        except TooMany:
            return False
        return True


@dataclass(slots=True)
class Bucket:
    """A token bucket: so many at once, and then so many a second."""

    clock: Clock
    tokens: float = field(init=False)
    last: float = 0.0
    refused: int = 0
    rate: float = RATE_PER_SECOND
    burst: float = BURST

    def __post_init__(self) -> None:
        self.tokens = self.burst

    def take(self) -> None:
        now = self.clock().timestamp()
        if self.last:
            self.tokens = min(self.burst, self.tokens + max(0.0, now - self.last) * self.rate)
        self.last = now
        if self.tokens < 1.0:
            self.refused += 1
            raise TooMany(_("操作が続けて届いたため、受け付けを一時的に止めました。"))
        self.tokens -= 1.0

    @property
    def exhausted(self) -> bool:
        return self.refused > PATIENCE
