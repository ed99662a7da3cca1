"""Before a question and while it is asked: whom it would ask, and a seat's word read back."""

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, jsonify, render_template, url_for

from app.domain.access import Act
from app.domain.decision_rules import text_of
from app.domain.paper_file import type_of
from app.domain.papers import MEDIA_TYPES
from app.domain.people import Actor
from app.domain.proxies import Manner, holds
from app.queries.prospect import UNASKED_LABELS, prospect_of
from app.queries.room_page import RoomPage
from app.queries.seat_word import entering, seat_word, stance_file
from app.store.files import Files
from app.store.unit_of_work import Desk
from app.web.context import current_actor, reading, settings
from app.web.words import told

bp = Blueprint("stances", __name__)


@bp.get("/api/rounds/<round_id>/seats/<agency_id>")
def word(round_id: str, agency_id: str) -> Response:
    """For the live card, which knows of a sealed word only that it was given."""
    with reading() as desk:
        found = seat_word(desk, current_actor(), round_id, agency_id)
    given = found.given
    if given and given["file"]:
        given["file_url"] = url_for(".file", round_id=round_id, agency_id=agency_id)
    return _private(jsonify({"given": given, "instruction": found.instruction}))


@bp.get("/rounds/<round_id>/seats/<agency_id>/file")
def file(round_id: str, agency_id: str) -> Response:
    """As it came, to be kept and not to be opened here."""
    with reading() as desk:
        found = stance_file(desk, current_actor(), round_id, agency_id)
    content = Files(settings().files).get(found.digest)
    kind = type_of(content)
    response = Response(content, mimetype=MEDIA_TYPES[kind])
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{found.digest[:12]}.{kind}"; '
        f"filename*=UTF-8''{quote(found.name, safe='')}"
    )
    return _private(response)


@bp.get("/api/items/<item_id>/prospect")
def prospect(item_id: str) -> Response:
    """For the chair, before the question is put: its rule, and whom it would ask."""
    with reading() as desk:
        found = prospect_of(desk, current_actor(), item_id)
    return _private(
        jsonify(
            {
                "rule": found.rule.as_mapping(),
                "rule_text": [told(sentence) for sentence in text_of(found.rule)],
                "seats": found.seats,
                "unasked": [
                    {"name": name, "why": told(UNASKED_LABELS[why])} for name, why in found.unasked
                ],
            }
        )
    )


@bp.get("/rounds/<round_id>/enter")
def enter(round_id: str) -> str:
    """代理入力: the secretariat enters what an agency sent in writing."""
    with reading() as desk:
        page = entering(desk, current_actor(), round_id)
        today = desk.today()
    return render_template("room/enter_stance.html", page=page, round_id=round_id, today=today)


def own_words(desk: Desk, actor: Actor, page: RoomPage) -> dict[str, Any]:
    """What only giver and holder read: the own sealed word, and what a 委任状 asks."""
    item = page.item
    round_ = item.round if item and item.asked and Act.GIVE_STANCE in item.may else None
    if round_ is None:
        return {"own_word": None, "instructions": {}}
    asked = {seat["agency_id"] for seat in round_["seats"]} - set(round_["recused"])
    own = (
        seat_word(desk, actor, round_["id"], actor.agency_id) if actor.agency_id in asked else None
    )
    asks = {
        seat["agency_id"]: seat_word(desk, actor, round_["id"], seat["agency_id"]).instruction
        for seat in held_seats(page, actor)
    }
    return {
        "own_word": own.given if own else None,
        "instructions": {seat: text for seat, text in asks.items() if text},
    }


def held_seats(page: RoomPage, actor: Actor) -> list[dict[str, Any]]:
    """The seats this person may answer for under a 委任状."""
    round_ = page.item.round if page.item else None
    if round_ is None:
        return []
    is_chair = page.chair_agency_id == actor.agency_id
    return [
        seat
        for seat in round_["seats"]
        if seat["agency_id"] not in round_["recused"]
        and holds(seat.get("proxy"), actor.person_id, is_chair=is_chair)
        and round_["stances"].get(seat["agency_id"], {}).get("manner", Manner.PROXY) == Manner.PROXY
    ]


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    return response
