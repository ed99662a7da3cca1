"""Every command as a plain form, and the same commands as JSON."""

from flask import Blueprint, Response, current_app, g, jsonify, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response as BaseResponse

from app.domain.errors import Malformed, NotFound, Refused, UnknownCommand
from app.domain.sentences import _
from app.services.listing import USE_CASES, UseCase
from app.services.validation import validated
from app.web import forms, uploads
from app.web.context import current_actor, database
from app.web.refusals import status_of, told

bp = Blueprint("acts", __name__)


def _use_case(name: str) -> UseCase:
    found = USE_CASES.get(name)
    if found is None:
        raise UnknownCommand(_("この操作は用意されていません。"))
    return found


@bp.post("/act/<name>")
def by_form(name: str) -> BaseResponse:
    """Carry out the form's command, then go on to ``next`` or back to where the form stood.

    ``{id}`` in ``next`` stands for what the command made. A refusal shows the page of the form
    again, with everything that was typed still in it.
    """
    given = MultiDict(request.form)
    use_case = _use_case(name)
    back = local_path(request.form.get("back")) or url_for("home.show")
    try:
        uploads.take_in(given)
        command = forms.command_from(given, use_case.command)
        answer = use_case.run(database(), current_actor(), command)
    except Refused as refusal:
        return _page_again(refusal, name, back, given)
    following = request.form.get("next", "").replace("{id}", answer.id or "")
    return redirect(local_path(following) or back, code=303)


@bp.post("/api/act/<name>")
def by_json(name: str) -> Response:
    use_case = _use_case(name)
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Malformed(_("JSON の形で送信してください。"))
    command = validated(use_case.command, body)
    answer = use_case.run(database(), current_actor(), command)
    return jsonify({"ok": True, "result": answer.model_dump()})


def local_path(address: str | None) -> str | None:
    """Only a path of our own: an address from outside would send people elsewhere.

    Browsers drop control characters and take a backslash for a slash before they look.
    """
    if not address or not address.startswith("/") or address.startswith("//"):
        return None
    if "\\" in address or any(ord(c) < 0x21 or ord(c) == 0x7F for c in address):
        return None
    return address


def _page_again(refusal: Refused, name: str, back: str, given: MultiDict[str, str]) -> BaseResponse:
    """Render the page the form stood on once more, telling the refusal beside the form."""
    g.refusal = told(refusal)
    g.refused_command = name
    g.typed = given
    path, _sep, query = back.partition("?")
    adapter = current_app.create_url_adapter(request)
    try:
        if adapter is None:
            raise refusal
        endpoint, arguments = adapter.match(path, method="GET")
        g.page_query = query
        page = current_app.view_functions[endpoint](**arguments)
    except (RequestRedirect, HTTPException, NotFound):
        raise refusal from None
    if not isinstance(page, str):
        raise refusal
    response = current_app.make_response(page)
    response.status_code = status_of(refusal)
    return response
