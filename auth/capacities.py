"""In which capacities a person may act: one for every agency they belong to today."""

from sqlalchemy import or_
from sqlmodel import col, select

from app.domain.people import Actor
from app.domain.vocabulary import AgencyKind, Role
from app.store.tables.agencies import AgencyRow
from app.store.tables.people import MembershipRow, PersonRow
from app.store.unit_of_work import Desk


def capacities_of(desk: Desk, person_id: str, only_agency: str | None = None) -> tuple[Actor, ...]:
    """Every capacity in force, in the order of the agencies; none for a person shut out.

    ``only_agency`` narrows it to the agency whose own provider vouched for the person.
    """
    day = desk.today()
    query = (
        select(PersonRow, MembershipRow, AgencyRow)
        .join(MembershipRow, col(MembershipRow.person_id) == col(PersonRow.id))
        .join(AgencyRow, col(AgencyRow.id) == col(MembershipRow.agency_id))
        .where(PersonRow.id == person_id)
        .where(col(PersonRow.active).is_(True), col(MembershipRow.active).is_(True))
        .order_by(col(AgencyRow.position), col(AgencyRow.name), col(AgencyRow.id))
    )
    for table in (MembershipRow, AgencyRow):
        begins, ends = col(table.valid_from), col(table.valid_to)
        query = query.where(or_(begins.is_(None), begins <= day))
        query = query.where(or_(ends.is_(None), ends >= day))
    if only_agency is not None:
        query = query.where(MembershipRow.agency_id == only_agency)
    return tuple(
        Actor(
            person_id=person.id,
            person_name=person.name,
            membership_id=membership.id,
            title=membership.title,
            role=Role(membership.role),
            agency_id=agency.id,
            agency_name=agency.name,
            agency_kind=AgencyKind(agency.kind),
            prefecture_code=agency.prefecture_code,
        )
        for person, membership, agency in desk.session.exec(query)
    )
