"""Who may act for which agency on a day."""

from datetime import date
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, select

from app.domain.people import Actor
from app.domain.vocabulary import AgencyKind, Role
from app.store.tables.agencies import AgencyRow
from app.store.tables.people import MembershipRow, PersonRow


def in_force(query: Any, day: date) -> Any:
    """Narrow a question about people, memberships and agencies to those in force on the day."""
    query = query.where(col(PersonRow.active).is_(True), col(MembershipRow.active).is_(True))
    for table in (MembershipRow, AgencyRow):
        begins, ends = col(table.valid_from), col(table.valid_to)
        query = query.where(or_(begins.is_(None), begins <= day))
        query = query.where(or_(ends.is_(None), ends >= day))
    return query


def actor_from(person: PersonRow, membership: MembershipRow, agency: AgencyRow) -> Actor:
    return Actor(
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


def capacities() -> Any:
    """People with their memberships and agencies, to be narrowed further; in force or not."""
    return (
        select(PersonRow, MembershipRow, AgencyRow)
        .join(MembershipRow, col(MembershipRow.person_id) == col(PersonRow.id))
        .join(AgencyRow, col(AgencyRow.id) == col(MembershipRow.agency_id))
        .order_by(col(AgencyRow.position), col(AgencyRow.name), col(AgencyRow.id))
    )
