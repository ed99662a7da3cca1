"""The information-sharing sheet as one agency may see it: columns, rows and cells."""

from typing import Any

from sqlmodel import col, select

from app.clock import iso
from app.domain.access import Act
from app.domain.case_life import CaseStatus
from app.domain.consent import ITEM_GROUP_LABELS
from app.domain.people import Actor
from app.domain.sheet_columns import COLUMN, COLUMNS, RowKind
from app.domain.sheet_schema import Right, is_frozen, may_see, right_at, right_to
from app.queries.papers import papers_snapshot
from app.store import reach
from app.store.tables.agencies import AgencyRow
from app.store.tables.sheets import CellRow, SheetRowRow
from app.store.unit_of_work import Desk

Snapshot = dict[str, Any]
_GROUP_OF_KIND = {column.row_kind: column.group for column in COLUMNS}


def sheet_snapshot(desk: Desk, actor: Actor, case_id: str) -> Snapshot:
    """Rows and cells the journal has made, through this agency's rights."""
    case = reach.case(desk, actor, case_id, Act.SEE_SHEET)
    rights = {group: right_to(actor, case.standing, group) for group in {c.group for c in COLUMNS}}
    rows = desk.session.exec(
        select(SheetRowRow)
        .where(SheetRowRow.case_id == case_id)
        .order_by(col(SheetRowRow.position))
    ).all()
    owners = {row.row: row.owner_agency_id for row in rows}
    seen = [
        row
        for row in rows
        if row.kind == RowKind.CASE
        or may_see(rights[_GROUP_OF_KIND[RowKind(row.kind)]], row.owner_agency_id, actor.agency_id)
    ]
    visible = {row.row for row in seen}
    cells = desk.session.exec(select(CellRow).where(CellRow.case_id == case_id))
    return {
        "id": case_id,
        "rows": [
            {"id": row.row, "kind": row.kind, "owner_id": row.owner_agency_id} for row in seen
        ],
        "cells": {
            f"{cell.row}|{cell.column}": {
                "value": cell.value,
                "version": cell.version,
                "person": cell.person_name,
                "agency": cell.agency_name,
                "at": iso(cell.at),
                "reason": cell.reason,
            }
            for cell in cells
            if cell.row in visible
            and may_see(rights[COLUMN[cell.column].group], owners[cell.row], actor.agency_id)
        },
        **papers_snapshot(desk, actor, case),
    }


def sheet_columns(desk: Desk, actor: Actor, case_id: str) -> list[Snapshot]:
    """The columns this agency may see, with what it may do in them; labels are source text."""
    case = reach.case(desk, actor, case_id, Act.SEE_SHEET)
    status = CaseStatus(case.row.status)
    columns = []
    for column in COLUMNS:
        right = right_at(actor, case.standing, column, status)
        if right is Right.HIDDEN:
            continue
        if column.record:
            right = Right.VIEW
        columns.append(
            {
                "key": column.key,
                "label": column.label,
                "group": column.group,
                "group_label": ITEM_GROUP_LABELS[column.group],
                "type": column.type,
                "row_kind": column.row_kind,
                "required": column.required,
                "record": column.record,
                "max_length": column.max_length,
                "right": right,
                "frozen": is_frozen(column.group, status),
                "options": [
                    {"value": str(value), "label": label}
                    for value, label in (column.options or {}).items()
                ],
            }
        )
    return columns


def owners_of(desk: Desk, actor: Actor, case_id: str) -> dict[str, Snapshot]:
    """Agencies that own a row this agency may see, by id, for the labels of their rows."""
    seen = sheet_snapshot(desk, actor, case_id)["rows"]
    ids = {row["owner_id"] for row in seen if row["owner_id"]}
    rows = desk.session.exec(select(AgencyRow).where(col(AgencyRow.id).in_(ids)))
    return {row.id: {"name": row.name, "kind": row.kind} for row in rows}
