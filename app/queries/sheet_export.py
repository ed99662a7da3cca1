"""What one reader may take out of the sheet as a file, with the versions it stands on."""

from typing import Any

from app.domain.access import Act
from app.domain.consent import ITEM_GROUP_LABELS
from app.domain.people import Actor
from app.domain.sheet_columns import CellType, Column, RowKind
from app.domain.sheet_file import TABLE_NAMES, Row, SheetFile, Table, Way, replaced
from app.domain.sheet_import import CASE_ROW, EXCHANGED, fingerprints
from app.domain.sheet_values import CellValue, value_for
from app.queries.sheet_snapshot import owners_of, sheet_columns, sheet_snapshot
from app.store import reach
from app.store.tables.firms import FirmRow
from app.store.unit_of_work import Desk


def sheet_file(desk: Desk, actor: Actor, case_id: str, number: str) -> SheetFile:
    """The columns and lines of this reader; what an agency notes for itself is in no file."""
    case = reach.case(desk, actor, case_id, Act.SEE_SHEET)
    snapshot = sheet_snapshot(desk, actor, case_id)
    seen = {column["key"] for column in sheet_columns(desk, actor, case_id)}
    names = owners_of(desk, actor, case_id)
    firm = desk.session.get_one(FirmRow, case.row.firm_id)
    tables = []
    for kind in TABLE_NAMES:
        columns = tuple(one for one in EXCHANGED if one.row_kind is kind and one.key in seen)
        rows = [row for row in snapshot["rows"] if row["kind"] == kind]
        if kind is RowKind.CASE:
            rows = [{"id": CASE_ROW, "owner_id": None}]
        made = tuple(
            Row(
                id=row["id"],
                owner=names.get(row["owner_id"] or "", {}).get("name", ""),
                values=tuple(_value(snapshot, row["id"], column) for column in columns),
            )
            for row in rows
        )
        if columns:
            tables.append(Table(kind, columns, made))
    return SheetFile(
        number=number,
        case_no=case.row.case_no,
        firm_name=firm.name,
        agency=actor.agency_name,
        person=actor.person_name,
        at=desk.now(),
        tables=tuple(tables),
        groups={str(group): str(label) for group, label in ITEM_GROUP_LABELS.items()},
    )


def base_of(
    desk: Desk, actor: Actor, file: SheetFile, case_id: str, way: Way
) -> dict[str, list[Any]]:
    """Cell → version, and a fingerprint of what will be read out of the file again."""
    cells = sheet_snapshot(desk, actor, case_id)["cells"]
    fingerprint = fingerprints(desk.secret)
    return {
        name: [cells.get(name, {}).get("version", 0), fingerprint(name, _read(column, value, way))]
        for table in file.tables
        for row in table.rows
        for column, value in zip(table.columns, row.values, strict=True)
        for name in [f"{row.id}|{column.key}"]
    }


def _value(snapshot: dict[str, Any], row: str, column: Column) -> CellValue:
    found: CellValue = snapshot["cells"].get(f"{row}|{column.key}", {}).get("value")
    return found


def _read(column: Column, value: CellValue, way: Way) -> CellValue:
    if way is Way.CSV_CP932 and isinstance(value, str) and column.type in _WRITTEN:
        return value_for(column, replaced(value))
    return value


_WRITTEN = (CellType.TEXT, CellType.LONGTEXT)
