"""The limited process in which one paper is taken apart; it knows nothing of the product.

Started by path with the file on its standard input, for one paper and one question, so that no
paper ever meets the bytes of another. The answer on standard output is four bytes of length, JSON,
and then a picture where one was asked for. Nothing in a paper is followed, fetched or calculated.
"""

import ctypes
import io
import json
import os
import re
import resource
import struct
import sys
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pypdfium2
from PIL import Image, ImageOps, JpegImagePlugin, PngImagePlugin

# Found beside this file, which was started by its path; only for this one import.
if TYPE_CHECKING:
    from app.documents.worker_wall import forbid_outside, limit
else:
    sys.path.append(str(Path(__file__).parent))
    from worker_wall import forbid_outside, limit

    sys.path.pop()

Image.MAX_IMAGE_PIXELS = None  # the size is looked at here, before anything is decoded
PICTURE_FORMATS = {
    "png": PngImagePlugin.PngImageFile.format,
    "jpeg": JpegImagePlugin.JpegImageFile.format,
}
MOST_ANSWER = 32 << 20
MOST_DRAWN = 12_000_000  # pixels of one rendered page
MOST_TEXT = 20_000
# What a sheet shows at a glance; the file itself has the rest.
SHOWN_SHEETS, SHOWN_ROWS, SHOWN_COLUMNS, SHOWN_LETTERS = 20, 50, 20, 200
# A formula that starts a program (DDE) names it before a bar: =cmd|'/C calc'!A0
STARTS_A_PROGRAM = re.compile(rb"<(?:\w+:)?f\b[^>]*>[^<]*\|[^<]*!")
LINKS_TO_A_PROGRAM = (b"ddeLink", b"oleLink")

# What the library was given stays where it is for as long as the process lives.
_KEPT: list[object] = []


class Refused(Exception):
    """The paper is not taken; the word says why."""


def draw_with(folders: list[str]) -> None:
    """Many offices' PDFs only name their Japanese fonts: ours stand in, on every machine alike."""
    raw = pypdfium2.raw
    letters = ctypes.POINTER(ctypes.c_char)
    names = [ctypes.create_string_buffer(os.fsencode(one)) for one in folders]
    places = (letters * (len(names) + 1))(*(ctypes.cast(one, letters) for one in names))
    raw.FPDF_DestroyLibrary()
    raw.FPDF_InitLibraryWithConfig(
        raw.FPDF_LIBRARY_CONFIG(
            version=2, m_pUserFontPaths=places, m_pIsolate=None, m_v8EmbedderSlot=0
        )
    )
    _KEPT.extend((names, places))


