"""The page of the firm's owner: what is shared with the firm, and forms to answer it."""

from datetime import date, datetime
from typing import Any, cast

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from app.domain.errors import Malformed, Refused, UnknownCommand
from app.domain.guests import Ending, GuestOver
from app.domain.people import Guest
from app.domain.sentences import _
from app.queries.guest_page import guest_picture
from app.services.listing import GUEST_ACTS, GuestAct
from app.services.validation import validated
from app.store import guests
from app.store.unit_of_work import UnitOfWork
from app.web import forms
from app.web.context import database, reading
from app.web.languages import current_language, translate
from app.web.refusals import status_of, told
from app.web.script_words import script_catalogue

bp = Blueprint("guest", __name__)


@bp.get("/guest")
def show() -> Response:
    return _page()


@bp.post("/guest/act/<name>")
def by_form(name: str) -> BaseResponse:
    """A refusal shows the page again, with everything that was typed still in it."""
    one = _act(name)
    try:
        command = forms.command_from(MultiDict(request.form), one.command)
        one.run_as(database(), _who, command)
    except GuestOver:
        return _page()
    except Refused as refusal:
        g.refusal, g.refused_command, g.typed = told(refusal), name, request.form
        return _page(status_of(refusal))
    return redirect(url_for("guest.show"), 303)


@bp.post("/api/guest/act/<name>")
def by_json(name: str) -> Response:
    one = _act(name)
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Malformed(_("JSON の形で送信してください。"))
    answer = one.run_as(database(), _who, validated(one.command, body))
    return jsonify({"ok": True, "result": answer.model_dump()})


def _act(name: str) -> GuestAct:
    found = GUEST_ACTS.get(name)
    if found is None:
        raise UnknownCommand(_("この操作は用意されていません。"))
    return found


def _who(uow: UnitOfWork) -> Guest:
    """Read in the transaction of the act: nothing can end between the two."""
    guest = _guest()
    found = guests.guest_of(uow, guest.session_id)
    if found is None:
        raise GuestOver(Ending.LEFT)
    return found


def _guest() -> Guest:
    guest = g.get("guest")
    if guest is None:
        raise GuestOver(Ending.LEFT)
    return cast("Guest", guest)


def _page(status: int = 200) -> Response:
    """The page as it stands now; once it is over it says only that, and why."""
    try:
        with reading() as desk:
            picture, at = guest_picture(desk, _guest(), translate)
            now = desk.now()
    except GuestOver as over:
        g.refusal = None
        state = "closed" if g.get("guest") is None else "over"
        words = told(over)
        page = render_template("guest/door.html", state=state, over=words)
        return current_app.make_response((page, 404 if state == "closed" else status_of(over)))
    page = render_template(
        "guest/show.html",
        picture=picture,
        table=picture["table"],
        now=now,
        moment=datetime.fromisoformat,
        day=date.fromisoformat,
        script_data=_script_data(at.conference.id),
        catalogue=script_catalogue("guest", current_language()),
    )
    return current_app.make_response((page, status))


def _script_data(shard: str) -> dict[str, Any]:
    """``shard`` brings the page's live connection to one node (deploy/nginx.conf)."""
    return {
        "language": current_language(),
        "shard": shard,
        "urls": {"act": url_for("guest.by_json", name="ACT"), "here": url_for("guest.show")},
    }
