"""引受手不在の記録: the list with its counts, and one record with what may be done about it."""

from datetime import date, datetime

from flask import Blueprint, render_template, request

from app.domain.gaps import DECLINE_LABELS, GAP_OUTCOME_LABELS, GAP_STATE_LABELS, STEP_DAYS
from app.domain.vocabulary import REQUEST_KIND_LABELS
from app.queries.gaps import gap_list, gap_record
from app.web.choices import told_options
from app.web.context import current_actor, reading

bp = Blueprint("gaps", __name__, url_prefix="/gaps")


@bp.get("")
def index() -> str:
    asked = request.args.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else None
    with reading() as desk:
        page = gap_list(desk, current_actor(), year, request.args.get("kind", ""))
    return render_template(
        "gaps/index.html", page=page, kind_options=told_options(REQUEST_KIND_LABELS)
    )


@bp.get("/<gap_id>")
def show(gap_id: str) -> str:
    with reading() as desk:
        page = gap_record(desk, current_actor(), gap_id)
    return render_template(
        "gaps/show.html",
        page=page,
        kinds=REQUEST_KIND_LABELS,
        states=GAP_STATE_LABELS,
        outcomes=GAP_OUTCOME_LABELS,
        outcome_options=told_options(GAP_OUTCOME_LABELS),
        declines=DECLINE_LABELS,
        owner_options=[(one.id, one.name) for one in page.owners],
        step_days=STEP_DAYS,
        day=date.fromisoformat,
        moment=datetime.fromisoformat,
    )
