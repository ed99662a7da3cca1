import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from app.documents.pdf import (
    INSTALL_LIBRARIES,
    NOT_STARTED,
    TOO_DEAR,
    WORKER,
    Attached,
    Limits,
    PdfFailed,
    PdfPress,
    Printed,
)

CSS = '* { font-family: "BIZ UDPGothic", "Noto Sans JP" }'
PAGE = '<!doctype html><html lang="ja"><head><title>題名</title></head><body>{}</body></html>'
MADE_AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
# Each level doubles the layout: without a limit this takes hours.
ENDLESS = '<div style="display:flex">' * 40 + "x"


def printed(press: PdfPress, body: str, attached: tuple[Attached, ...] = ()) -> Printed:
    return press.render(
        PAGE.format(body), CSS, identifier="試験-1", made_at=MADE_AT, attached=attached
    )


@pytest.fixture
def own_press() -> Iterator[PdfPress]:
    """A press whose workers may be hurt; set its limits before the first document."""
    press = PdfPress()
    yield press
    press.close()


def pid_of_idle(press: PdfPress) -> int:
    (worker,) = press.idle
    return worker.process.pid


def test_the_same_document_has_the_same_bytes_from_another_worker(
    press: PdfPress, own_press: PdfPress
) -> None:
    attached = (Attached("plan.json", "data", b"{}"),)
    first = printed(press, "<h1>支援計画</h1><p>髙橋 𠮷田</p>", attached)
    printed(press, "<p>別の文書</p>")
    assert printed(press, "<h1>支援計画</h1><p>髙橋 𠮷田</p>", attached) == first
    assert printed(own_press, "<h1>支援計画</h1><p>髙橋 𠮷田</p>", attached) == first


def test_only_our_fonts_are_used_and_all_are_embedded(press: PdfPress) -> None:
    body = "<p>青葉製作所 𠮷 Entaku</p><p style='font-family:serif'>明朝</p><b>太字</b>"
    pdf = pikepdf.open(io.BytesIO(printed(press, body).pdf))
    fonts = [part for part in pdf.objects if isinstance(part, pikepdf.Dictionary)]
    descriptors = [part for part in fonts if part.get("/Type") == "/FontDescriptor"]
    names = {str(part.FontName).partition("+")[2] for part in descriptors}
    assert names == {"BIZ-UDPGothic", "BIZ-UDPGothic-Bold", "Noto-Sans-JP"}
    assert all("/FontFile2" in part for part in descriptors)


def test_a_document_says_what_it_is_to_readers_and_archives(press: PdfPress) -> None:
    pdf = pikepdf.open(io.BytesIO(printed(press, "<h1>章</h1>").pdf))
    described = pdf.Root.Metadata.read_bytes()
    assert b'pdfaid:part="3"' in described
    assert b'pdfaid:conformance="A"' in described
    assert b'pdfuaid:part="1"' in described
    assert described.count(b"<rdf:RDF") == 1
    assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("ja", True)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo["/Title"]) == "題名"


def test_an_attachment_is_carried_once_with_its_date(press: PdfPress) -> None:
    result = printed(press, "x", (Attached("plan.json", "data", b'{"a": 1}'),))
    pdf = pikepdf.open(io.BytesIO(result.pdf))
    carried = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    assert carried == {"plan.json": b'{"a": 1}'}
    assert len(pdf.Root.AF) == 1
    assert str(pdf.Root.AF[0].AFRelationship) == "/Source"
    assert str(pdf.Root.AF[0].EF.F.Params.ModDate) == "D:20261124030000Z"


def test_rare_kanji_have_glyphs_and_what_has_none_is_reported(press: PdfPress) -> None:
    assert (
        printed(press, "<p>𠮷田 髙槗 﨑 邉 邊 齋 瀨 㐂 𩸽 𡈽 𣘺 ㈱ ① ㊞ ▲</p>").missing_glyphs == ()
    )
    assert printed(press, "<p>😀 \ue000 葛\U000e0100</p>").missing_glyphs == ("U+E000", "U+1F600")


def test_a_lone_surrogate_is_reported_and_does_not_stop_the_document(press: PdfPress) -> None:
    result = printed(press, "<p>青\ud800葉</p>")
    assert result.missing_glyphs == ("U+D800",)
    assert result.pdf.startswith(b"%PDF-1.7")


def test_a_worker_is_used_again_and_replaced_after_its_share(own_press: PdfPress) -> None:
    own_press.limits = Limits(documents_per_worker=2)
    own_press.warm()
    first = pid_of_idle(own_press)
    printed(own_press, "1")
    assert pid_of_idle(own_press) == first
    printed(own_press, "2")
    assert own_press.idle == []
    printed(own_press, "3")
    assert pid_of_idle(own_press) != first


def test_a_worker_that_died_while_idle_is_replaced_unnoticed(own_press: PdfPress) -> None:
    own_press.warm()
    dead = own_press.idle[0].process
    os.kill(dead.pid, signal.SIGKILL)
    dead.wait()
    assert printed(own_press, "x").pdf.startswith(b"%PDF")


