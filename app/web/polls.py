"""投票・意向確認 in the room: words of the cards, and a seat's own vote read back."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify

from app.domain.choosing import METHODS, OUTCOME_LABELS, POLL_KIND_LABELS, PollKind
from app.domain.decision_rules import (
    ABSTENTION_LABELS,
    DENOMINATOR_LABELS,
    MAIN_BANK,
    SECRETARIAT,
    TIE_LABELS,
    mark_label,
)
from app.domain.people import Actor
from app.queries.room_page import RoomPage
from app.queries.room_polls import RoomPolls
from app.queries.seat_vote import own_vote
from app.store.unit_of_work import Desk
from app.web.context import current_actor, reading
from app.web.words import told

bp = Blueprint("polls", __name__)


@bp.get("/api/polls/<poll_id>/vote")
def vote(poll_id: str) -> Response:
    """For the live card, which knows of a blind vote only that it was given."""
    with reading() as desk:
        found = own_vote(desk, current_actor(), poll_id)
    response = jsonify({"given": asdict(found) if found else None})
    response.headers["Cache-Control"] = "private, no-store"
    return response


def poll_words(desk: Desk, actor: Actor, page: RoomPage, polls: RoomPolls) -> dict[str, Any]:
    """``own_votes``: of the ballots in which the agency may still change its word."""
    changing = [one.told["id"] for one in polls.shown if one.may_vote and one.has_voted]
    return {
        "polls": polls,
        "poll_kinds": POLL_KIND_LABELS,
        "poll_outcomes": OUTCOME_LABELS,
        "poll_methods": METHODS[PollKind.OTHER],
        "ties": TIE_LABELS,
        "denominators": DENOMINATOR_LABELS,
        "abstentions": ABSTENTION_LABELS,
        "poll_marks": _marks(page),
        "own_votes": {one: own_vote(desk, actor, one) for one in changing},
    }


def _marks(page: RoomPage) -> list[tuple[str, str]]:
    """Of whom an answer can be asked for; who the メイン金融機関 is, is known at an item only."""
    members = [seat for seat in page.seats if seat.is_member]
    marks = [MAIN_BANK]
    if any(seat.agency_id == page.host_agency_id for seat in members):
        marks.append(SECRETARIAT)
    marks += dict.fromkeys(seat.kind for seat in members)
    return [(mark, told(mark_label(mark))) for mark in marks]
