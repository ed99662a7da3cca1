"""Links for head offices as records, and for whom such a link stands."""

from datetime import date

from sqlmodel import Session, col, select

from app.domain.head_office import LinkState
from app.domain.people import Actor
from app.domain.vocabulary import AgencyKind, Role
from app.store import ballots, reach
from app.store.tables.agencies import AgencyRow
from app.store.tables.head_office import HeadOfficeLinkRow
from app.store.tables.people import MembershipRow, PersonRow
from app.store.tokens import hash_of
from app.store.unit_of_work import Desk, UnitOfWork


def links_of(session: Session, round_id: str, agency_id: str) -> list[HeadOfficeLinkRow]:
    query = select(HeadOfficeLinkRow).where(
        HeadOfficeLinkRow.round_id == round_id, HeadOfficeLinkRow.agency_id == agency_id
    )
    ordered = query.order_by(col(HeadOfficeLinkRow.at), col(HeadOfficeLinkRow.id))
    return list(session.exec(ordered.execution_options(populate_existing=True)))


def close(uow: UnitOfWork, row: HeadOfficeLinkRow, state: LinkState) -> None:
    row.state, row.closed_at = state, uow.now()
    uow.session.add(row)
    uow.session.flush()


def found_by(desk: Desk, token: str) -> HeadOfficeLinkRow | None:
    """The link, locked where something is written, whatever has become of it."""
    query = select(HeadOfficeLinkRow.id).where(HeadOfficeLinkRow.token_hash == hash_of(token))
    link_id = desk.session.exec(query).first()
    return reach.load(desk, HeadOfficeLinkRow, link_id) if link_id else None


def is_live(desk: Desk, row: HeadOfficeLinkRow) -> bool:
    """Sent, in time, and the 仮決定 still waits for what head offices say."""
    if row.state != LinkState.SENT or desk.now() >= row.expires_at:
        return False
    return ballots.awaits_head_offices(desk.session, row.round_id)


def maker_of(desk: Desk, row: HeadOfficeLinkRow) -> Actor | None:
    """Who made the link, as far as that person may still act for the agency today."""
    query = (
        select(MembershipRow, PersonRow, AgencyRow)
        .join(PersonRow, col(PersonRow.id) == col(MembershipRow.person_id))
        .join(AgencyRow, col(AgencyRow.id) == col(MembershipRow.agency_id))
        .where(
            MembershipRow.id == row.membership_id,
            col(MembershipRow.active).is_(True),
            col(PersonRow.active).is_(True),
        )
    )
    found = desk.session.exec(query).first()
    if found is None:
        return None
    member, person, agency = found
    today = desk.today()
    if not (
        _in_force(member.valid_from, member.valid_to, today)
        and _in_force(agency.valid_from, agency.valid_to, today)
    ):
        return None
    return Actor(
        person_id=person.id,
        person_name=person.name,
        membership_id=member.id,
        title=member.title,
        role=Role(member.role),
        agency_id=agency.id,
        agency_name=agency.name,
        agency_kind=AgencyKind(agency.kind),
        prefecture_code=agency.prefecture_code,
    )


def _in_force(begins: date | None, ends: date | None, day: date) -> bool:
    return (begins is None or begins <= day) and (ends is None or ends >= day)
