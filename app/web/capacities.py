"""受入状況: what agencies say about taking cases on, and the form for one's own."""

from flask import Blueprint, render_template

from app.domain.capacity import CAPACITY_LABELS
from app.queries.capacities import capacity_page
from app.web.choices import told_options
from app.web.context import current_actor, reading

bp = Blueprint("capacities", __name__, url_prefix="/capacities")


@bp.get("")
def show() -> str:
    with reading() as desk:
        page = capacity_page(desk, current_actor())
    options = told_options(CAPACITY_LABELS)
    return render_template("capacities/show.html", page=page, capacity_options=options)
