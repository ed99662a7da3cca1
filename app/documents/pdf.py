"""HTML to PDF in a worker process that is limited in memory, processor and wall-clock time.

The process that serves pages never lays out a document: a hostile or unlucky one costs a worker,
not the site. Workers are kept warm, because importing WeasyPrint costs more than a page of layout.
Plain ``subprocess`` and ``threading``: the server's monkey patching makes both cooperative.
"""

import atexit
import base64
import functools
import json
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, cast
from xml.sax.saxutils import escape

from app.domain.errors import Refused
from app.domain.sentences import _

WORKER = Path(__file__).with_name("pdf_worker.py")
FONT_PACKAGES = Path(__file__).resolve().parents[2] / "node_modules" / "@expo-google-fonts"
FONT_FILES = (
    "biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf",
    "biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf",
    "noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf",
    "noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf",
)

NOT_LAID_OUT = _("文書の内容を組版できませんでした。")
TOO_DEAR = _("PDFの作成に時間または資源がかかりすぎたため、中止しました。")
NOT_STARTED = _("PDFを作成するプログラムを起動できませんでした。")
INSTALL_LIBRARIES = _("Pango と HarfBuzz がサーバーに入っているかを、管理者が確認してください。")


class PdfFailed(Refused):
    """The document could not be printed; nothing else was affected."""

    code = "pdf_failed"
    remedy = _("時間をおいてもう一度お試しください。続く場合は、本文や表を短くしてください。")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost. Together they end every document within 20 seconds."""

    memory_bytes: int = 1 << 30
    cpu_seconds: int = 15
    wall_seconds: float = 18
    html_characters: int = 2_000_000
    pdf_bytes: int = 20 << 20
    documents_per_worker: int = 50  # then a fresh process: what leaks, leaks for a while only
    queue_seconds: float = 10


@dataclass(frozen=True, slots=True)
class Attached:
    """A file carried inside the PDF."""

    name: str  # ASCII: WeasyPrint does not encode other names as PDF asks
    description: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished PDF and what a careful reader of it should know."""

    pdf: bytes
    missing_glyphs: tuple[str, ...]  # U+XXXX, drawn as an empty box
    refused_addresses: tuple[str, ...]  # what the HTML wanted to fetch, and did not get


@dataclass(slots=True)
class Worker:
    """One process and how many documents it has printed."""

    process: subprocess.Popen[bytes]
    printed: int = 0

    @property
    def requests(self) -> IO[bytes]:
        return cast(IO[bytes], self.process.stdin)

    @property
    def answers(self) -> IO[bytes]:
        return cast(IO[bytes], self.process.stdout)

    def answer(self, most: int) -> bytes:
        """The next frame; EOFError when the process ended before giving it."""
        (length,) = struct.unpack(">I", self._exactly(4))
        if length > most:
            raise PdfFailed(_("PDFが大きくなりすぎたため、作成を中止しました。"))
        return self._exactly(length)

    def _exactly(self, length: int) -> bytes:
        body = self.answers.read(length)
        if len(body) < length:
            raise EOFError
        return body

    def end(self) -> int:
        """Stop the process and say how it ended: a return code, or a negative signal number."""
        for stream in (self.requests, self.answers):
            with suppress(OSError):
                stream.close()
        try:
            return self.process.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


