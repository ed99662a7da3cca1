"""Consents: their versions, and which cases one of them opens to an agency."""

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.consent import Consent, ConsentStatus
from app.store import standings
from app.store.columns import new_id
from app.store.tables.cases import ConsentAgencyRow, ConsentRow

GIVEN = (ConsentStatus.GRANTED, ConsentStatus.GRANTED_LIMITED)


def newest(session: Session, case_id: str) -> ConsentRow | None:
    """The version in force, whatever its state."""
    query = select(ConsentRow).where(ConsentRow.case_id == case_id)
    return session.exec(query.order_by(col(ConsentRow.version).desc()).limit(1)).first()


def in_force(session: Session, case_id: str) -> Consent | None:
    return standings.consent_in_force(session, case_id)


def add_version(session: Session, row: ConsentRow, agencies: Collection[str]) -> ConsentRow:
    """Store the next version; the case is locked, so no other takes the same number."""
    before = newest(session, row.case_id)
    row.version = before.version + 1 if before else 1
    session.add(row)
    session.flush()
    for agency_id in sorted(agencies):
        session.add(ConsentAgencyRow(consent_id=row.id, agency_id=agency_id))
    session.flush()
    return row


def draft(case_id: str, status: ConsentStatus, agency_id: str, at: datetime) -> ConsentRow:
    """A version of which only its state is known yet; ``add_version`` numbers it."""
    return ConsentRow(
        id=new_id(),
        case_id=case_id,
        version=0,
        status=status,
        recorded_by_agency_id=agency_id,
        recorded_at=at,
    )


def live_cases(agency_id: str, day: date) -> SelectOfScalar[str]:
    """Ids of the cases whose consent in force names the agency on that day, as a subquery.

    The same rule as ``Consent.live_on`` for one case, for lists of many.
    """
    later = ConsentRow.__table__.alias("later")  # type: ignore[attr-defined]  # set by SQLModel
    newest_version = (
        select(func.max(later.c.version))
        .where(later.c.case_id == ConsentRow.case_id)
        .correlate(ConsentRow)
        .scalar_subquery()
    )
    return (
        select(ConsentRow.case_id)
        .join(ConsentAgencyRow, col(ConsentAgencyRow.consent_id) == ConsentRow.id)
        .where(
            ConsentAgencyRow.agency_id == agency_id,
            col(ConsentRow.status).in_(GIVEN),
            or_(col(ConsentRow.valid_from).is_(None), col(ConsentRow.valid_from) <= day),
            or_(col(ConsentRow.valid_until).is_(None), col(ConsentRow.valid_until) >= day),
            ConsentRow.version == newest_version,
        )
    )


def overdue_cases(session: Session, day: date) -> list[str]:
    """Cases whose newest consent was given and has passed its last day."""
    query = select(ConsentRow).where(
        col(ConsentRow.status).in_(GIVEN), col(ConsentRow.valid_until) < day
    )
    found = session.exec(query.order_by(col(ConsentRow.case_id), col(ConsentRow.version))).all()
    return [row.case_id for row in found if newest(session, row.case_id) == row]
