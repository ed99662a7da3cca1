"""受入状況: what agencies say about taking cases on, and the form for one's own."""

from flask import Blueprint, render_template, request

from app.domain.capacity import CAPACITY_LABELS
from app.domain.prefectures import PREFECTURES
from app.queries.capacities import capacity_page
from app.web.choices import told_options
from app.web.context import current_actor, reading

bp = Blueprint("capacities", __name__, url_prefix="/capacities")


@bp.get("")
def show() -> str:
    with reading() as desk:
        page = capacity_page(desk, current_actor(), request.args.get("prefecture"))
    return render_template(
        "capacities/show.html",
        page=page,
        capacity_options=told_options(CAPACITY_LABELS),
        prefecture_options=[(one.code, one.name) for one in PREFECTURES],
    )
