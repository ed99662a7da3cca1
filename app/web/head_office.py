"""本部への照会: the links an agency has made for its head office; a new one is shown once."""

from urllib.parse import quote

from flask import Blueprint, Response, g, make_response, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from app.domain.errors import Refused
from app.domain.head_office import LINK_STATE_LABELS
from app.domain.sentences import _
from app.domain.text import Sentence
from app.queries.head_office import asked_of, links_of
from app.services.commands import HandedOver
from app.services.head_office import AskHeadOffice, ask_head_office
from app.services.validation import validated
from app.web import forms
from app.web.context import current_actor, database, own_origin, reading
from app.web.days import western
from app.web.refusals import status_of, told
from app.web.words import told as in_words

bp = Blueprint("head_office", __name__)

SUBJECT = _("【円卓】ご確認のお願い（{day}まで）")
ASKS = _("次のリンクから内容をご確認のうえ、{day}までにご回答ください。")
ONCE = _("リンクは一度だけ回答に使えます。ほかの方に転送しないでください。")


@bp.get("/rounds/<round_id>/head-office")
def show(round_id: str) -> str:
    return _page(round_id)


@bp.post("/rounds/<round_id>/head-office")
def ask(round_id: str) -> Response:
    """Answers with the page itself, for the link must not go through an address or a cookie."""
    try:
        values = forms.values_of(MultiDict(request.form), AskHeadOffice)
        answer = ask_head_office(database(), current_actor(), validated(AskHeadOffice, values))
    except Refused as refusal:
        g.refusal, g.refused_command, g.typed = told(refusal), "ask_head_office", request.form
        return make_response(_page(round_id), status_of(refusal))
    secret = answer.secret if isinstance(answer, HandedOver) else None
    link = own_origin() + url_for("head_office_door.knock", token=secret) if secret else None
    return make_response(_page(round_id, link=link, is_lost=link is None))


def _page(round_id: str, *, link: str | None = None, is_lost: bool = False) -> str:
    with reading() as desk:
        asked = asked_of(desk, current_actor(), round_id)
        links = links_of(desk, current_actor(), round_id)
    day = western(asked.reply_by)
    letter = ""
    if link:
        # No firm is named in a subject line, nor anywhere else in what travels by mail.
        subject = quote(in_words(Sentence(SUBJECT, day=day)))
        lines = (in_words(Sentence(ASKS, day=day)), link, in_words(ONCE))
        body = quote("\r\n\r\n".join(lines))
        letter = f"mailto:?subject={subject}&body={body}"
    return render_template(
        "head_office/links.html",
        asked=asked,
        links=links,
        link=link,
        letter=letter,
        is_lost=is_lost,
        states=LINK_STATE_LABELS,
    )
