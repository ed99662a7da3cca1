"""Remarks as the journal tells them, in the record and in the inner lanes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam
from sqlmodel import col, select

from app.clock import iso
from app.store.prepared import Prepared
from app.store.tables.conferences import RemarkRow
from app.store.tables.remarks import LaneRemarkEarlierRow, LaneRemarkRow, RemarkEarlierRow
from app.store.unit_of_work import Desk

Picture = dict[str, Any]


class Said(NamedTuple):
    """Of a remark's row what is told of it: a long item has thousands, and no more is read."""

    id: str
    agency_id: str
    agency_name: str
    person_name: str
    text: str
    at: datetime
    reply_to: str | None
    mentions: list[dict[str, str]]
    links: list[str]
    corrected_at: datetime | None


_COLUMNS: tuple[Any, ...] = tuple(getattr(RemarkRow, name) for name in Said._fields)
_SAID = Prepared(
    select(*_COLUMNS)
    .where(col(RemarkRow.item_id) == bindparam("item"))
    .order_by(col(RemarkRow.position))
)


def remarks_of(desk: Desk, item_id: str) -> list[Picture]:
    """What was said at the item before all; whoever sees the item sees it."""
    rows = [Said(*row) for row in _SAID.rows(desk.session, item=item_id)]
    before = earlier(desk, RemarkEarlierRow, [row.id for row in rows if row.corrected_at])
    return [remark(row, row.agency_id, row.agency_name, before) for row in rows]


def remark(
    row: Said | RemarkRow | LaneRemarkRow,
    agency_id: str,
    agency: str,
    before: Mapping[str, Sequence[Picture]],
) -> Picture:
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


def earlier(
    desk: Desk,
    table: type[RemarkEarlierRow] | type[LaneRemarkEarlierRow],
    ids: Iterable[str],
) -> dict[str, list[Picture]]:
    told: dict[str, list[Picture]] = defaultdict(list)
    query = select(table.remark_id, table.text, table.at)
    query = query.where(col(table.remark_id).in_(list(ids))).order_by(col(table.number))
    for remark_id, text, at in desk.session.exec(query):
        told[remark_id].append({"text": text, "at": iso(at)})
    return told
