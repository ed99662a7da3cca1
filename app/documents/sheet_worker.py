"""The limited process that tells every cell of one workbook or CSV file; it knows nothing else.

Started by path with the file on its standard input; the answer is JSON on standard output. A
formula is never calculated: it says what the file last kept for it, or that nothing was kept.
"""

import csv
import io
import json
import re
import resource
import sys
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl

# Found beside this file, which was started by its path; only for this one import.
if TYPE_CHECKING:
    from app.documents.worker_wall import forbid_outside, limit
else:
    sys.path.append(str(Path(__file__).parent))
    from worker_wall import forbid_outside, limit

    sys.path.pop()

MOST_ANSWER = 32 << 20
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
DELIMITERS = ",\t;"


class Refused(Exception):
    """The file is not taken; the word says why."""


class Meter:
    """What may still be told."""

    def __init__(self, limits: dict[str, int]) -> None:
        self.rows, self.columns = limits["rows"], limits["columns"]
        self.cells, self.letters = limits["cells"], limits["letters"]
        self.merged = limits["merged"]

    def count(self, text: str) -> None:
        self.cells -= 1
        self.letters -= len(text)
        if self.cells < 0 or self.letters < 0:
            raise Refused("too_much")

    def merge(self, rows: int, columns: int) -> None:
        self.merged -= rows * min(columns, self.columns)
        if rows < 1 or columns < 1 or self.merged < 0:
            raise Refused("too_much")


def book_of(content: bytes, meter: Meter) -> list[dict[str, Any]]:
    """Twice read: once for what the cells show, once for which of them are formulas."""
    shown, written = (
        openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=calculated, keep_links=False
        )
        for calculated in (True, False)
    )
    merged = merged_of(content, shown, meter)
    return [
        {
            "name": str(page.title),
            "cells": cells_of(page, formulas, meter),
            "merged": merged.get(page.title, []),
            "from_1904": shown.epoch.year == 1904,
            "hidden": page.sheet_state != "visible",
        }
        for page, formulas in zip(shown.worksheets, written.worksheets, strict=True)
    ]


def cells_of(page: Any, formulas: Any, meter: Meter) -> list[list[Any]]:
    told: list[list[Any]] = []
    page.reset_dimensions()
    formulas.reset_dimensions()
    area = {"max_row": meter.rows + 1, "max_col": meter.columns + 1}
    lines = zip(page.iter_rows(**area), formulas.iter_rows(**area), strict=True)
    for number, (line, behind) in enumerate(lines, 1):
        for at, (cell, formula) in enumerate(zip(line, behind, strict=True), 1):
            kind, text = said(cell, formula)
            if not kind:
                continue
            if number > meter.rows or at > meter.columns:
                raise Refused("too_much")
            meter.count(text)
            told.append([number, at, kind, text])
    meter.rows -= told[-1][0] if told else 0
    return told


def said(cell: Any, formula: Any) -> tuple[str, str]:
    value = cell.value
    if value is None:
        return ("f", "") if formula.data_type == "f" else ("", "")
    if cell.data_type == "e":
        return "e", str(value)[:20]
    match value:
        case bool():
            return "t", "TRUE" if value else "FALSE"
        case int():
            return "n", str(value)
        case float():
            return "n", f"{value:.15g}" if abs(value) < 1e15 else f"{value:.0f}"
        case datetime() if value.time() != time():
            return "t", f"{value:%Y/%m/%d %H:%M}"
        case date():  # a datetime too
            return "d", f"{value:%Y-%m-%d}"
        case _:
            text = str(value)
            return ("t", text) if text.strip() else ("", "")


def merged_of(content: bytes, book: Any, meter: Meter) -> dict[str, list[list[int]]]:
    """The quick way of reading leaves merged areas out: they stand in the parts themselves."""
    found: dict[str, list[list[int]]] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for page in book.worksheets:
            part = archive.read(page._worksheet_path.lstrip("/"))
            areas = [
                [int(row), column_of(column), int(last_row), column_of(last_column)]
                for column, row, last_column, last_row in MERGED.findall(part)
            ]
            for row, column, last_row, last_column in areas:
                meter.merge(last_row - row + 1, last_column - column + 1)
            found[page.title] = areas
    return found


def column_of(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def table_of(content: bytes, meter: Meter) -> list[dict[str, Any]]:
    csv.field_size_limit(100_000)
    text = text_of(content)
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    cells: list[list[Any]] = []
    for number, line in enumerate(
        csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1
    ):
        for at, value in enumerate(line, 1):
            if not value.strip():
                continue
            if number > meter.rows or at > meter.columns:
                raise Refused("too_much")
            meter.count(value)
            cells.append([number, at, "t", value])
    return [{"name": "CSV", "cells": cells, "merged": [], "from_1904": False, "hidden": False}]


def text_of(content: bytes) -> str:
    for code in (
        ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp932")
    ):
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise Refused("letters")


def answer(kind: str, limits: dict[str, int]) -> dict[str, Any]:
    content = sys.stdin.buffer.read()
    try:
        grids = (book_of if kind == "xlsx" else table_of)(content, Meter(limits))
    except Refused as refused:
        return {"ok": False, "why": str(refused)}
    except MemoryError:
        return {"ok": False, "why": "too_much"}
    except Exception:  # noqa: BLE001  # a file can be broken in any way
        return {"ok": False, "why": "broken"}
    return {"ok": True, "grids": grids}


def main(kind: str, limits: dict[str, int]) -> None:
    out = limit(limits["memory"], MOST_ANSWER)
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"]))
    forbid_outside()
    told = json.dumps(answer(kind, limits), ensure_ascii=False)
    out.write(told.encode("utf-8", "replace"))
    out.flush()


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