def pdf_of(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as failure:
        locked = pypdfium2.raw.FPDF_GetLastError() == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise Refused("locked" if locked else "broken") from failure


def picture_of(content: bytes, kind: str, most_pixels: int) -> Image.Image:
    """The size stands in the head of the file and is looked at before a single pixel is made."""
    try:
        picture = Image.open(io.BytesIO(content), formats=[PICTURE_FORMATS[kind]])
        if picture.width * picture.height > most_pixels:
            raise Refused("too_much")
        picture.load()
    except (OSError, ValueError, SyntaxError) as failure:
        raise Refused("broken") from failure
    return picture


def require_quiet(archive: zipfile.ZipFile) -> None:
    """No part of a workbook may define entities or start a program."""
    for one in archive.infolist():
        part = archive.read(one).replace(b"\0", b"")
        if one.filename.lower().endswith((".xml", ".rels", ".vml")):
            if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
                raise Refused("broken")
            if STARTS_A_PROGRAM.search(part):
                raise Refused("starts_a_program")
        if "externallinks/" in one.filename.lower() and any(
            link in part for link in LINKS_TO_A_PROGRAM
        ):
            raise Refused("starts_a_program")
        if one.filename == "[Content_Types].xml" and b"macroEnabled" in part:
            raise Refused("macros")


def sheets_of(content: bytes, limits: dict[str, int]) -> list[dict[str, Any]]:
    """Each sheet with its size and its first rows as text; formulas as last calculated."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            require_quiet(archive)
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        left, sheets = limits["rows"], []
        for sheet in book.worksheets:
            told = sheet_of(sheet, left, limits["columns"])
            left -= told["rows"]
            sheets.append(told)
    except (Refused, MemoryError):
        raise
    except Exception as failure:  # a workbook can be broken in any way
        raise Refused("broken") from failure
    if not sheets:
        raise Refused("broken")
    return sheets[:SHOWN_SHEETS] + [sheet | {"table": []} for sheet in sheets[SHOWN_SHEETS:]]


def sheet_of(sheet: Any, most_rows: int, most_columns: int) -> dict[str, Any]:
    rows, columns = 0, 0
    table: list[list[str]] = []
    sheet.reset_dimensions()
    lines = sheet.iter_rows(max_row=most_rows + 1, max_col=most_columns + 1, values_only=True)
    for number, line in enumerate(lines, 1):
        filled = max((at for at, value in enumerate(line, 1) if value is not None), default=0)
        if filled == 0:
            continue
        rows, columns = number, max(columns, filled)
        if rows > most_rows or columns > most_columns:
            raise Refused("too_much")
        if number <= SHOWN_ROWS:
            table += [[] for _ in range(number - len(table) - 1)]
            table.append([said(value) for value in line[:SHOWN_COLUMNS]])
    width = min(columns, SHOWN_COLUMNS)
    table = [(line + [""] * width)[:width] for line in table]
    return {"name": str(sheet.title), "rows": rows, "columns": columns, "table": table}


def said(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 1e15:
            return f"{int(value):,}"
        case int():
            return f"{value:,}"
        case datetime():
            shown = f"{value:%Y/%m/%d %H:%M}"
            return shown.removesuffix(" 00:00")
        case date():
            return f"{value:%Y/%m/%d}"
        case time():
            return f"{value:%H:%M}"
        case _:
            return str(value)[:SHOWN_LETTERS]


def examine(content: bytes, kind: str, limits: dict[str, int]) -> dict[str, Any]:
    if kind == "xlsx":
        return {"pages": len(sheets_of(content, limits))}
    if kind == "pdf":
        pdf = pdf_of(content)
        if pypdfium2.raw.FPDFDoc_GetJavaScriptActionCount(pdf) > 0 or re.search(
            rb"/(?:JavaScript|Launch)\b", content
        ):
            raise Refused("starts_a_program")
        if len(pdf) == 0:
            raise Refused("broken")
        if len(pdf) > limits["pages"]:
            raise Refused("too_much")
        draw(pdf, 1, 200)
        return {"pages": len(pdf)}
    picture_of(content, kind, limits["pixels"])
    return {"pages": 1}


def draw(pdf: pypdfium2.PdfDocument, number: int, width: int) -> tuple[str, Image.Image]:
    """One page and the words on it; an endless page is drawn smaller instead of larger."""
    try:
        page = pdf[number - 1]
        across, down = page.get_size()
        scale = min(width / across, (MOST_DRAWN / (across * down)) ** 0.5, 8)
        picture = page.render(scale=scale, rev_byteorder=True).to_pil()
        return page.get_textpage().get_text_bounded()[:MOST_TEXT], picture
    except (pypdfium2.PdfiumError, IndexError, ZeroDivisionError, ValueError) as failure:
        raise Refused("broken") from failure


def page(content: bytes, kind: str, limits: dict[str, int]) -> tuple[dict[str, Any], bytes]:
    """A picture made anew: what hid in the file beside its pixels stays behind."""
    text, made = "", io.BytesIO()
    if kind == "pdf":
        text, picture = draw(pdf_of(content), limits["number"], limits["width"])
    else:
        picture = picture_of(content, kind, limits["pixels"])
        picture = ImageOps.exif_transpose(picture).convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture)
        picture.thumbnail((limits["width"], limits["width"] * 2))
    picture = picture.convert("RGB")
    if kind == "jpeg":
        picture.save(made, "JPEG", quality=85)
    else:
        picture.save(made, "PNG", compress_level=3)
    size = {"width": picture.width, "height": picture.height}
    return {"text": text, **size}, made.getvalue()


def answer(task: str, kind: str, limits: dict[str, int]) -> tuple[dict[str, Any], bytes]:
    content = sys.stdin.buffer.read()
    try:
        if task == "examine":
            return {"ok": True, **examine(content, kind, limits)}, b""
        if task == "sheets":
            return {"ok": True, "sheets": sheets_of(content, limits)}, b""
        report, picture = page(content, kind, limits)
        return {"ok": True, **report}, picture
    except Refused as refused:
        return {"ok": False, "why": str(refused)}, b""
    except MemoryError:
        return {"ok": False, "why": "too_much"}, b""


def main(task: str, kind: str, limits: dict[str, int], fonts: list[str]) -> None:
    out = limit(limits["memory"], MOST_ANSWER)
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"]))
    if kind == "pdf":
        draw_with(fonts)
    forbid_outside()
    report, picture = answer(task, kind, limits)
    told = json.dumps(report, ensure_ascii=False).encode("utf-8", "replace")
    out.write(struct.pack(">I", len(told)) + told + picture)
    out.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]), sys.argv[4:])
