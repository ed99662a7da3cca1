"""主担当の候補を考える: the list of who could lead, in the words of the reader's language."""

from typing import Any

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from app.domain.conference import UNDER_WAY, ItemStatus
from app.domain.consent import ITEM_GROUP_LABELS
from app.domain.errors import NotFound
from app.domain.fitting_facts import Fact
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.text import Sentence
from app.queries.capacities import Stated
from app.queries.fitting import CandidateLine, fitting_of
from app.queries.room_page import RoomPage
from app.store.unit_of_work import Desk
from app.web.context import current_actor, reading
from app.web.days import western
from app.web.words import told

bp = Blueprint("fitting", __name__)

HEAD = _("参考です。決めるのは会議です。")
WHENCE = _(
    "各機関の一般的な役割と、自機関が閲覧できる記録だけから挙げています。"
    "閲覧できる範囲は機関ごとに異なるため、ほかの機関には別の理由が表示されることがあります。"
)


@bp.get("/api/items/<item_id>/fitting")
def show(item_id: str) -> Response:
    with reading() as desk:
        return jsonify(fitting_told(desk, current_actor(), item_id))


def fitting_beside(desk: Desk, actor: Actor, page: RoomPage) -> dict[str, Any] | None:
    """The list for the room's plain page, while a lead is looked for at the table."""
    item = page.item
    if item is None or item.asked or page.status not in UNDER_WAY:
        return None
    if item.line.status is not ItemStatus.RUNNING:
        return None
    try:
        return fitting_told(desk, actor, item.line.id)
    except NotFound:
        return None


def fitting_told(desk: Desk, actor: Actor, item_id: str) -> dict[str, Any]:
    found = fitting_of(desk, actor, item_id)
    groups = (
        ("with_reasons", _("理由のある機関"), found.with_reasons),
        ("others", _("その他"), found.others),
    )
    return {
        "head": told(HEAD),
        "whence": told(WHENCE),
        "groups": [
            {"key": key, "title": told(title), "agencies": [_agency(line) for line in lines]}
            for key, title, lines in groups
            if lines
        ],
    }


def _agency(line: CandidateLine) -> dict[str, Any]:
    return {
        "agency_id": line.agency_id,
        "name": line.name,
        "kind": line.kind,
        "grounds": [
            {"because": told(one.because), "facts": [_fact(fact) for fact in one.facts]}
            for one in line.fitting.grounds
        ],
        "against": [_fact(fact) for fact in line.fitting.against],
        "menu": line.menu,
        "capacity": _capacity(line.capacity) if line.capacity else None,
    }


def _fact(fact: Fact) -> dict[str, str]:
    """``source`` is the group of the sheet, empty where the fact is of no case."""
    return {
        "text": told(fact.text),
        "source": told(ITEM_GROUP_LABELS[fact.group]) if fact.group else "",
    }


def _capacity(stated: Stated) -> dict[str, str]:
    return {
        "state": stated.state,
        "label": told(stated.label),
        "note": stated.note,
        "as_of": told(Sentence(_("{day}現在"), day=western(stated.as_of))),
        "age": told(stated.age) if stated.age else "",
        "by": stated.by,
    }