@dataclass(slots=True)
class PdfPress:
    """A small pool of workers; at most ``workers`` documents are printed at the same time."""

    font_packages: Path = FONT_PACKAGES
    limits: Limits = field(default_factory=Limits)
    workers: int = 1
    idle: list[Worker] = field(default_factory=list, init=False)
    _places: threading.BoundedSemaphore = field(init=False)
    _folder: tempfile.TemporaryDirectory[str] = field(init=False)

    def __post_init__(self) -> None:
        self._places = threading.BoundedSemaphore(self.workers)
        self._folder = tempfile.TemporaryDirectory(prefix="entaku-pdf-")
        folders = "".join(f"<dir>{escape(str(font.parent))}</dir>" for font in self.fonts)
        (Path(self._folder.name) / "fonts.conf").write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
            f"<fontconfig>{folders}<cachedir>{self._folder.name}/cache</cachedir></fontconfig>",
            encoding="utf-8",
        )

    @property
    def fonts(self) -> list[Path]:
        return [self.font_packages / name for name in FONT_FILES]

    def render(
        self,
        html: str,
        css: str,
        *,
        identifier: str,
        made_at: datetime,
        attached: Sequence[Attached] = (),
    ) -> Printed:
        """Print ``html``; the same arguments always give the same bytes.

        ``identifier`` becomes the PDF's identifier, ``made_at`` the date of the attachments.
        """
        if len(html) > self.limits.html_characters:
            raise PdfFailed(_("文書が長すぎるため、PDFを作成できませんでした。"))
        request = {
            "html": html,
            "css": css,
            "identifier": identifier,
            "made_at": made_at.isoformat(),
            "attachments": [
                {
                    "name": each.name,
                    "description": each.description,
                    "base64": base64.b64encode(each.content).decode(),
                }
                for each in attached
            ],
        }
        if not self._places.acquire(timeout=self.limits.queue_seconds):
            raise PdfFailed(
                _("PDFの作成が混み合っています。"),
                remedy=_("しばらく待ってから、もう一度お試しください。"),
            )
        try:
            return self._print(json.dumps(request).encode())
        finally:
            self._places.release()

    def _print(self, request: bytes) -> Printed:
        worker = self._ready_worker()
        # Killing the process ends the blocking read below; so no read needs a time limit.
        alarm = threading.Timer(self.limits.wall_seconds, worker.process.kill)
        alarm.daemon = True
        alarm.start()
        try:
            worker.requests.write(struct.pack(">I", len(request)) + request)
            worker.requests.flush()
            report = json.loads(worker.answer(self.limits.pdf_bytes))
            if not report["ok"]:
                raise PdfFailed(TOO_DEAR if report["why"] == "MemoryError" else NOT_LAID_OUT)
            pdf = worker.answer(self.limits.pdf_bytes)
        except (OSError, EOFError) as failure:
            if worker.end() == 1:  # a Python error outside any document: it never got ready
                raise PdfFailed(NOT_STARTED, remedy=INSTALL_LIBRARIES) from failure
            raise PdfFailed(TOO_DEAR) from failure
        except BaseException:
            worker.end()
            raise
        finally:
            alarm.cancel()
        self._put_back(worker)
        return Printed(pdf, tuple(report["missing_glyphs"]), tuple(report["refused_addresses"]))

    def warm(self) -> None:
        """Start a worker now, so that the first document need not wait for its imports."""
        if not self.idle:
            self.idle.append(self._new_worker())

    def close(self) -> None:
        """End the workers; a press that was closed prints no more."""
        while self.idle:
            self.idle.pop().end()
        self._folder.cleanup()

    def _ready_worker(self) -> Worker:
        while self.idle:
            worker = self.idle.pop()
            if worker.process.poll() is None:
                return worker
            worker.end()
        return self._new_worker()

    def _put_back(self, worker: Worker) -> None:
        worker.printed += 1
        if worker.printed < self.limits.documents_per_worker:
            self.idle.append(worker)
        else:
            worker.end()

    def _new_worker(self) -> Worker:
        if absent := [font.name for font in self.fonts if not font.is_file()]:
            raise PdfFailed(
                _("PDF用の書体が見つかりません: {fonts}"),
                remedy=_("npm ci を実行してから、もう一度お試しください。"),
                fonts="、".join(absent),
            )
        folder = self._folder.name
        return Worker(
            subprocess.Popen(
                [
                    sys.executable,
                    "-s",
                    "-P",
                    str(WORKER),
                    str(self.limits.memory_bytes),
                    str(self.limits.cpu_seconds),
                    *map(str, self.fonts),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                # Nothing of the server's environment: no secret reaches this process, and only
                # our fonts exist for it, so a machine's own fonts cannot change a document.
                env={
                    "FONTCONFIG_FILE": f"{folder}/fonts.conf",
                    "TMPDIR": folder,
                    "HOME": folder,
                    "LC_ALL": "C.UTF-8",
                    "PATH": "/usr/bin:/bin",
                    "PYTHONHASHSEED": "0",
                    "SOURCE_DATE_EPOCH": "0",
                },
            )
        )


@functools.cache
def default_press() -> PdfPress:
    """The press of this process, with the fonts beside the code."""
    press = PdfPress()
    atexit.register(press.close)
    return press


@functools.cache
def press_within(seconds: int, memory_mb: int) -> PdfPress:
    """A press of this process that ends every document within ``seconds``, start-up included."""
    press = PdfPress(
        limits=Limits(
            memory_bytes=memory_mb << 20,
            cpu_seconds=max(1, seconds * 3 // 4),
            wall_seconds=max(1, seconds - 2),
        )
    )
    atexit.register(press.close)
    return press
