"""Remarks as the journal tells them, in the record and in the inner lanes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlmodel import col, select

from app.clock import iso
from app.domain.lanes import LaneOf
from app.domain.people import Actor
from app.store import reach
from app.store.tables.conferences import RemarkRow
from app.store.tables.remarks import LaneRemarkEarlierRow, LaneRemarkRow, RemarkEarlierRow
from app.store.unit_of_work import Desk

Snapshot = dict[str, Any]


def remarks_of(desk: Desk, item_id: str) -> list[Snapshot]:
    """What was said at the item before all; whoever sees the item sees it."""
    query = select(RemarkRow).where(RemarkRow.item_id == item_id).order_by(col(RemarkRow.position))
    rows = desk.session.exec(query).all()
    before = _earlier(desk, RemarkEarlierRow, [row.id for row in rows if row.corrected_at])
    return [_remark(row, row.agency_id, row.agency_name, before) for row in rows]


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
    before = _earlier(desk, LaneRemarkEarlierRow, [row.id for row in rows if row.corrected_at])
    return {
        "item_id": of.item_id,
        "agency_id": of.agency_id,
        "lane": str(of.lane),
        "remarks": [
            _remark(row, row.author_agency_id, row.author_agency_name, before) for row in rows
        ],
    }


def _remark(
    row: RemarkRow | LaneRemarkRow,
    agency_id: str,
    agency: str,
    before: Mapping[str, Sequence[Snapshot]],
) -> Snapshot:
    return {
        "id": row.id,
        "text": row.text,
        "at": iso(row.at),
        "person": row.person_name,
        "agency_id": agency_id,
        "agency": agency,
        "reply_to": row.reply_to,
        "mentions": row.mentions,
        "links": row.links,
        "corrected_at": iso(row.corrected_at) if row.corrected_at else None,
        "earlier": list(before.get(row.id, ())),
    }


def _earlier(
    desk: Desk,
    table: type[RemarkEarlierRow] | type[LaneRemarkEarlierRow],
    ids: Iterable[str],
) -> dict[str, list[Snapshot]]:
    told: dict[str, list[Snapshot]] = defaultdict(list)
    query = select(table.remark_id, table.text, table.at)
    query = query.where(col(table.remark_id).in_(list(ids))).order_by(col(table.number))
    for remark_id, text, at in desk.session.exec(query):
        told[remark_id].append({"text": text, "at": iso(at)})
    return told
