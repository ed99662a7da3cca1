"""議事録・議事要旨: a conference as it was recorded, to read, to print and to keep as a file."""

from urllib.parse import quote

from flask import Blueprint, Response, render_template, request

from app.clock import in_japan
from app.documents.minutes import minutes_pdf
from app.documents.pdf import press_within
from app.domain.conference import CONFERENCE_STATUS_LABELS
from app.domain.minutes import FORM_LABELS, Form
from app.queries.minutes import minutes_of, minutes_to_print
from app.web.context import current_actor, reading, settings

bp = Blueprint("minutes", __name__)


@bp.get("/conferences/<conference_id>/minutes")
def show(conference_id: str) -> str:
    with reading() as desk:
        minutes = minutes_of(desk, current_actor(), conference_id, _form())
    return render_template(
        "conferences/minutes.html",
        page=minutes,
        forms=FORM_LABELS,
        statuses=CONFERENCE_STATUS_LABELS,
    )


@bp.get("/conferences/<conference_id>/minutes.pdf")
def pdf(conference_id: str) -> Response:
    """Named by the day it was held, and by no firm."""
    with reading() as desk:
        minutes = minutes_to_print(desk, current_actor(), conference_id, _form())
    press = press_within(settings().pdf_seconds, settings().pdf_memory_mb)
    response = Response(minutes_pdf(minutes, press), mimetype="application/pdf")
    day = f"{in_japan(minutes.opened_at or minutes.starts_at):%Y%m%d}"
    name = quote(f"{FORM_LABELS[minutes.form]}_{day}.pdf", safe="")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"minutes-{day}.pdf\"; filename*=UTF-8''{name}"
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _form() -> Form:
    """議事要旨 where it is asked for; anything else is the 議事録."""
    return Form.SUMMARY if request.args.get("form") == Form.SUMMARY else Form.FULL
