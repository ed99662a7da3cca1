"""委任状 on a conference's page: those in force, whom one may be given to, and for which items."""

from dataclasses import dataclass

from app.domain.access import Act, decide
from app.domain.people import Actor
from app.domain.proxies import Holder
from app.queries.confidentiality import statement_to_accept
from app.store import agencies, conferences, proxies, reach
from app.store.tables.proxies import ProxyRow
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class ProxyLine:
    """``instruction`` is told to giver and holder only, once they confirmed how to keep it;
    ``position``: of the one item, if any."""

    id: str
    agency: str
    holder: Holder
    holder_name: str
    holder_agency: str
    position: int | None
    instruction: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class PossibleHolder:
    membership_id: str
    name: str
    agency: str


@dataclass(frozen=True, slots=True)
class Proxies:
    standing: tuple[ProxyLine, ...]
    may_give: bool
    holders: tuple[PossibleHolder, ...]


def proxies_at(desk: Desk, actor: Actor, conference_id: str) -> Proxies:
    held = reach.conference(desk, actor, conference_id, Act.SEE_CONFERENCE)
    may_give = decide(actor, Act.GIVE_PROXY, held.standing) and not conferences.is_over(held.row)
    rows = proxies.in_force(desk, conference_id)
    named = agencies.by_ids(
        desk.session,
        {row.agency_id for row in rows} | {row.holder_agency_id or "" for row in rows},
    )
    has_accepted = statement_to_accept(desk, actor, held.row, held.standing) is None
    positions = {item.id: item.position for item in conferences.items_of(desk, conference_id)}

    def line(row: ProxyRow) -> ProxyLine:
        to_agency = row.holder_agency_id or ""
        is_own = row.agency_id == actor.agency_id
        in_chair = held.row.chair_agency_id == actor.agency_id
        holds = row.holder_person_id == actor.person_id if row.holder == Holder.PERSON else in_chair
        return ProxyLine(
            id=row.id,
            agency=named[row.agency_id].name,
            holder=Holder(row.holder),
            holder_name=row.holder_name,
            holder_agency=named[to_agency].name if to_agency in named else "",
            position=positions.get(row.item_id) if row.item_id else None,
            instruction=row.instruction if has_accepted and (is_own or holds) else "",
            is_own=is_own,
        )

    return Proxies(
        standing=tuple(line(row) for row in rows),
        may_give=may_give,
        holders=tuple(
            PossibleHolder(member.id, person.name, agency.name)
            for member, person, agency in proxies.may_hold(desk, conference_id)
            if agency.id != actor.agency_id
        )
        if may_give
        else (),
    )
