"""案件: the list, one case, and the steps that bring it to another agency."""

from datetime import date

from flask import Blueprint, render_template, request

from app.domain.case_life import STAGES
from app.domain.consent import (
    CONSENT_STATUS_LABELS,
    CONSENTABLE,
    ITEM_GROUP_LABELS,
    SIGN_METHOD_LABELS,
    ConsentStatus,
)
from app.domain.paper_file import MOST_BYTES
from app.domain.papers import PAPER_KIND_LABELS
from app.domain.sheet_columns import CellType
from app.domain.text import listed
from app.queries import papers
from app.queries.case_page import Told, case_page
from app.queries.case_steps import addressee, consent_form, referral_form
from app.queries.cases import case_list
from app.queries.decisions import decision_excerpt, decisions_of_case
from app.queries.gaps import gaps_of_case
from app.services.consents import USUAL_YEARS, years_after
from app.web.choices import told_options
from app.web.context import current_actor, reading
from app.web.figures import charts_of
from app.web.papers import size_of
from app.web.words import told

bp = Blueprint("cases", __name__, url_prefix="/cases")
# What can be recorded; the other states come about by themselves or by withdrawal.
ANSWERS = (ConsentStatus.GRANTED, ConsentStatus.EXPLAINED, ConsentStatus.DECLINED)


@bp.get("")
def index() -> str:
    ended = request.args.get("view") == "ended"
    with reading() as desk:
        listed = case_list(desk, current_actor(), ended=ended)
    return render_template("cases/index.html", listed=listed, ended=ended)


@bp.get("/<case_id>")
def show(case_id: str) -> str:
    with reading() as desk:
        page = case_page(desk, current_actor(), case_id)
        shelf = papers.shelf(desk, current_actor(), case_id)
        gaps = gaps_of_case(desk, current_actor(), case_id)
        decisions = decisions_of_case(desk, current_actor(), case_id)
        today = desk.today()
    return render_template(
        "cases/show.html",
        page=page,
        shelf=shelf,
        gaps=gaps,
        decisions=decisions,
        day=date.fromisoformat,
        paper_kinds=told_options(PAPER_KIND_LABELS),
        paper_most_bytes=MOST_BYTES,
        paper_groups=told_options(shelf.groups),
        size_of=size_of,
        today=today,
        charts=charts_of(page.record.figures),
        stages=[(number, told(label)) for number, (label, _members) in enumerate(STAGES)],
        cell_text=cell_text,
    )


@bp.get("/<case_id>/decisions/<decision_id>")
def excerpt(case_id: str, decision_id: str) -> str:
    """抜粋 of one decision, to be printed and filed."""
    with reading() as desk:
        page = decision_excerpt(desk, current_actor(), case_id, decision_id)
    return render_template("cases/excerpt.html", page=page, day=date.fromisoformat)


@bp.get("/<case_id>/consent")
def consent(case_id: str) -> str:
    with reading() as desk:
        form = consent_form(desk, current_actor(), case_id)
    return render_template(
        "cases/consent.html",
        form_of=form,
        agency_options=[(one.id, one.name, told(one.kind_label)) for one in form.agencies],
        until=years_after(form.today, USUAL_YEARS),
        answers=[(answer, told(CONSENT_STATUS_LABELS[answer])) for answer in ANSWERS],
        groups=[(group, told(ITEM_GROUP_LABELS[group])) for group in CONSENTABLE],
        methods=told_options(SIGN_METHOD_LABELS),
    )


@bp.get("/<case_id>/refer")
def refer(case_id: str) -> str:
    with reading() as desk:
        form = referral_form(desk, current_actor(), case_id)
    return render_template("cases/refer.html", form_of=form)


@bp.get("/<case_id>/refer/<agency_id>")
def confirm(case_id: str, agency_id: str) -> str:
    with reading() as desk:
        form = referral_form(desk, current_actor(), case_id)
        receiver = addressee(form, agency_id)
    return render_template(
        "cases/confirm.html", form_of=form, receiver=receiver, cell_text=cell_text
    )


def cell_text(cell: Told) -> str:
    """A cell of the sheet as text; choices are told by their labels."""
    options = told_options(cell.column.options or {})
    labels = dict(options)
    if cell.column.type is CellType.MULTI:
        return told(listed(labels.get(str(one), str(one)) for one in cell.value))
    if cell.column.type is CellType.ENUM:
        return labels.get(str(cell.value), str(cell.value))
    return str(cell.value)
