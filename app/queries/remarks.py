"""What is said in an inner lane, as its journal tells it to those who hear it."""

from typing import Any

from sqlmodel import col, select

from app.domain.lanes import LaneOf
from app.domain.people import Actor
from app.store import reach
from app.store.pictures.remarks import earlier, remark
from app.store.tables.remarks import LaneRemarkEarlierRow, LaneRemarkRow
from app.store.unit_of_work import Desk

Snapshot = dict[str, Any]


def lane_snapshot(desk: Desk, actor: Actor, of: LaneOf) -> Snapshot:
    """An inner lane, for those who hear it; it is empty before the first word."""
    reach.lane(desk, actor, of)
    query = (
        select(LaneRemarkRow)
        .where(LaneRemarkRow.item_id == of.item_id)
        .where(LaneRemarkRow.agency_id == of.agency_id, LaneRemarkRow.lane == of.lane)
        .order_by(col(LaneRemarkRow.position))
    )
    rows = desk.session.exec(query).all()
    before = earlier(desk, LaneRemarkEarlierRow, [row.id for row in rows if row.corrected_at])
    return {
        "item_id": of.item_id,
        "agency_id": of.agency_id,
        "lane": str(of.lane),
        "remarks": [
            remark(row, row.author_agency_id, row.author_agency_name, before) for row in rows
        ],
    }
