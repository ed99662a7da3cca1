"""Breaks of a conference, as records."""

from sqlmodel import Session, col, select

from app.store.tables.course import PauseRow


def going_on(session: Session, conference_id: str) -> PauseRow | None:
    query = select(PauseRow).where(
        PauseRow.conference_id == conference_id, col(PauseRow.resumed_at).is_(None)
    )
    return session.exec(query).first()


def of_conference(session: Session, conference_id: str) -> list[PauseRow]:
    """All there were, the first one first."""
    query = select(PauseRow).where(PauseRow.conference_id == conference_id)
    return list(session.exec(query.order_by(col(PauseRow.paused_at))))
