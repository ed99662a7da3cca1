"""In which capacities a person may act: one for every agency they belong to today."""

from app.domain.people import Actor
from app.store.people import actor_from, capacities, in_force
from app.store.tables.people import MembershipRow, PersonRow
from app.store.unit_of_work import Desk


def capacities_of(desk: Desk, person_id: str, only_agency: str | None = None) -> tuple[Actor, ...]:
    """Every capacity in force, in the order of the agencies; none for a person shut out.

    ``only_agency`` narrows it to the agency whose own provider vouched for the person.
    """
    query = in_force(capacities().where(PersonRow.id == person_id), desk.today())
    if only_agency is not None:
        query = query.where(MembershipRow.agency_id == only_agency)
    return tuple(actor_from(*one) for one in desk.session.exec(query))
