"""出席の記録: the table of seats as a page of its own, for taking attendance by plain forms."""

from flask import Blueprint, g, render_template

from app.domain.attendance import MODE_LABELS
from app.domain.conference import REPLY_LABELS
from app.queries.attendance import attendance_page
from app.web.context import current_actor, reading
from app.web.words import told

bp = Blueprint("attendance", __name__)


@bp.get("/conferences/<conference_id>/attendance")
def show(conference_id: str) -> str:
    with reading() as desk:
        page = attendance_page(desk, current_actor(), conference_id)
    again = g.get("refused_command") == "take_attendance"
    return render_template(
        "conferences/attendance.html",
        page=page,
        refused_seat=g.typed.get("agency_id") if again else None,
        modes=MODE_LABELS,
        replies=REPLY_LABELS,
        mode_options=[(str(mode), told(label)) for mode, label in MODE_LABELS.items()],
    )
