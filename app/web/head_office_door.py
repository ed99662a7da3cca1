"""The way in for a head office: a link that shows a 仮決定 to whoever presses it, and is answered
by once. It stands for the person who made it, and for nothing but that one answer."""

import logging
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request
from werkzeug.datastructures import MultiDict

from app.domain.errors import Malformed, NotFound, Refused
from app.domain.head_office import LinkState
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.text import Sentence, TextProblem, clean_text
from app.queries.head_office import asked_of
from app.services.holds import AnswerHold
from app.services.listing import USE_CASES
from app.services.validation import validated
from app.store import head_office
from app.store.unit_of_work import UnitOfWork
from app.web import forms
from app.web.context import database, reading
from app.web.refusals import status_of, told

log = logging.getLogger(__name__)
bp = Blueprint("head_office_door", __name__)
_MOST_NAME = 60


class LinkClosed(Exception):
    """Wrong, used, replaced, revoked, late: one and the same page, whoever asks."""


@bp.get("/head-office/<token>")
def knock(token: str) -> Response:
    """The same for every link: whatever only looks (scanners of mail) uses nothing up, and learns
    nothing."""
    return _page("ask", 200, token=token)


@bp.post("/head-office/<token>")
def come_in(token: str) -> Response:
    """Shows what was decided for now, or takes the answer that came with it."""
    if g.get("too_many"):
        return _page("too_many", 429)
    try:
        answer = _answered(token) if "op_id" in request.form else None
        return answer or _shown(token)
    except LinkClosed:
        return _page("closed", 404)


def _shown(token: str, status: int = 200) -> Response:
    with reading() as desk:
        row = head_office.found_by(desk, token)
        actor = head_office.maker_of(desk, row) if row else None
        if row is None or actor is None or not head_office.is_live(desk, row):
            raise LinkClosed
        try:
            asked = asked_of(desk, actor, row.round_id)
        except Refused as refusal:
            raise LinkClosed from refusal
    return _page("show", status, token=token, asked=asked, maker=actor.person_name)


def _answered(token: str) -> Response:
    """The word is the agency's, as if the person who made the link had brought it."""
    form = MultiDict(request.form)
    try:
        values = forms.values_of(form, AnswerHold)
        for aside in ("name", "accepted"):
            values.pop(aside, None)
        with reading() as desk:
            row = head_office.found_by(desk, token)
        if row is None:
            raise LinkClosed
        command = validated(AnswerHold, {**values, "round_id": row.round_id})
        name = _named()
        run_as = USE_CASES["answer_hold"].run_as
        run_as(database(), lambda uow: _who(uow, token, name, command.op_id), command)
    except (LinkClosed, NotFound) as closed:
        raise LinkClosed from closed
    except Refused as refusal:
        g.refusal, g.refused_command, g.typed = told(refusal), "answer_hold", form
        return _shown(token, status_of(refusal))
    log.info("a head office answered")
    return _page("done", 200)


def _who(uow: UnitOfWork, token: str, name: str, op_id: str) -> Actor:
    """Within the act's own transaction: the link is used up by the answer, or not at all."""
    row = head_office.found_by(uow, token)
    actor = head_office.maker_of(uow, row) if row else None
    if row is None or actor is None:
        raise LinkClosed
    if row.state == LinkState.ANSWERED and row.op_id == op_id:
        return replace(actor, person_name=row.answered_by)
    if not head_office.is_live(uow, row):
        raise LinkClosed
    row.answered_by, row.op_id = str(Sentence(_("{name}（本部）"), name=name)), op_id
    head_office.close(uow, row, LinkState.ANSWERED)
    return replace(actor, person_name=row.answered_by)


def _named() -> str:
    """Who answers, and that what is shown stays within the agency."""
    name = ""
    lacking: dict[str, str] = {}
    try:
        name = clean_text(request.form.get("name", ""), _MOST_NAME)
    except TextProblem as problem:
        lacking["name"] = problem.sentence
    if not name:
        lacking.setdefault("name", _("回答する方の氏名を入力してください。"))
    if request.form.get("accepted") != "true":
        lacking["accepted"] = _("取扱いの確認が必要です。")
    if lacking:
        raise Malformed(_("回答に必要な項目が足りません。"), fields=lacking)
    return name


def _page(state: str, status: int, **words: Any) -> Response:
    page = render_template("head_office/door.html", state=state, **words)
    answer = make_response(page, status)
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Cache-Control"] = "private, no-store"
    # The address is the secret: what the page loads is not told from where.
    answer.headers["Referrer-Policy"] = "strict-origin"
    return answer
