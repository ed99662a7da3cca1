"""ホーム: the first page, with what is on today and what waits for the agency."""

from collections.abc import Callable

from flask import Blueprint, render_template, url_for

from app.domain.conference import REPLY_LABELS
from app.queries.home import home
from app.queries.waiting_shape import Waiting, WaitingFor
from app.web.context import current_actor, reading

bp = Blueprint("home", __name__)


def _item(subject: str) -> str:
    """``conference/item``: the room with the item in view."""
    conference_id, item_id = subject.split("/")
    return url_for("room.show", conference_id=conference_id, item=item_id)


_PLACES: dict[WaitingFor, Callable[[str], str]] = {
    WaitingFor.REPLY: lambda subject: url_for("conferences.invitation", conference_id=subject),
    WaitingFor.REFERRAL: lambda subject: url_for("cases.show", case_id=subject),
    WaitingFor.STANCE: lambda subject: url_for("room.show", conference_id=subject),
    WaitingFor.VOTE: lambda subject: url_for("room.show", conference_id=subject),
    WaitingFor.CONFIRMATION: lambda subject: url_for("plans.show", plan_id=subject),
    WaitingFor.HOLD: _item,
    WaitingFor.OVERDUE_HOLD: _item,
    WaitingFor.ORPHAN_HOLD: _item,
    WaitingFor.GAP: lambda subject: url_for("gaps.show", gap_id=subject),
    WaitingFor.OVERDUE_GAP: lambda subject: url_for("gaps.show", gap_id=subject),
    WaitingFor.NEXT_TABLE: lambda subject: url_for("cases.show", case_id=subject),
    WaitingFor.RESTART: lambda subject: url_for("cases.show", case_id=subject),
}


@bp.get("/")
def show() -> str:
    with reading() as desk:
        page = home(desk, current_actor())
    return render_template("home/show.html", page=page, place_of=place_of, replies=REPLY_LABELS)


def place_of(waiting: Waiting) -> str:
    """Where what waits can be done."""
    return _PLACES[waiting.kind](waiting.subject_id)
