"""受入状況 as agencies state it: one's own, and that of all around."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.domain.access import Act, decide
from app.domain.capacity import CAPACITY_LABELS, Capacity, age_of
from app.domain.people import Actor
from app.domain.text import Sentence
from app.queries.agencies import AgencyChoice, choice_of
from app.store import agencies, capacities, reach, standings
from app.store.tables.capacities import CapacityRow
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class Stated:
    """``label`` and ``age`` are to be told; ``age`` only where the statement is an old one."""

    state: Capacity
    label: str
    note: str
    as_of: date
    by: str
    age: Sentence | None


@dataclass(frozen=True, slots=True)
class CapacityLine:
    agency: AgencyChoice
    stated: Stated | None


@dataclass(frozen=True, slots=True)
class CapacityPage:
    """``own`` stands first on the page; ``others`` are listed in the order of the office.

    ``prefecture_code``: whose agencies these are, beside those of the whole country.
    """

    today: date
    prefecture_code: str
    own: Stated | None
    others: tuple[CapacityLine, ...]
    may_state: bool


def stated_by(desk: Desk, agency_ids: Collection[str]) -> dict[str, Stated]:
    rows = capacities.newest_of(desk.session, agency_ids)
    return {agency_id: _stated(row, desk.today()) for agency_id, row in rows.items()}


def may_read(actor: Actor) -> bool:
    return decide(actor, Act.SEE_CAPACITIES, standings.NETWORK_MEMBER)


def may_state(actor: Actor) -> bool:
    return decide(actor, Act.STATE_CAPACITY, standings.NETWORK_MEMBER)


def capacity_page(desk: Desk, actor: Actor, prefecture_code: str | None = None) -> CapacityPage:
    """Agencies of a prefecture, without one the reader's own, and of the whole country."""
    reach.network(actor, Act.SEE_CAPACITIES)
    here = prefecture_code if prefecture_code is not None else actor.prefecture_code or ""
    around = agencies.around(desk.session, here)
    stated = stated_by(desk, [row.id for row in around] + [actor.agency_id])
    return CapacityPage(
        today=desk.today(),
        prefecture_code=here,
        own=stated.get(actor.agency_id),
        others=tuple(
            CapacityLine(choice_of(row), stated.get(row.id))
            for row in around
            if row.id != actor.agency_id
        ),
        may_state=may_state(actor),
    )


def _stated(row: CapacityRow, today: date) -> Stated:
    state = Capacity(row.state)
    return Stated(
        state=state,
        label=CAPACITY_LABELS[state],
        note=row.note,
        as_of=row.as_of,
        by=row.person_name,
        age=age_of(row.as_of, today),
    )
