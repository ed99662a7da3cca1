"""会議時点: what happened at a conference, and the table as it stood at any moment of it."""

from typing import Any

from flask import Blueprint, jsonify, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.attendance import MODE_LABELS
from app.domain.conference import (
    CONFERENCE_STATUS_LABELS,
    OUTCOME_KIND_LABELS,
)
from app.domain.consensus import RESULT_LABELS
from app.domain.item_course import ITEM_STEP_LABELS
from app.domain.item_results import ITEM_RESULT_LABELS
from app.domain.stances import STANCE_LABELS
from app.domain.vocabulary import AGENCY_MARKS
from app.queries.happenings import Happening
from app.queries.moments import Moments, entries_of, list_of, moments_of
from app.web.context import current_actor, reading
from app.web.languages import current_language
from app.web.script_words import script_catalogue
from app.web.words import told

bp = Blueprint("moments", __name__)


@bp.get("/conferences/<conference_id>/moments")
def show(conference_id: str) -> str:
    """``at`` is the address of a moment; without script the list opens where it lies."""
    with reading() as desk:
        page = moments_of(desk, current_actor(), conference_id)
        number, at = request.args.get("page", 1, int), request.args.get("at")
        lines = list_of(desk, page, number, at)
    return render_template(
        "moments/show.html",
        page=page,
        lines=lines,
        at=at,
        statuses=CONFERENCE_STATUS_LABELS,
        script_data=_script_data(page),
        catalogue=script_catalogue("moments", current_language()),
    )


@bp.get("/api/conferences/<conference_id>/moments")
def entries(conference_id: str) -> Response:
    """The entries the reader may see, some hundred at a time; ``after`` is the ``next`` before."""
    with reading() as desk:
        page = moments_of(desk, current_actor(), conference_id)
        part = entries_of(desk, page, request.args.get("after"))
    for entry in part["entries"]:
        entry["told"] = entry["told"] and _in_words(entry["told"])
    return jsonify(part)


@bp.get("/api/conferences/<conference_id>/moments/sight")
def sight(conference_id: str) -> Response:
    """What the reader may see at this moment, for an open page to find out that it lost some."""
    with reading() as desk:
        return jsonify(moments_of(desk, current_actor(), conference_id).sight)


def _in_words(happening: Happening) -> dict[str, str]:
    return {
        "text": told(happening.text),
        "note": happening.note,
        "weight": str(happening.weight),
    }


def _script_data(page: Moments) -> dict[str, Any]:
    """What the page starts with; entries are fetched."""
    return {
        "conference_id": page.id,
        "language": current_language(),
        "urls": {
            "here": url_for("moments.show", conference_id=page.id),
            "entries": url_for("moments.entries", conference_id=page.id),
            "sight": url_for("moments.sight", conference_id=page.id),
            "columns": url_for("room.columns", case_id="CASE"),
        },
        "sight": page.sight,
        "items": [
            {"id": item.id, "title": item.title, "case_id": item.case_id, "is_open": item.is_open}
            for item in page.items
        ],
        "labels": {
            "stances": _told(STANCE_LABELS),
            "results": _told(RESULT_LABELS),
            "outcomes": _told(OUTCOME_KIND_LABELS),
            "modes": _told(MODE_LABELS),
            "item_steps": _told(ITEM_STEP_LABELS),
            "item_results": _told(ITEM_RESULT_LABELS),
            "conference": _told(CONFERENCE_STATUS_LABELS),
        },
        "marks": {str(kind): mark for kind, mark in AGENCY_MARKS.items()},
    }


def _told(labels: dict[Any, str]) -> dict[str, str]:
    return {str(value): told(label) for value, label in labels.items()}
