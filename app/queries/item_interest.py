"""What an agency may do at an item about conflicts of interest, for forms that need no script."""

from dataclasses import dataclass
from typing import Any

from app.domain.access import Act, decide
from app.domain.conference import ConferenceStatus, ItemStatus
from app.domain.interest import Origin, RecusalState
from app.domain.people import Actor
from app.store import reach

_ACTS = (Act.DECLARE_RECUSAL, Act.SUGGEST_RECUSAL, Act.PIN_RECUSAL)
_OVER = frozenset({ConferenceStatus.CLOSED, ConferenceStatus.CANCELLED})


@dataclass(frozen=True, slots=True)
class ItemInterest:
    """``shown`` are the recusals as the item's room tells them; one that a later one took the
    place of is left out. ``is_asked``: the actor's agency has yet to answer."""

    shown: tuple[dict[str, Any], ...]
    is_asked: bool
    may: frozenset[Act]
    may_lift: bool

    @property
    def out(self) -> frozenset[str]:
        return frozenset(r["agency_id"] for r in self.shown if r["state"] == RecusalState.STANDING)

    @property
    def asked(self) -> frozenset[str]:
        return frozenset(r["agency_id"] for r in self.shown if r["state"] == RecusalState.SUGGESTED)

    @property
    def is_empty(self) -> bool:
        return not self.shown and not self.may


def interest_of(actor: Actor, item: reach.ItemInHand, told: list[dict[str, Any]]) -> ItemInterest:
    over = (
        item.conference.status in _OVER or item.row.status == ItemStatus.DONE or item.case is None
    )
    shown = tuple(one for one in told if one["state"] != RecusalState.FOLLOWED)
    return ItemInterest(
        shown=shown,
        is_asked=not over
        and decide(actor, Act.DECLARE_RECUSAL, item.standing)
        and any(
            one["agency_id"] == actor.agency_id and one["origin"] == Origin.SUGGESTED
            for one in shown
            if one["state"] == RecusalState.SUGGESTED
        ),
        may=frozenset(act for act in _ACTS if not over and decide(actor, act, item.standing)),
        may_lift=decide(actor, Act.LIFT_RECUSAL, item.standing),
    )
