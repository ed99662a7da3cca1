"""会議予定: the calendar of conferences, one conference before its room opens, invitations."""

from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, Response, g, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from app.clock import in_japan
from app.documents.calendar_file import invitation_ics
from app.domain.access import Act
from app.domain.attendance import MODE_LABELS
from app.domain.conference import (
    CONFERENCE_STATUS_LABELS,
    ITEM_KIND_LABELS,
    REPLY_LABELS,
    ItemKind,
    Reply,
)
from app.domain.decision_rules import FOR_A_LEAD, METHOD_LABELS
from app.domain.errors import NotEntitled
from app.domain.sentences import _
from app.domain.vocabulary import AGENCY_KIND_LABELS, CONFERENCE_KIND_LABELS
from app.queries.conference_page import ConferencePage, conference_page
from app.queries.conferences import conference_list, conference_month
from app.queries.decision_rule import decision_rule_at
from app.queries.gaps import open_gaps_for
from app.queries.invitation import agencies_to_invite, invitation_paper
from app.queries.proxies import proxies_at
from app.queries.series import may_set_up, series_list, series_page
from app.web.context import current_actor, reading
from app.web.words import told

bp = Blueprint("conferences", __name__, url_prefix="/conferences")

LABELS = {
    "kinds": CONFERENCE_KIND_LABELS,
    "statuses": CONFERENCE_STATUS_LABELS,
    "replies": REPLY_LABELS,
    "item_kinds": ITEM_KIND_LABELS,
    "modes": MODE_LABELS,
    "agency_kinds": AGENCY_KIND_LABELS,
}
ANSWERS = (Reply.ATTEND, Reply.SUBSTITUTE, Reply.WRITTEN, Reply.ABSENT)
OTHER_ITEMS = (ItemKind.REPORT, ItemKind.EXCHANGE)


def asked() -> MultiDict[str, str]:
    """The query of the page, also where it stands again under the address of a refused act."""
    if "page_query" in g:
        return MultiDict(parse_qsl(str(g.page_query), keep_blank_values=True))
    return request.args


@bp.get("")
def index() -> str:
    """One page, three views: what comes, a month of the calendar, and the host's own series."""
    actor = current_actor()
    view = asked().get("view", "list")
    with reading() as desk:
        if view == "month":
            first = _month(asked().get("month", ""), desk.today())
            page: Any = conference_month(desk, actor, first.year, first.month)
        elif view == "series" and may_set_up(actor):
            page = series_list(desk, actor)
        else:
            view, page = "list", conference_list(desk, actor)
    return _page(f"conferences/{view}.html", page=page, view=view, may_set_up=may_set_up(actor))


@bp.get("/new")
def new() -> str:
    with reading() as desk:
        choices = agencies_to_invite(desk, current_actor())
        today = desk.today()
    return _page("conferences/new.html", choices=choices, today=today)


@bp.get("/series/<series_id>")
def series(series_id: str) -> str:
    with reading() as desk:
        page = series_page(desk, current_actor(), series_id)
    return _page("conferences/series_page.html", page=page)


@bp.get("/<conference_id>")
def show(conference_id: str) -> str:
    actor = current_actor()
    with reading() as desk:
        page = conference_page(desk, actor, conference_id)
        proxies = proxies_at(desk, actor, conference_id)
        rule = decision_rule_at(desk, actor, conference_id)
        choices = None
        if page.may_manage:
            seated = frozenset(seat.agency_id for seat in page.seats)
            choices = agencies_to_invite(desk, actor, seated)
        gaps = open_gaps_for(desk, actor, conference_id)
    return _page(
        "conferences/show.html",
        page=page,
        choices=choices,
        orders=orders_of(page),
        proxies=proxies,
        gaps=gaps,
        rule=rule,
        rule_methods=[
            (one, told(METHOD_LABELS[one])) for one in METHOD_LABELS if one in FOR_A_LEAD
        ],
        rule_marks=[(mark, told(label)) for mark, label in rule.marks],
    )


@bp.get("/<conference_id>/edit")
def edit(conference_id: str) -> str:
    with reading() as desk:
        page = conference_page(desk, current_actor(), conference_id)
    if Act.MANAGE_CONFERENCE not in page.may:
        raise NotEntitled(_("会議を変更できるのは、主催機関の事務局だけです。"))
    return _page("conferences/edit.html", page=page, starts_at=in_japan(page.starts_at))


@bp.get("/<conference_id>/invitation")
def invitation(conference_id: str) -> str:
    """案内状: what an agency is asked to, with the reply on the same page."""
    with reading() as desk:
        page = conference_page(desk, current_actor(), conference_id)
    return _page("conferences/invitation.html", page=page)


@bp.get("/<conference_id>/invitation.ics")
def calendar(conference_id: str) -> Response:
    link = url_for("conferences.show", conference_id=conference_id, _external=True)
    with reading() as desk:
        paper = invitation_paper(desk, current_actor(), conference_id, link)
    method = "CANCEL" if paper.cancelled else "REQUEST"
    response = Response(
        invitation_ics(paper), content_type=f"text/calendar; charset=utf-8; method={method}"
    )
    day = in_japan(paper.starts_at)
    response.headers["Content-Disposition"] = f'attachment; filename="conference-{day:%Y%m%d}.ics"'
    return response


def orders_of(page: ConferencePage) -> dict[str, list[str]]:
    """For each item that can go up one place, the whole agenda in the order it would then have.

    Only items still to come change places with each other.
    """
    ids = [entry.id for entry in page.agenda]
    found = {}
    for place, (above, entry) in enumerate(zip(page.agenda, page.agenda[1:], strict=False)):
        if above.status == entry.status == "waiting":
            order = ids.copy()
            order[place], order[place + 1] = ids[place + 1], ids[place]
            found[entry.id] = order
    return found


def _month(text: str, today: date) -> date:
    """A month such as 2026-12; anything else, or one beyond the known holidays, is this month."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return first if 2008 <= first.year <= 2098 else today.replace(day=1)


def _page(template: str, **words: Any) -> str:
    return render_template(template, answers=ANSWERS, other_items=OTHER_ITEMS, **LABELS, **words)
