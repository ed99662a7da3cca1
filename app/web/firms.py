"""企業: search first, register only what is not there, and begin a case."""

from flask import Blueprint, render_template, request

from app.domain import firms as rules
from app.domain.access import Act
from app.domain.prefectures import PREFECTURES
from app.domain.vocabulary import PHASE_LABELS, REQUEST_KIND_LABELS, URGENCY_LABELS
from app.queries.firms import firm_page, search_firms
from app.store import reach
from app.web.choices import told_options
from app.web.context import current_actor, reading
from app.web.figures import charts_of
from app.web.words import told

bp = Blueprint("firms", __name__, url_prefix="/firms")


@bp.get("")
def index() -> str:
    """Step 1 of bringing a firm: nothing is registered before it was looked for."""
    asked = request.args.get("q", "").strip()
    with reading() as desk:
        found = search_firms(desk, current_actor(), asked)
    return render_template("firms/index.html", asked=asked, found=found)


@bp.get("/new")
def new() -> str:
    actor = current_actor()
    reach.network(actor, Act.CREATE_FIRM)
    return render_template(
        "firms/new.html",
        name=request.args.get("name", ""),
        here=actor.prefecture_code,
        prefecture_options=[(one.code, one.name) for one in PREFECTURES],
        form_options=[(form, told(form)) for form in rules.LEGAL_FORMS],
        industry_options=told_options(rules.INDUSTRIES),
    )


@bp.get("/<firm_id>")
def show(firm_id: str) -> str:
    with reading() as desk:
        page = firm_page(desk, current_actor(), firm_id)
    return render_template("firms/show.html", page=page, charts=charts_of(page.record.figures))


@bp.get("/<firm_id>/case")
def begin(firm_id: str) -> str:
    """Step 2: what the firm asks for becomes the first cells of the case's sheet."""
    with reading() as desk:
        page = firm_page(desk, current_actor(), firm_id)
    return render_template(
        "firms/begin.html",
        page=page,
        phase_options=told_options(PHASE_LABELS),
        kind_options=told_options(REQUEST_KIND_LABELS),
        urgency_options=told_options(URGENCY_LABELS),
    )
