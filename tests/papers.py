"""Small papers of every type, and hostile ones, made where they are needed."""

import io
import struct
import zipfile
import zlib
from typing import Any

import openpyxl
from PIL import Image

CONTENT_TYPES = "[Content_Types].xml"


def pdf(*pages: str, catalog: str = "", trailer: str = "") -> bytes:
    """A plain PDF with one line of Latin text a page; ``catalog`` adds to its root."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n, text in enumerate(pages):
        drawn = f"BT /F1 24 Tf 72 760 Td ({text}) Tj ET 72 740 450 2 re f"
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            f" /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * n} 0 R >>",
            f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        ]
    made, places = io.BytesIO(), []
    made.write(b"%PDF-1.7\n")
    for number, body in enumerate(objects, 1):
        places.append(made.tell())
        made.write(f"{number} 0 obj\n{body}\nendobj\n".encode())
    start = made.tell()
    made.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    made.write("".join(f"{place:010} 00000 n \n" for place in places).encode())
    root = f"<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>"
    made.write(f"trailer\n{root}\nstartxref\n{start}\n%%EOF\n".encode())
    return made.getvalue()


def picture(kind: str = "png", size: tuple[int, int] = (320, 200), colour: str = "teal") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, kind)
    return made.getvalue()


def workbook(**sheets: list[list[Any]]) -> bytes:
    """A workbook with these sheets and rows."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def with_parts(content: bytes, **parts: bytes | None) -> bytes:
    """The archive with parts added or replaced: ``__`` in a name stands for a folder's slash."""
    named = {name.replace("__", "/"): body for name, body in parts.items()}
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for one in before.namelist():
            if one not in named:
                after.writestr(one, before.read(one))
        for name, body in named.items():
            if body is not None:
                after.writestr(name, body)
    return made.getvalue()


def bomb(unpacked_mb: int = 200) -> bytes:
    """A small workbook one part of which unpacks to very much."""
    made = io.BytesIO(workbook(a=[[1]]))
    with (
        zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/huge.xml", "w") as part,
    ):
        for _ in range(unpacked_mb):
            part.write(bytes(1 << 20))
    return made.getvalue()


def lying_bomb() -> bytes:
    """The same, but its listing says that the part is small."""
    content = bytearray(bomb(64))
    true, told = struct.pack("<I", 64 << 20), struct.pack("<I", 1000)
    place = content.rfind(true)
    content[place : place + 4] = told
    return bytes(content)


def vast_picture(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG whose head promises 3.6 thousand million pixels, in a few bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        whole = kind + body
        return struct.pack(">I", len(body)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(10_000)))
        + chunk(b"IEND", b"")
    )
