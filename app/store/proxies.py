"""委任状 in force, and the one a question was opened with."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session, col, select

from app.domain.conference import Reply, SeatRole
from app.domain.consensus import STILL_ASKED
from app.domain.proxies import Pinned, Proxy
from app.domain.vocabulary import Role
from app.store import people
from app.store.tables.agencies import AgencyRow
from app.store.tables.ballots import RoundRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow, SeatRow
from app.store.tables.people import MembershipRow, PersonRow
from app.store.tables.proxies import ProxyRow
from app.store.unit_of_work import Desk


def in_force(desk: Desk, conference_id: str) -> list[ProxyRow]:
    """Those not taken back. In a writing transaction none can be taken back until it has ended."""
    query = (
        select(ProxyRow)
        .where(ProxyRow.conference_id == conference_id, col(ProxyRow.revoked_at).is_(None))
        .order_by(col(ProxyRow.id))
    )
    if desk.writing and not desk.on_sqlite:
        query = query.with_for_update(read=True).execution_options(populate_existing=True)
    return list(desk.session.exec(query))


def may_hold(desk: Desk, conference_id: str) -> list[tuple[MembershipRow, PersonRow, AgencyRow]]:
    """Who acts for an agency that has a member's seat there and does not stay away."""
    query = (
        select(MembershipRow, PersonRow, AgencyRow)
        .join(PersonRow, col(PersonRow.id) == col(MembershipRow.person_id))
        .join(AgencyRow, col(AgencyRow.id) == col(MembershipRow.agency_id))
        .join(SeatRow, col(SeatRow.agency_id) == col(AgencyRow.id))
        .where(
            SeatRow.conference_id == conference_id,
            SeatRow.role == SeatRole.MEMBER,
            SeatRow.reply != Reply.ABSENT,
            col(MembershipRow.role).not_in([Role.OBSERVER, Role.AUDITOR]),
        )
        .order_by(col(SeatRow.position), col(PersonRow.name))
    )
    return list(desk.session.exec(people.in_force(query, desk.today())))


def as_told(row: ProxyRow, conference: ConferenceRow) -> Proxy:
    to_agency = row.holder_agency_id or conference.chair_agency_id
    return Proxy(row.id, row.agency_id, to_agency, row.item_id)


def pinned_from(row: ProxyRow) -> Pinned:
    """What a question's electorate keeps of it."""
    return {
        "id": row.id,
        "holder": row.holder,
        "agency_id": row.holder_agency_id,
        "person_id": row.holder_person_id,
        "name": row.holder_name,
    }


def is_used(session: Session, row: ProxyRow) -> bool:
    """Whether a question that is still asked was opened with it."""
    query = (
        select(RoundRow)
        .join(AgendaItemRow, col(AgendaItemRow.id) == col(RoundRow.item_id))
        .where(
            AgendaItemRow.conference_id == row.conference_id,
            col(RoundRow.state).in_(STILL_ASKED),
        )
        .execution_options(populate_existing=True)
    )
    return any(_pins(one.seats, row.id) for one in session.exec(query))


def _pins(seats: Iterable[dict[str, Any]], proxy_id: str) -> bool:
    return any((seat.get("proxy") or {}).get("id") == proxy_id for seat in seats)