def test_a_worker_that_dies_at_work_refuses_one_document_only(own_press: PdfPress) -> None:
    own_press.warm()
    process = own_press.idle[0].process
    killing = threading.Timer(1.5, process.kill)
    killing.start()
    with pytest.raises(PdfFailed) as refused:
        printed(own_press, ENDLESS)
    killing.join()
    assert (refused.value.code, refused.value.message) == ("pdf_failed", TOO_DEAR)
    assert printed(own_press, "x").pdf.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("limits", "dear"),
    [
        (Limits(wall_seconds=2), ENDLESS),
        (Limits(cpu_seconds=1), ENDLESS),
        (Limits(memory_bytes=250 << 20), "<table>" + "<tr><td>x" * 20_000),
    ],
    ids=["wall clock", "processor", "memory"],
)
def test_a_document_that_costs_too_much_is_ended_by_each_limit(
    own_press: PdfPress, limits: Limits, dear: str
) -> None:
    own_press.limits = limits
    with pytest.raises(PdfFailed) as refused:
        printed(own_press, dear)
    assert refused.value.message == TOO_DEAR
    assert own_press.idle == []
    own_press.limits = Limits()
    assert printed(own_press, "x").pdf.startswith(b"%PDF")


def test_no_document_may_take_longer_than_twenty_seconds() -> None:
    limits = Limits()
    assert limits.wall_seconds + 0.5 <= 20  # the half second is the grace given at the end
    assert limits.cpu_seconds < limits.wall_seconds


def test_elements_too_deep_for_the_layout_are_refused(own_press: PdfPress) -> None:
    with pytest.raises(PdfFailed) as refused:
        printed(own_press, "<div>" * 500)
    assert refused.value.remedy == PdfFailed.remedy


def test_html_and_pdf_that_are_too_large_are_refused(own_press: PdfPress) -> None:
    own_press.limits = Limits(html_characters=200)
    with pytest.raises(PdfFailed, match="文書が長すぎる"):
        printed(own_press, "x" * 200)
    own_press.limits = Limits(pdf_bytes=1000)
    with pytest.raises(PdfFailed, match="PDFが大きくなりすぎた"):
        printed(own_press, "x")


def test_a_full_press_asks_to_come_back_later(own_press: PdfPress) -> None:
    own_press.limits = Limits(wall_seconds=3, queue_seconds=0.2)
    own_press.warm()
    refusals: list[str] = []

    def print_endlessly() -> None:
        with pytest.raises(PdfFailed) as refused:
            printed(own_press, ENDLESS)
        refusals.append(refused.value.message)

    busy = threading.Thread(target=print_endlessly)
    busy.start()
    while own_press.idle:
        time.sleep(0.01)
    with pytest.raises(PdfFailed) as refused:
        printed(own_press, "x")
    busy.join()
    assert refused.value.message == "PDFの作成が混み合っています。"
    assert refusals == [TOO_DEAR]


def test_missing_fonts_are_named_with_what_to_do(tmp_path: Path) -> None:
    press = PdfPress(font_packages=tmp_path)
    with pytest.raises(PdfFailed) as refused:
        printed(press, "x")
    press.close()
    assert "BIZUDPGothic_400Regular.ttf" in str(refused.value)
    assert refused.value.remedy == "npm ci を実行してから、もう一度お試しください。"


def test_a_worker_that_cannot_start_tells_the_administrator(
    own_press: PdfPress, tmp_path: Path
) -> None:
    for font in own_press.fonts:
        copy = tmp_path / font.relative_to(own_press.font_packages)
        copy.parent.mkdir(parents=True)
        copy.write_bytes(b"no font")
    press = PdfPress(font_packages=tmp_path)
    with pytest.raises(PdfFailed) as refused:
        printed(press, "x")
    press.close()
    assert (refused.value.message, refused.value.remedy) == (NOT_STARTED, INSTALL_LIBRARIES)


def test_no_secret_of_the_server_reaches_the_worker(
    own_press: PdfPress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTAKU_SECRET", "canary-41c2")
    own_press.warm()
    printed(own_press, "x")
    environment = Path(f"/proc/{pid_of_idle(own_press)}/environ").read_bytes()
    assert {line.partition(b"=")[0] for line in environment.split(b"\0") if line} == {
        b"FONTCONFIG_FILE",
        b"HOME",
        b"LC_ALL",
        b"PATH",
        b"PYTHONHASHSEED",
        b"SOURCE_DATE_EPOCH",
        b"TMPDIR",
    }


@pytest.mark.parametrize(
    "act",
    [
        "open('/etc/passwd')",
        "open(b'/etc/hostname', 'rb')",
        "open(sys.prefix + '/../../../../../../etc/passwd')",
        "socket.socket()",
        "socket.getaddrinfo('localhost', 80)",
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.fork()",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "__import__('ctypes').CDLL('libc.so.6')",
    ],
)
def test_the_worker_can_neither_read_elsewhere_nor_talk(act: str) -> None:
    script = (
        "import os, socket, subprocess, sys\nfrom pathlib import Path\n"
        f"sys.path.insert(0, {str(WORKER.parent)!r})\nfrom worker_wall import forbid_outside\n"
        f"forbid_outside()\ntry:\n    {act}\nexcept PermissionError:\n    "
        "os.write(1, b'refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout == b"refused"
