"""What every page needs from outside: who asks, the store, the settings."""

from contextlib import AbstractContextManager
from typing import cast
from urllib.parse import urlsplit

from flask import current_app, g, request

from app.domain.errors import SignInRequired
from app.domain.people import Actor
from app.domain.sentences import _
from app.settings import Settings
from app.store.unit_of_work import Database, Desk


def database() -> Database:
    return cast("Database", current_app.extensions["entaku_database"])


def settings() -> Settings:
    return cast("Settings", current_app.extensions["entaku_settings"])


def own_origin() -> str:
    """The configured origin this request came to; the host itself was checked before."""
    origins = settings().allowed_origins
    return next((one for one in origins if urlsplit(one).netloc == request.host), origins[0])


def reading() -> AbstractContextManager[Desk]:
    """A consistent picture for the page: ``with reading() as desk:``."""
    return database().read()


def current_actor() -> Actor:
    """The actor auth has put into ``g``, or a refusal that leads to the sign-in page."""
    actor = g.get("actor")
    if actor is None:
        raise SignInRequired(_("サインインが必要です。"))
    return cast("Actor", actor)
