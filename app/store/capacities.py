"""受入状況 of agencies: the newest statement of each, and adding the next."""

from collections.abc import Collection

from sqlmodel import Session, col, func, select

from app.store.tables.capacities import CapacityRow


def newest_of(session: Session, agency_ids: Collection[str]) -> dict[str, CapacityRow]:
    """By agency; one that has never said anything is missing."""
    newest = (
        select(CapacityRow.agency_id, func.max(CapacityRow.number).label("number"))
        .where(col(CapacityRow.agency_id).in_(agency_ids))
        .group_by(CapacityRow.agency_id)
        .subquery()
    )
    query = select(CapacityRow).join(
        newest,
        (col(CapacityRow.agency_id) == newest.c.agency_id)
        & (col(CapacityRow.number) == newest.c.number),
    )
    return {row.agency_id: row for row in session.exec(query)}


def next_number(session: Session, agency_id: str) -> int:
    """Of an agency whose row is locked, so that two statements cannot get the same."""
    query = select(func.max(CapacityRow.number)).where(CapacityRow.agency_id == agency_id)
    return (session.exec(query).one() or 0) + 1
