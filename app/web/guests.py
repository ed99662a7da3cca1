"""事業者を招く: invitations of one item for chair and secretariat; a new link is shown once."""

from datetime import datetime

from flask import Blueprint, Response, g, make_response, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from app.domain.errors import Refused
from app.domain.guests import INVITATION_STATE_LABELS
from app.queries.item_guests import invitations_page
from app.services.commands import HandedOver
from app.services.guests import InviteGuest, invite_guest
from app.services.validation import validated
from app.web import forms
from app.web.context import current_actor, database, own_origin, reading
from app.web.refusals import status_of, told

bp = Blueprint("guests", __name__)


@bp.get("/items/<item_id>/guests")
def show(item_id: str) -> str:
    return _page(item_id)


@bp.post("/items/<item_id>/guests")
def invite(item_id: str) -> Response:
    """Answers with the page itself, for the link must not go through an address or a cookie."""
    try:
        command = validated(InviteGuest, forms.values_of(MultiDict(request.form), InviteGuest))
        answer = invite_guest(database(), current_actor(), command)
    except Refused as refusal:
        g.refusal, g.refused_command, g.typed = told(refusal), "invite_guest", request.form
        return make_response(_page(item_id), status_of(refusal))
    secret = answer.secret if isinstance(answer, HandedOver) else None
    link = own_origin() + url_for("guest_door.knock", token=secret) if secret else None
    return make_response(_page(item_id, link=link, is_lost=link is None))


def _page(item_id: str, *, link: str | None = None, is_lost: bool = False) -> str:
    with reading() as desk:
        page = invitations_page(desk, current_actor(), item_id)
    return render_template(
        "conferences/guests.html",
        page=page,
        link=link,
        is_lost=is_lost,
        states=INVITATION_STATE_LABELS,
        moment=datetime.fromisoformat,
    )
