"""Files somebody brings, told cell by cell within limits; what is no table is refused with why."""

import io
import json
import subprocess
import sys
import time
import zipfile

import openpyxl
import pytest

from app.documents.confined import Limits
from app.documents.paper_reader import PaperReader
from app.documents.sheet_reader import WORKER, SheetReader
from app.domain.errors import Malformed
from app.domain.sheet_grid import Raw, RawKind
from tests import papers

READER = SheetReader(Limits(memory_bytes=1 << 30, cpu_seconds=5, wall_seconds=30))
BOOK = papers.workbook(表=[["受付日", "緊急度"], ["2026/4/1", "B"]])


def read(content):
    return READER.grids(content, PaperReader().examine)


def saved(book):
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def rows_of(count):
    """A workbook of very many rows, small as a file."""
    head = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, count))
    return papers.with_parts(
        BOOK, **{"xl__worksheets__sheet1.xml": head + rows + b"</sheetData></worksheet>"}
    )


def merged(*areas):
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        told = archive.read(part).decode()
    listed = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    told = told.replace("</sheetData>", f"</sheetData><mergeCells>{listed}</mergeCells>")
    return papers.with_parts(BOOK, **{part: told.encode()})


def with_macros():
    types = b"macroEnabled"
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        told = archive.read(papers.CONTENT_TYPES).replace(b"sheet.main", types)
    return papers.with_parts(BOOK, **{papers.CONTENT_TYPES: told})


def test_cells_are_told_in_their_kinds_with_merged_areas_and_formulas():
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["題", None, None])
    page.merge_cells("A1:C1")
    page.append([1.5, True, 20, "=1+1", "#REF!", "  "])
    page["E2"].data_type = "e"
    page["C2"].number_format = "yyyy/mm/dd"
    book.create_sheet("裏").sheet_state = "hidden"
    first, second = read(saved(book))
    assert first.merged == ((1, 1, 1, 3),)
    assert first.cells == {
        (1, 1): Raw(RawKind.TEXT, "題"),
        (2, 1): Raw(RawKind.NUMBER, "1.5"),
        (2, 2): Raw(RawKind.TEXT, "TRUE"),
        (2, 3): Raw(RawKind.DATE, "1900-01-20"),
        (2, 4): Raw(RawKind.UNCALCULATED, ""),
        (2, 5): Raw(RawKind.ERROR, "#REF!"),
    }
    assert (first.hidden, second.hidden, second.cells) == (False, True, {})


def test_a_formula_says_what_the_file_kept_for_it():
    part = "xl/worksheets/sheet1.xml"
    book = openpyxl.Workbook()
    book.worksheets[0].append(["=1+1"])
    content = saved(book)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        told = archive.read(part).replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")
    (grid,) = read(papers.with_parts(content, **{part.replace("/", "__"): told}))
    assert grid.cells == {(1, 1): Raw(RawKind.NUMBER, "2")}


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        ('受付日,希望\r\n2026/4/1,"一\n二"'.encode("utf-8-sig"), ","),
        ('受付日,希望\n2026/4/1,"一\n二"'.encode(), ","),
        ('受付日,希望\r\n2026/4/1,"一\n二"'.encode("cp932"), ","),
        ('受付日\t希望\r\n2026/4/1\t"一\n二"'.encode("utf-16"), "\t"),
    ],
)
def test_csv_is_read_in_the_letters_it_was_written_in(content, delimiter):
    (grid,) = read(content)
    texts = {place: raw.text for place, raw in grid.cells.items()}
    assert texts == {(1, 1): "受付日", (1, 2): "希望", (2, 1): "2026/4/1", (2, 2): "一\n二"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "ファイルが空です。"),
        (b"a" * (5 * 1024 * 1024 + 1), "ファイルが大きすぎます"),
        (bytes(50 << 20), "ファイルが大きすぎます"),
        (BOOK[:-50], "Excelブック（.xlsx）として読み取れません"),
        (BOOK[: len(BOOK) // 2], "Excelブック（.xlsx）として読み取れません"),
        (papers.bomb(), "中身が大きすぎて読み取れません"),
        (papers.lying_bomb(), "Excelブック（.xlsx）として読み取れません"),
        (rows_of(2_000_000), "ファイルが大きすぎます"),
        (rows_of(900_000), "中身が大きすぎて読み取れません"),
        (rows_of(5_100), "中身が大きすぎて読み取れません"),
        (merged("A1:CV5000"), "中身が大きすぎて読み取れません"),
        (merged(*["A1:A1048576"] * 3), "中身が大きすぎて読み取れません"),
        (papers.with_parts(BOOK, **{"xl/vbaProject.bin": b"x"}), "マクロを含むブック"),
        (with_macros(), "マクロを含むブック"),
        (papers.with_parts(BOOK, **{"xl/externalLinks/externalLink1.xml": b"<a/>"}), "外部参照"),
        (b"a\n" * 20_100, "中身が大きすぎて読み取れません"),
        (b"a," * 101, "中身が大きすぎて読み取れません"),
        ("あ\n".encode() * 3 + b"\xff\x81", "文字コードを読み取れません"),
        (b"a\x00b,c\x00", "文字コードを読み取れません"),
        (b"\x89PNG\r\n\x1a\n", "Excelブック（.xlsx）またはCSV"),
    ],
    ids=range(20),
)
def test_what_cannot_be_taken_is_refused_with_the_reason(content, told):
    began = time.monotonic()
    with pytest.raises(Malformed) as refused:
        read(content)
    assert told in str(refused.value.fields["file"])
    assert time.monotonic() - began < 25


def test_a_file_that_costs_too_much_is_given_up():
    poor = SheetReader(Limits(memory_bytes=1 << 30, cpu_seconds=1, wall_seconds=0.05))
    with pytest.raises(Malformed) as refused:
        poor.grids(BOOK, PaperReader().examine)
    assert "時間または資源がかかりすぎる" in str(refused.value.fields["file"])


@pytest.mark.parametrize("act", ["open('/etc/passwd')", "os.posix_spawn('/bin/true', ['t'], {})"])
def test_what_a_file_made_the_worker_do_ends_at_the_wall(act: str) -> None:
    """As if reading a table had run a stranger's code."""
    limits = {"memory": 1 << 30, "seconds": 5, "rows": 9, "columns": 9, "cells": 9}
    limits |= {"letters": 9, "merged": 9}
    script = (
        f"import os, sys\nsys.path.insert(0, {str(WORKER.parent)!r})\nimport sheet_worker\n"
        f"sheet_worker.table_of = lambda content, meter: [{act}] and []\n"
        f"sheet_worker.main('csv', {limits!r})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=b"", capture_output=True, check=True
    )
    assert json.loads(done.stdout) == {"ok": False, "why": "broken"}
