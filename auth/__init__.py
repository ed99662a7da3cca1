"""Who is asking: sign-in, the session, and the actor it stands for."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.domain.errors import SignInRequired
from app.domain.sentences import _
from app.settings import Settings
from app.store.unit_of_work import Database
from auth import csrf, guests, head_office, session
from auth.discovery import Directory
from auth.door import EXTENSION, Door
from auth.views import bp

# What may be done before it is known who acts, and for whom: signing in, choosing a language.
OPEN_TO_ALL = frozenset({bp.name, "languages"})

# At the foot of every page, a guest's too, which knows nobody who is signed in beside the guest.
PAGES_OF_ALL = frozenset({"languages"})


def nobody_waits(ended: frozenset[str]) -> None:
    """What hangs on ended sessions when there is no live door: nothing."""


def init_app(
    flask_app: Flask,
    settings: Settings,
    database: Database,
    ended: Callable[[frozenset[str]], None] = nobody_waits,
) -> None:
    """Let every request of the app know its actor; ``ended`` hears of sessions that end."""
    door = Door(settings, database, Directory(database.clock), ended)
    flask_app.extensions[EXTENSION] = door
    flask_app.register_blueprint(bp)
    flask_app.register_blueprint(guests.bp)
    flask_app.jinja_env.globals["csrf_token"] = lambda: csrf.token(settings)

    @flask_app.before_request
    def identify() -> BaseResponse | None:
        g.session_ref, g.actor, g.capacities, g.guest = None, None, (), None
        if request.endpoint == "static":
            return None
        if request.blueprint in guests.PAGES:
            guests.recognise(door)
            csrf.check(settings)
            return None
        if request.blueprint in head_office.PAGES:
            # Whoever is signed in beside it: the link alone says for whom it stands.
            csrf.check(settings)
            head_office.recognise(door)
            return None
        token = session.token_from_environ(request.environ, settings)
        if token is not None:
            _recognise(door, token)
        if request.blueprint not in OPEN_TO_ALL:
            turned = _turned_away()
            if turned is not None:
                return turned
        csrf.check(settings, of_nobody=request.blueprint in PAGES_OF_ALL)
        return None

    @flask_app.after_request
    def keep_form_nonce(response: Response) -> Response:
        csrf.keep_nonce(settings, response)
        return response

    @flask_app.context_processor
    def about_this_person() -> dict[str, Any]:
        capacities = g.get("capacities", ())
        return {"memberships": capacities, "may_switch_capacity": len(capacities) > 1}


def _recognise(door: Door, token: str) -> None:
    with door.database.read() as desk:
        found = session.look_up(desk, token)
    if found is not None:
        g.session_ref, g.capacities = found
        g.actor = session.chosen(*found)
        session.touch(door.database, door.settings, g.session_ref)


def _turned_away() -> BaseResponse | None:
    """Lead whoever has not chosen a capacity to the choice; refuse changes by nobody."""
    reading = request.method in csrf.READING
    if g.session_ref is None:
        if not reading:
            raise SignInRequired(_("サインインしていないか、サインインの有効時間が過ぎています。"))
        return None
    if g.actor is None:
        if reading and not request.path.startswith("/api/"):
            here = request.full_path.rstrip("?")
            return redirect(url_for("auth.choose_capacity", next=here), 303)
        raise SignInRequired(
            _("どの機関の立場で操作するかが選ばれていません。"),
            remedy=_("立場を選んでから、もう一度操作してください。"),
        )
    return None
