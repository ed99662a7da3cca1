"""What the sign-in pages work with: settings, store, the providers' publications."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from flask import Response, current_app, g, request
from werkzeug.wrappers import Response as BaseResponse

from app.settings import Settings
from app.store.unit_of_work import Database
from auth.discovery import Directory
from auth.session import cookie_name

EXTENSION = "entaku_auth"


@dataclass(frozen=True, slots=True)
class Door:
    """``ended`` is told the ids of sessions that have just ended, to close what hangs on them."""

    settings: Settings
    database: Database
    directory: Directory
    ended: Callable[[frozenset[str]], None]


def door() -> Door:
    return cast("Door", current_app.extensions[EXTENSION])


def own_origin() -> str:
    """The configured origin this request came to; the host itself was checked before."""
    origins = door().settings.allowed_origins
    return next((o for o in origins if urlsplit(o).netloc == request.host), origins[0])


def hand_over(response: BaseResponse, token: str) -> BaseResponse:
    """Give the browser its session; scripts cannot read it and other sites' forms not send it."""
    _set(response, cookie_name(door().settings), token)
    return response


def take_back(response: BaseResponse) -> BaseResponse:
    settings = door().settings
    response.delete_cookie(
        cookie_name(settings), secure=settings.secure_cookies, httponly=True, samesite="Lax"
    )
    g.session_ref = g.actor = None
    return response


def departure_cookie(provider_id: str) -> str:
    """One per provider, so that two sign-ins under way do not undo each other."""
    prefix = "__Host-" if door().settings.secure_cookies else ""
    return f"{prefix}entaku_departure_{provider_id}"


def hand_departure(response: BaseResponse, provider_id: str, browser: str) -> BaseResponse:
    _set(response, departure_cookie(provider_id), browser, max_age=600)
    return response


def _set(response: BaseResponse, name: str, value: str, max_age: int | None = None) -> None:
    cast("Response", response).set_cookie(
        name,
        value,
        max_age=max_age,
        httponly=True,
        secure=door().settings.secure_cookies,
        samesite="Lax",
        path="/",
    )
