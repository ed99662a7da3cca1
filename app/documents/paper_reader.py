"""Papers taken apart in a process of their own that is limited in memory, processor and time.

The process that serves pages never decodes a picture, a PDF or a workbook that somebody brought:
a hostile one costs a worker, not the site. Each question gets a fresh process, so that a paper
that took its worker over has nobody else's paper before it.
"""

import functools
import hashlib
import json
import struct
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.documents.confined import Limits, TooDear, answer_of
from app.documents.pdf import FONT_FILES, FONT_PACKAGES
from app.domain import paper_file
from app.domain.errors import Refused
from app.domain.paper_file import BROKEN, LOCKED, MACROS, TOO_MUCH, unusable
from app.domain.papers import Examined, PaperType
from app.domain.sentences import _

WORKER = Path(__file__).with_name("paper_worker.py")
TOO_DEAR = _("読み取りに時間または資源がかかりすぎるため、受け付けられません。")
STARTS_A_PROGRAM = _(
    "プログラムを動かす仕掛け（スクリプトや外部呼び出し）を含むため、受け付けられません。"
)
_SENTENCES = {
    "locked": LOCKED,
    "macros": MACROS,
    "too_much": TOO_MUCH,
    "too_dear": TOO_DEAR,
    "starts_a_program": STARTS_A_PROGRAM,
}


class PaperFailed(Refused):
    """The paper could not be shown now; nothing else was affected."""

    code = "paper_failed"
    remedy = _("時間をおいてもう一度お試しください。元のファイルはダウンロードできます。")


class _Unread(Exception):
    """Why the worker gave no answer, in its own word."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page as a picture (PNG or JPEG) with the words on it, as far as they are known."""

    picture: bytes
    text: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PaperReader:
    """At most ``workers`` papers are read at the same time; the others wait, then are refused."""

    limits: Limits = field(default_factory=Limits)
    fonts: tuple[Path, ...] = tuple((FONT_PACKAGES / name).parent for name in FONT_FILES)
    places: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(2)
    )

    def examine(self, content: bytes) -> Examined:
        """What the file is; a refusal says beside the field why it cannot be a paper."""
        kind = paper_file.type_of(content)
        if kind is PaperType.XLSX:
            paper_file.check_workbook(content)
        try:
            report, _nothing = self._ask("examine", kind, content)
        except _Unread as why:
            raise unusable(_SENTENCES.get(str(why), BROKEN[kind])) from why
        return Examined(kind, hashlib.sha256(content).hexdigest(), len(content), report["pages"])

    def page(self, content: bytes, kind: PaperType, number: int, width: int) -> Page:
        report, picture = self._show("page", kind, content, number=number, width=width)
        return Page(picture, report["text"], report["width"], report["height"])

    def sheets(self, content: bytes) -> list[dict[str, Any]]:
        """A workbook's sheets: ``name``, ``rows``, ``columns`` and the first of them as text."""
        report, _nothing = self._show("sheets", PaperType.XLSX, content)
        sheets: list[dict[str, Any]] = report["sheets"]
        return sheets

    def _show(
        self, task: str, kind: PaperType, content: bytes, **more: int
    ) -> tuple[dict[str, Any], bytes]:
        try:
            return self._ask(task, kind, content, **more)
        except _Unread as why:
            raise PaperFailed(_("この資料を表示できませんでした。")) from why

    def _ask(
        self, task: str, kind: PaperType, content: bytes, **more: int
    ) -> tuple[dict[str, Any], bytes]:
        if not self.places.acquire(timeout=self.limits.queue_seconds):
            raise PaperFailed(
                _("資料の読み取りが混み合っています。"),
                remedy=_("しばらく待ってから、もう一度お試しください。"),
            )
        try:
            return _answer_of(self._run(task, kind, content, more))
        finally:
            self.places.release()

    def _run(self, task: str, kind: PaperType, content: bytes, more: dict[str, int]) -> bytes:
        most = {
            "rows": paper_file.MOST_ROWS,
            "columns": paper_file.MOST_COLUMNS,
            "pages": paper_file.MOST_PAGES,
            "pixels": paper_file.MOST_PIXELS,
            **more,
        }
        fonts = [str(one) for one in self.fonts]
        try:
            return answer_of(WORKER, (task, kind), content, self.limits, most, fonts)
        except TooDear as failure:
            raise _Unread("too_dear") from failure


def _answer_of(said: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        (length,) = struct.unpack_from(">I", said)
        report = json.loads(said[4 : 4 + length])
    except (struct.error, ValueError) as failure:
        raise _Unread("broken") from failure
    if not report["ok"]:
        raise _Unread(report["why"])
    return report, said[4 + length :]


@functools.cache
def reader_within(seconds: int, memory_mb: int) -> PaperReader:
    """The reader of this process: every paper ends within ``seconds``."""
    return PaperReader(Limits.within(seconds, memory_mb))
