"""引受手不在 in the room's plain forms: what the chair chooses from, and when it is suggested."""

from datetime import timedelta
from typing import Any

from app.domain.gaps import GAP_STATE_LABELS, STEP_DAYS
from app.domain.people import Actor
from app.domain.vocabulary import REQUEST_KIND_LABELS
from app.queries.nobody import ForNobody, for_nobody
from app.queries.room_page import RoomPage
from app.store.unit_of_work import Desk
from app.web.choices import told_options


def nobody_words(desk: Desk, actor: Actor, page: RoomPage) -> dict[str, Any]:
    """For the item in view; who may not declare is still told where nobody takes the case."""
    known = for_nobody(desk, actor, page.item.line.id) if page.item else ForNobody()
    return {
        "nobody_takes": known.suggested,
        "gap_kinds": told_options(REQUEST_KIND_LABELS),
        "gap_states": GAP_STATE_LABELS,
        "gap_owners": [(one.id, one.name) for one in known.owners],
        "gap_last_day": page.today + timedelta(days=STEP_DAYS),
    }
