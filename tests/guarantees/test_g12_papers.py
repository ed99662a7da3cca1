"""G12 for papers: whatever is brought is refused or harmless, and the web never waits for it."""

import io
import socket
import threading
import time
import zipfile
from contextlib import contextmanager

import pikepdf
import pytest
from PIL import Image, PngImagePlugin

from app.documents.confined import Limits
from app.documents.paper_reader import PaperFailed, PaperReader
from app.domain import paper_file
from app.domain.errors import Malformed
from app.domain.papers import PaperType
from tests import papers
from tests.guarantees.figures import note

BOOK = papers.workbook(表=[["項目", "金額"], ["売上", 1200]])
READER = PaperReader(Limits(memory_bytes=1 << 30, cpu_seconds=3, wall_seconds=30))


def locked_pdf():
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(papers.pdf("a"))) as pdf:
        pdf.save(made, encryption=pikepdf.Encryption(owner="o", user="u", R=6))
    return made.getvalue()


def many_entries(count):
    made = io.BytesIO(BOOK)
    with zipfile.ZipFile(made, "a") as archive:
        for number in range(count):
            archive.writestr(f"x{number}", b"")
    return made.getvalue()


def marked(content, flag):
    """Every entry of the archive's listing with this flag set."""
    made, at = bytearray(content), 0
    while (at := made.find(b"PK\x01\x02", at)) >= 0:
        made[at + 8] |= flag
        at += 4
    return bytes(made)


def laughing():
    levels = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' if n else '<!ENTITY e0 "ha">' for n in range(12)
    )
    body = f"<?xml version='1.0'?><!DOCTYPE workbook [{levels}]><workbook>&e11;</workbook>"
    return papers.with_parts(BOOK, **{"xl/workbook.xml": body.encode()})


def nested_pdf(levels=40):
    """Forms that each draw the one below them twice: 2 to the 40th rectangles."""
    with pikepdf.open(io.BytesIO(papers.pdf("a"))) as pdf:
        below = None
        for _ in range(levels):
            drawn = b"0 0 9 9 re f" if below is None else b"/X Do 1 0 0 1 1 1 cm /X Do"
            form = pdf.make_stream(drawn)
            form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            form.BBox = [0, 0, 595, 842]
            if below is not None:
                form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=below))
            below = form
        page = pdf.pages[0]
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=below))
        page.Contents = pdf.make_stream(b"/X Do")
        made = io.BytesIO()
        pdf.save(made)
        return made.getvalue()


def in_folders(content, name):
    made = io.BytesIO(content)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(name, b"* * * * * root touch /tmp/zqtraversal")
    return made.getvalue()


def part(name, body):
    return papers.with_parts(BOOK, **{name: body})


