"""Whether it looks as if nobody takes the case of an item, and who could answer for the gap."""

from dataclasses import dataclass

from app.domain.access import Act
from app.domain.people import Actor
from app.queries.agencies import AgencyChoice, choice_of
from app.store import gaps, reach
from app.store.agencies import by_ids
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class ForNobody:
    """``suggested``: everybody who said something said that none here can lead, or refused."""

    suggested: bool = False
    owners: tuple[AgencyChoice, ...] = ()


def for_nobody(desk: Desk, actor: Actor, item_id: str) -> ForNobody:
    item = reach.item(desk, actor, item_id, Act.SEE_ITEM)
    named = gaps.last_nominations(desk.session, item_id)
    declared = any(one.decision_id is None for one in gaps.of_item(desk.session, item_id))
    owners = by_ids(desk.session, gaps.owners_at(desk, item))
    return ForNobody(
        suggested=bool(named) and not declared and not gaps.still_named(desk, item_id),
        owners=tuple(choice_of(one) for one in owners.values()),
    )
