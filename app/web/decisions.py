"""主担当決定書: a declared result as a file to keep."""

from urllib.parse import quote

from flask import Blueprint, Response

from app.documents.decision import decision_pdf
from app.documents.pdf import press_within
from app.domain.sentences import _
from app.queries.decision_sheets import decision_sheet
from app.web.context import current_actor, reading, settings

bp = Blueprint("decisions", __name__)


@bp.get("/rounds/<round_id>/decision.pdf")
def pdf(round_id: str) -> Response:
    """Named by its number, and by no firm."""
    with reading() as desk:
        sheet = decision_sheet(desk, current_actor(), round_id)
    press = press_within(settings().pdf_seconds, settings().pdf_memory_mb)
    response = Response(decision_pdf(sheet, press), mimetype="application/pdf")
    name = quote(f"{_('主担当決定書')}_{sheet.number}.pdf", safe="")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"decision-{round_id[:8]}.pdf\"; filename*=UTF-8''{name}"
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response