REFUSED = {
    "a workbook that unpacks to 200 MB": papers.bomb,
    "one whose listing lies about it": papers.lying_bomb,
    "an archive of 30,000 entries": lambda: many_entries(30_000),
    "an archive of 300 entries": lambda: many_entries(300),
    "counts that stand somewhere else": lambda: (
        BOOK[:-22] + b"PK\x06\x07" + b"\0" * 16 + BOOK[-22:]
    ),
    "two parts of one name": lambda: in_folders(BOOK, "XL/workbook.xml"),
    "macros": lambda: part("xl/vbaProject.bin", b"x"),
    "macros by the type of a part": lambda: part(
        "[Content_Types].xml", b"<Types><Override ContentType='x.macroEnabled.main+xml'/></Types>"
    ),
    "a link that starts a program": lambda: part(
        "xl/externalLinks/externalLink1.xml",
        b"<externalLink><ddeLink ddeService='cmd' ddeTopic='/C calc'/></externalLink>",
    ),
    "a formula that starts a program": lambda: papers.workbook(a=[["=cmd|'/C calc'!A0"]]),
    "entities within entities": laughing,
    "a locked part": lambda: marked(BOOK, 1),
    "an old or locked Office document": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "20,001 rows": lambda: papers.workbook(a=[[1]] * 20_001),
    "101 columns": lambda: papers.workbook(a=[[1] * 101]),
    "an archive that is no workbook": lambda: in_folders(b"PK\x03\x04", "a"),
    "a picture of 3,600 million pixels": papers.vast_picture,
    "a drawing called a picture": lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
    "a drawing behind a picture's first bytes": lambda: b"\x89PNG\r\n\x1a\n<svg onload='x()'/>",
    "a page called a PDF": lambda: b"<!DOCTYPE html><script>alert(1)</script>",
    "a page behind a PDF's first bytes": lambda: b"%PDF-1.7\n<script>alert(1)</script>",
    "a page behind a photograph's first bytes": lambda: b"\xff\xd8\xff<script>alert(1)</script>",
    "a PDF with a script": lambda: papers.pdf(
        "a", catalog="/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    ),
    "a PDF that starts a program": lambda: papers.pdf(
        "a", catalog="/OpenAction << /S /Launch /F (calc.exe) >>"
    ),
    "a locked PDF": locked_pdf,
    "a PDF of 301 pages": lambda: papers.pdf(*["a"] * 301),
    "a PDF cut short": lambda: papers.pdf("a")[:200],
    "a PDF without pages": papers.pdf,
    "a program": lambda: b"MZ\x90\0" + bytes(600),
    "nothing": lambda: b"",
    "more than 5 MB": lambda: papers.pdf("a") + bytes(5 << 20),
}


@contextmanager
def listening():
    """Counts everybody who calls."""
    calls = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        ended = threading.Event()

        def answer():
            while not ended.is_set():
                try:
                    server.accept()[0].close()
                    calls.append(1)
                except TimeoutError:
                    continue

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/zq", calls
        ended.set()
        thread.join()


@pytest.mark.guarantee
def test_hostile_files_are_refused_each_with_a_sentence():
    slowest = 0.0
    for what, make in REFUSED.items():
        content = make()
        began = time.process_time()
        with pytest.raises(Malformed) as refused:
            READER.examine(content)
        # The processor time of this very process: what the pages of everybody else wait for.
        slowest = max(slowest, time.process_time() - began)
        assert refused.value.fields["file"], what
    note("g12_papers_refused", files=f"{len(REFUSED)}/{len(REFUSED)}", web_ms=round(slowest * 1000))
    assert slowest < 0.25


@pytest.mark.guarantee
def test_what_is_looked_up_before_parsing_costs_next_to_nothing():
    spent = []
    for content in (papers.bomb(), many_entries(30_000), many_entries(300)):
        began = time.process_time()
        with pytest.raises(Malformed):
            paper_file.check_workbook(content)
        spent.append(time.process_time() - began)
    note("g12_papers_bombs", bombs=len(spent), slowest_ms=round(max(spent) * 1000, 1))
    assert max(spent) <= 0.05


@pytest.mark.guarantee
def test_what_is_taken_is_followed_nowhere_and_shown_anew():
    hidden = b"<script>zqhidden</script>"
    noted = PngImagePlugin.PngInfo()
    noted.add_text("Comment", hidden.decode())
    png, jpeg = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(png, "PNG", pnginfo=noted)
    Image.new("RGB", (60, 40), "teal").save(jpeg, "JPEG", comment=hidden)
    with listening() as (address, calls):
        link = (
            f"/Annots [<< /Subtype /Link /Rect [0 0 595 842] /A << /S /URI /URI ({address}) >> >>]"
        )
        linked = papers.pdf("linked", catalog=f"/OpenAction << /S /URI /URI ({address}) >>")
        target = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="x" Target="{address}" TargetMode="External"/>'
            "</Relationships>"
        )
        taken = {
            "a PDF that calls an address": (linked, PaperType.PDF),
            "a PDF with a link": (
                papers.pdf("a").replace(b"/MediaBox", link.encode() + b"/MediaBox"),
                PaperType.PDF,
            ),
            "a page of no height": (
                papers.pdf("a").replace(b"595 842]", b"14000 1]"),
                PaperType.PDF,
            ),
            "a page of great size": (
                papers.pdf("a").replace(b"595 842]", b"9000000 9000000]"),
                PaperType.PDF,
            ),
            "a picture with words in it": (png.getvalue() + hidden, PaperType.PNG),
            "a photograph with words in it": (jpeg.getvalue() + hidden, PaperType.JPEG),
        }
        for what, (content, kind) in taken.items():
            assert READER.examine(content).type is kind, what
            picture = READER.page(content, kind, 1, 1600).picture
            assert hidden not in picture, what
            with Image.open(io.BytesIO(picture)) as seen:
                assert seen.width * seen.height <= 12_100_000, what
        books = {
            "a book with a link to a book elsewhere": papers.with_parts(
                BOOK,
                **{
                    "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
                    "xl/externalLinks/_rels/externalLink1.xml.rels": target.encode(),
                },
            ),
            "a book that fetches": papers.workbook(a=[[f'=WEBSERVICE("{address}")', 1]]),
            "parts outside the folder": in_folders(BOOK, "../../../../tmp/zqtraversal"),
        }
        for what, content in books.items():
            assert READER.examine(content).type is PaperType.XLSX, what
            cells = [
                cell for sheet in READER.sheets(content) for row in sheet["table"] for cell in row
            ]
            assert [cell for cell in cells if cell.startswith("=")] == [], what
        time.sleep(0.3)
    note("g12_papers_taken", files=len(taken) + len(books), calls=len(calls), live_formulas=0)
    assert calls == []


@pytest.mark.guarantee
def test_a_paper_that_never_ends_costs_its_worker_only():
    tight = PaperReader(Limits(memory_bytes=1 << 30, cpu_seconds=1, wall_seconds=10))
    small = PaperReader(Limits(memory_bytes=160 << 20, cpu_seconds=3, wall_seconds=10))
    endless = {
        "forms within forms": (tight, nested_pdf()),
        "a workbook at every limit": (
            tight,
            papers.workbook(a=[[n * 7 for n in range(100)]] * 9000),
        ),
        "a picture at the limit in too little memory": (small, papers.picture("png", (7000, 5700))),
    }
    ended = []
    for what, (reader, content) in endless.items():
        began = time.process_time()
        with pytest.raises(Malformed):
            reader.examine(content)
        ended.append(time.process_time() - began)
        assert reader.examine(papers.pdf("still here")).pages == 1, what
    note("g12_papers_ended", papers=len(ended), web_ms=round(max(ended) * 1000))


def test_a_full_house_is_told_to_wait():
    reader = PaperReader(Limits(queue_seconds=0.05), places=threading.BoundedSemaphore(1))
    reader.places.acquire()
    with pytest.raises(PaperFailed):
        reader.examine(papers.pdf("a"))
