"""The list of speakers at an item, as the page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.speaking import (
    Account,
    Spoken,
    accounts,
    default_allowance,
    elapsed,
    heard,
    in_order,
    least_heard,
    silent,
)

Snapshot = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Hand:
    """A raised hand as the page lists it."""

    id: str
    kind: str
    agency_id: str
    agency: str
    speaker: str


@dataclass(frozen=True, slots=True)
class SpeakersView:
    """The list at one moment, with the rules applied; agencies are named by their ids."""

    is_open: bool
    allowance: int
    waiting: tuple[Hand, ...]
    present: Hand | None
    present_left: int
    is_held: bool
    times: dict[str, Account]
    total: int
    silent: tuple[str, ...]
    suggested: str | None


def speakers_view(
    told: Snapshot, agencies: Sequence[str], minutes: int, now: datetime
) -> SpeakersView:
    """``agencies``: those the item's time is shared among; whoever spoke beside them is added."""
    held = [Spoken(one["kind"], one["agency_id"], one["seconds"]) for one in told["speeches"]]
    present = told["present"]
    if present is not None:
        since = datetime.fromisoformat(present["since"]) if present["since"] else None
        seconds = elapsed(present["seconds"], since, now)
        held.append(Spoken(present["kind"], present["agency_id"], seconds))
    allowance = told["allowance"] or default_allowance(minutes, len(agencies))
    everybody = [*agencies, *dict.fromkeys(one.agency_id for one in held)]
    times = accounts(allowance, everybody, held)
    return SpeakersView(
        is_open=told["is_open"],
        allowance=allowance,
        waiting=tuple(in_order([_hand(one) for one in told["waiting"]], heard(held))),
        present=_hand(present) if present else None,
        present_left=times[present["agency_id"]].left if present else 0,
        is_held=present is not None and present["since"] is None,
        times=times,
        total=sum(one.seconds for one in held),
        silent=tuple(silent(agencies, held)),
        suggested=least_heard(agencies, held, present["agency_id"] if present else None),
    )


def _hand(one: Snapshot) -> Hand:
    return Hand(**{name: one[name] for name in Hand.__slots__})
