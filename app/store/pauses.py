"""Breaks of a conference, as records."""

from sqlmodel import Session, col, select

from app.store.tables.course import PauseRow


def going_on(session: Session, conference_id: str) -> PauseRow | None:
    query = select(PauseRow).where(
        PauseRow.conference_id == conference_id, col(PauseRow.resumed_at).is_(None)
    )
    return session.exec(query).first()
