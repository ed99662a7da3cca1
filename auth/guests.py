"""The way in for the firm's owner: a link that is pressed once, and the cookie it is given for.

The cookie opens the guest's own pages and nothing else: no other page looks at it, and the guest's
pages look at no other cookie.
"""

import logging
from typing import Any, cast

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.domain.errors import TooMany
from app.settings import Settings
from app.store import guests, tokens
from app.store.unit_of_work import UnitOfWork
from auth import throttle
from auth.door import Door, door
from auth.session import cookie_from_environ
from auth.throttle import Limit

log = logging.getLogger(__name__)
bp = Blueprint("guest_door", __name__)
# What a guest's cookie is looked at for.
PAGES = frozenset({bp.name, "guest"})
PER_ADDRESS = Limit("guest_link", 30, throttle.WINDOW)


def cookie_name(settings: Settings) -> str:
    return "__Host-entaku_guest" if settings.secure_cookies else "entaku_guest"


def token_from_environ(environ: dict[str, Any], settings: Settings) -> str | None:
    return cookie_from_environ(environ, cookie_name(settings))


def recognise(here: Door) -> None:
    """Whom the cookie stands for, whether or not there is still anything to see."""
    token = token_from_environ(request.environ, here.settings)
    if token is None:
        return
    session_id = tokens.hash_of(token)
    with here.database.read() as desk:
        g.guest = guests.guest_of(desk, session_id)
        is_due = g.guest is not None and guests.is_due(desk, session_id)
    if is_due:
        here.database.carry_out(lambda uow: guests.touch(uow, [session_id]))


@bp.get("/guest/<token>")
def knock(token: str) -> BaseResponse:
    """The same for every link: whatever only looks (scanners of mail) uses nothing up, and learns
    nothing."""
    return _page("ask", 200, token=token, guest_is_known=g.guest is not None)


@bp.post("/guest/<token>")
def come_in(token: str) -> BaseResponse:
    """A wrong, used, replaced or ended link is answered alike; so is every further try of one
    address, once it had too many."""
    whom = throttle.network_of(request.remote_addr)
    try:
        with door().database.begin() as uow:
            throttle.take(uow, PER_ADDRESS, whom)
    except TooMany:
        return _page("too_many", 429)
    handed = door().database.carry_out(lambda uow: _exchanged(uow, token, whom))
    if handed is None:
        return _page("closed", 404)
    log.info("a guest came in")
    answer = redirect(url_for("guest.show"), 303)
    cast("Response", answer).set_cookie(
        cookie_name(door().settings),
        handed,
        httponly=True,
        secure=door().settings.secure_cookies,
        samesite="Lax",
        path="/",
    )
    return answer


@bp.post("/guest/leave")
def leave() -> BaseResponse:
    """Ended in the store too, so that a kept copy of the cookie is worth nothing."""
    if g.guest is not None:
        session_id = g.guest.session_id
        door().database.carry_out(lambda uow: guests.leave(uow, session_id))
    answer = _page("left", 200)
    settings = door().settings
    answer.delete_cookie(
        cookie_name(settings), secure=settings.secure_cookies, httponly=True, samesite="Lax"
    )
    return answer


def _exchanged(uow: UnitOfWork, token: str, whom: str) -> str | None:
    handed = guests.exchange(uow, token)
    if handed is not None:
        throttle.give_back(uow, PER_ADDRESS, whom)
    return handed


def _page(state: str, status: int, **words: Any) -> Response:
    page = render_template("guest/door.html", state=state, **words)
    answer = make_response(page, status)
    answer.headers["X-Robots-Tag"] = "noindex"
    # The address is the secret: what the page loads is not told from where.
    answer.headers["Referrer-Policy"] = "strict-origin"
    return answer
