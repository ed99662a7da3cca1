"""Writing the sheet and looking at what was written, a line each."""

from typing import Any

from app.domain.people import Actor
from app.queries.cell_history import CellHistory, cell_history
from app.services.commands import Done
from app.services.sheets import AddSheetRow, WriteCell, add_sheet_row, write_cell
from app.services.validation import validated
from app.store.unit_of_work import Database
from tests.factories import Table, op
from tests.round_steps import ALL, accepts, declares, opened, says


def writes(
    database: Database, at: Table, who: str, column: str, value: object, **more: Any
) -> Done:
    given = {"row": "case", "column": column, "value": value, "base_version": 0} | more
    command = validated(WriteCell, {"op_id": op(), "case_id": at.case.id, **given})
    return write_cell(database, at[who], command)


def adds(database: Database, at: Table, who: str, kind: str) -> str:
    command = validated(AddSheetRow, {"op_id": op(), "case_id": at.case.id, "kind": kind})
    return add_sheet_row(database, at[who], command).id or ""


def past(
    database: Database,
    actor: Actor,
    at: Table,
    column: str,
    row: str = "case",
    before: int | None = None,
) -> CellHistory:
    with database.read() as desk:
        return cell_history(desk, actor, at.case.id, row, column, before)


def decides(
    database: Database, at: Table, condition: str = "月次で共有すること", **record: str
) -> None:
    """Yorozu leads; the council's word is tied to a condition, if one is named."""
    asked = opened(database, at)
    for who in ALL:
        tied = who == "council" and condition
        more = {"text": condition} if tied else {}
        if tied and record:
            more["due"] = record["review_on"]
        says(database, at, asked, who, "agree_with_condition" if tied else "agree", **more)
    accepts(database, at, asked)
    declares(database, at, asked, "decided", **record)
