"""取込み: a workbook or CSV somebody brought, told cell by cell by a limited process (G12)."""

import functools
import io
import json
import threading
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.documents.confined import Limits, TooDear, answer_of
from app.documents.paper_reader import PaperFailed
from app.domain import paper_file
from app.domain.errors import Malformed
from app.domain.sentences import _
from app.domain.sheet_file import unguarded
from app.domain.sheet_grid import Grid, Raw, RawKind, grids_from_json
from app.domain.text import Sentence

WORKER = Path(__file__).with_name("sheet_worker.py")
# A sheet is one case: what is far beyond that is another kind of file.
MOST_ROWS, MOST_CELLS, MOST_LETTERS, MOST_MERGED = 5_000, 20_000, 1_000_000, 100_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_A_TABLE = _("Excelブック（.xlsx）またはCSVファイルを選んでください。")
_SENTENCES = {
    "too_much": paper_file.TOO_MUCH,
    "too_dear": _("読み取りに時間または資源がかかりすぎるため、受け付けられません。"),
    "letters": _("文字コードを読み取れません。UTF-8またはShift_JISで保存し直してください。"),
    "broken": _("ファイルとして読み取れません。開けることを確認し、保存し直してください。"),
}


def unusable(sentence: str) -> Malformed:
    return Malformed(_("このファイルは取り込めません。"), fields={"file": Sentence(sentence)})


@dataclass(frozen=True, slots=True)
class SheetReader:
    """At most two files are read at the same time; the others wait, then are refused."""

    limits: Limits = field(default_factory=Limits)
    places: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(2)
    )

    def grids(self, content: bytes, examine: Any) -> tuple[Grid, ...]:
        """``examine`` refuses what no workbook of ours may hold: macros, programs, bombs."""
        kind = _kind_of(content)
        if kind == "xlsx":
            try:
                paper_file.check_workbook(content)
                _check_links(content)
                examine(content)
            except Malformed as refused:
                raise unusable(refused.fields.get("file", _SENTENCES["broken"])) from refused
        if not self.places.acquire(timeout=self.limits.queue_seconds):
            raise PaperFailed(
                _("ファイルの読み取りが混み合っています。"),
                remedy=_("しばらく待ってから、もう一度お試しください。"),
            )
        try:
            told = self._run(kind, content)
        finally:
            self.places.release()
        if not told["ok"]:
            raise unusable(_SENTENCES.get(told["why"], _SENTENCES["broken"]))
        grids = grids_from_json(told["grids"])
        return tuple(map(_unguarded, grids)) if kind == "csv" else grids

    def _run(self, kind: str, content: bytes) -> dict[str, Any]:
        most = {
            "rows": MOST_ROWS,
            "columns": paper_file.MOST_COLUMNS,
            "cells": MOST_CELLS,
            "letters": MOST_LETTERS,
            "merged": MOST_MERGED,
        }
        try:
            told: dict[str, Any] = json.loads(
                answer_of(WORKER, (kind,), content, self.limits, most)
            )
        except TooDear:
            return {"ok": False, "why": "too_dear"}
        except ValueError:
            return {"ok": False, "why": "broken"}
        return told


def _check_links(content: bytes) -> None:
    """What another file says is not in this one, and what was kept of it may be long untrue."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [one.lower().replace("\\", "/").lstrip("/") for one in archive.namelist()]
    if any(name.startswith("xl/externallinks/") for name in names):
        raise unusable(
            _(
                "ほかのブックへのリンク（外部参照）を含むため、受け付けられません。"
                "リンクを解除し、値だけにして保存し直してください。"
            )
        )


def _kind_of(content: bytes) -> str:
    """By the first bytes, not by a name; what is no workbook and no other kind is text."""
    if not content:
        raise unusable(_("ファイルが空です。"))
    if len(content) > paper_file.MOST_BYTES:
        raise unusable(_("ファイルが大きすぎます（上限5MB）。必要なシートだけを保存してください。"))
    if content.startswith(_OLD_OFFICE):
        raise unusable(
            _("パスワード付きまたは旧形式（.xls）のブックです。.xlsx形式で保存し直してください。")
        )
    if content.startswith(b"PK\x03\x04"):
        return "xlsx"
    if content.startswith((b"%PDF-", b"\x89PNG", b"\xff\xd8\xff")):
        raise unusable(_NOT_A_TABLE)
    return "csv"


def _unguarded(grid: Grid) -> Grid:
    cells = {place: Raw(RawKind.TEXT, unguarded(raw.text)) for place, raw in grid.cells.items()}
    return Grid(grid.name, cells)


@functools.cache
def sheet_reader_within(seconds: int, memory_mb: int) -> SheetReader:
    return SheetReader(Limits.within(seconds, memory_mb))
