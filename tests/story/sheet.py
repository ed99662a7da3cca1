"""What is written into the sheet while the item runs: a cell, and a line of each of its lists."""

from collections.abc import Callable, Iterator
from typing import Any

from app.services.commands import Done
from tests.cast import Cast, Step


def into_the_sheet(c: Cast, a: dict[str, str], i: dict[str, str]) -> Iterator[Step]:
    def do(who: str, command: str, keep: str | None = None, **body: Any) -> Callable[[], Done]:
        return lambda: c.does(
            who, command, keep, **{k: v() if callable(v) else v for k, v in body.items()}
        )

    case = lambda: i["case"]  # noqa: E731  # read when the step runs, not when it is told
    yield (
        "write a cell",
        do(
            "bank",
            "write_cell",
            case_id=case,
            row="case",
            column="repayment_status",
            value="repaying",
            base_version=0,
        ),
    )
    proposal: dict[str, Any] = {
        "row": a["yorozu"],
        "column": "menu",
        "value": "専門家派遣",
        "base_version": 0,
    }
    yield "propose", do("yorozu", "write_cell", case_id=case, **proposal)
    yield "add an issue", do("cga", "add_sheet_row", "issue", case_id=case, kind="issue")
    done = {"case_id": case, "kind": "progress"}
    yield "add a line of progress", do("yorozu", "add_sheet_row", "progress", **done)
    visited: dict[str, Any] = {"column": "progress", "value": "店を訪ねた", "base_version": 0}
    there: dict[str, Any] = {"case_id": case, "row": lambda: i["progress"]}
    yield "tell a visit", do("yorozu", "write_cell", **there, **visited)
    yield "add a note", do("bank", "add_sheet_row", "note", case_id=case, kind="note")
