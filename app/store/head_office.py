"""Links for head offices as records, and for whom such a link stands."""

from sqlmodel import Session, col, select

from app.domain.head_office import LinkState
from app.domain.people import Actor
from app.store import ballots, reach
from app.store.people import actor_from, in_force
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
        select(PersonRow, MembershipRow, AgencyRow)
        .join(MembershipRow, col(MembershipRow.person_id) == col(PersonRow.id))
        .join(AgencyRow, col(AgencyRow.id) == col(MembershipRow.agency_id))
        .where(MembershipRow.id == row.membership_id)
    )
    found = desk.session.exec(in_force(query, desk.today())).first()
    return actor_from(*found) if found else None
