"""支援計画書: a plan as a page, with every act on it as a plain form, and as a PDF."""

from urllib.parse import quote

from flask import Blueprint, Response, render_template

from app.documents.pdf import press_within
from app.documents.plan import plan_pdf
from app.domain.case_life import CASE_STATUS_LABELS
from app.domain.plan import (
    ACTION_STATUS_LABELS,
    ANSWER_LABELS,
    LONGEST_SECTION,
    PLAN_LIST_LABELS,
    PLAN_STATUS_LABELS,
)
from app.domain.sentences import _
from app.queries.plan_papers import paper_of
from app.queries.plans import plan_page
from app.web.context import current_actor, reading, settings

bp = Blueprint("plans", __name__, url_prefix="/plans")

LABELS = {
    "statuses": PLAN_STATUS_LABELS,
    "lists": PLAN_LIST_LABELS,
    "answers": ANSWER_LABELS,
    "action_statuses": ACTION_STATUS_LABELS,
    "case_statuses": CASE_STATUS_LABELS,
    "longest": LONGEST_SECTION,
}


@bp.get("/<plan_id>")
def show(plan_id: str) -> str:
    with reading() as desk:
        page = plan_page(desk, current_actor(), plan_id)
    return render_template("plans/show.html", page=page, **LABELS)


@bp.get("/<plan_id>.pdf")
def pdf(plan_id: str) -> Response:
    """The paper as a file to keep: named by its number, and by no firm."""
    with reading() as desk:
        paper = paper_of(desk, current_actor(), plan_id)
    press = press_within(settings().pdf_seconds, settings().pdf_memory_mb)
    response = Response(plan_pdf(paper, press), mimetype="application/pdf")
    ending = _("（案）") if paper.is_draft else ""
    name = quote(f"{_('支援計画書')}_{paper.document_number}{ending}.pdf", safe="")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{paper.document_number}.pdf\"; filename*=UTF-8''{name}"
    )
    return response
