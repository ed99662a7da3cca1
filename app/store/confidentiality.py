"""Who accepted the confidentiality statement of a conference."""

from sqlmodel import Session, col, or_, select

from app.domain.confidentiality import version_asked
from app.store.tables.agencies import AgencyRow
from app.store.tables.conferences import ConferenceRow, SeatRow
from app.store.tables.confidentiality import ConfidentialityAcceptanceRow


def acceptances_at(
    session: Session, conference: ConferenceRow
) -> list[tuple[ConfidentialityAcceptanceRow, AgencyRow]]:
    """Acceptances of the conference's version by people of its agencies, seat by seat."""
    seats = select(SeatRow.agency_id).where(SeatRow.conference_id == conference.id)
    query = (
        select(ConfidentialityAcceptanceRow, AgencyRow)
        .join(AgencyRow, col(AgencyRow.id) == col(ConfidentialityAcceptanceRow.agency_id))
        .where(
            ConfidentialityAcceptanceRow.version == version_asked(conference.template),
            or_(
                col(ConfidentialityAcceptanceRow.agency_id).in_(seats),
                ConfidentialityAcceptanceRow.agency_id == conference.host_agency_id,
            ),
        )
        .order_by(
            col(AgencyRow.position),
            col(AgencyRow.id),
            col(ConfidentialityAcceptanceRow.accepted_at),
            col(ConfidentialityAcceptanceRow.person_id),
        )
    )
    return list(session.exec(query))
