"""資料: a version on a page of its own, its pages as pictures, its sheets as tables, its file."""

import json
import threading
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from app.domain.errors import NotFound
from app.domain.papers import MEDIA_TYPES, PaperType
from app.queries.papers import Paper, Shown, is_noted, shown
from app.services.paper_views import SHOWN, TAKEN, note_shown
from app.store.files import Files, Renderings
from app.web.context import current_actor, database, reading, settings
from app.web.uploads import reader

bp = Blueprint("papers", __name__)
# Widths a page is drawn in: to be read, to be read closely, to be looked into.
WIDTHS = (1000, 1600, 2400)
# A whole table opens the same page at once; it is drawn for the first and kept for the others.
_DRAWING = tuple(threading.Lock() for _ in range(16))


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a paper: a picture with its words, or the beginning of a sheet."""

    told: dict[str, Any]
    picture: bytes


@bp.get("/papers/<paper_id>/<int:version>")
def show(paper_id: str, version: int) -> str:
    held = _held(paper_id, version, SHOWN)
    number = min(request.args.get("page", 1, int), held.paper.version.pages)
    leaf = _leaf(held.paper, max(number, 1), WIDTHS[0])
    return render_template(
        "papers/show.html",
        held=held,
        paper=held.paper,
        number=max(number, 1),
        leaf=leaf.told,
        size_of=size_of,
        urls=addresses(held.paper, max(number, 1)),
    )


@bp.get("/papers/<paper_id>/<int:version>/pages/<int:number>")
def page(paper_id: str, version: int, number: int) -> Response:
    """A picture the server has drawn; what was brought is never shown as it came."""
    held = _held(paper_id, version, SHOWN)
    leaf = _leaf(held.paper, number, WIDTHS[request.args.get("zoom", 0, int) % len(WIDTHS)])
    if not leaf.picture:
        raise NotFound
    drawn = PaperType.JPEG if held.paper.version.type == PaperType.JPEG else PaperType.PNG
    return _private(Response(leaf.picture, mimetype=MEDIA_TYPES[drawn]))


@bp.get("/api/papers/<paper_id>/<int:version>/pages/<int:number>")
def leaf(paper_id: str, version: int, number: int) -> Response:
    """The words of a page, or a sheet's first rows, for the live viewer."""
    held = _held(paper_id, version, SHOWN)
    return _private(jsonify(_leaf(held.paper, number, WIDTHS[0]).told))


@bp.get("/papers/<paper_id>/<int:version>/original")
def original(paper_id: str, version: int) -> Response:
    """The file as it came, to be kept and not to be opened here."""
    row = _held(paper_id, version, TAKEN).paper.version
    response = Response(_content(row.digest), mimetype=MEDIA_TYPES[PaperType(row.type)])
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{row.digest[:12]}.{row.type}"; '
        f"filename*=UTF-8''{quote(row.name, safe='')}"
    )
    return _private(response)


def addresses(paper: Paper, number: int) -> dict[str, str]:
    place: dict[str, Any] = {"paper_id": paper.id, "version": paper.version.version}
    return {
        "picture": url_for("papers.page", number=number, **place),
        "closer": url_for("papers.page", number=number, zoom=2, **place),
        "original": url_for("papers.original", **place),
        "before": url_for("papers.show", page=number - 1, **place),
        "after": url_for("papers.show", page=number + 1, **place),
    }


def size_of(size: int) -> str:
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))}KB"
    return f"{size / 1024 / 1024:.1f}MB"


def _held(paper_id: str, version: int, way: str) -> Shown:
    """The version if this person may see it now; that they do is on record before they get it."""
    actor = current_actor()
    with reading() as desk:
        held = shown(desk, actor, paper_id, version)
        noted = way == SHOWN and is_noted(desk, actor, paper_id, version, way)
    if not noted:
        note_shown(database(), actor, paper_id, version, way)
    return held


def _leaf(paper: Paper, number: int, width: int) -> Leaf:
    row = paper.version
    if not 1 <= number <= row.pages:
        raise NotFound
    drawn = Renderings(settings().data / "cache" / "papers")
    sheets = row.type == PaperType.XLSX
    key = f"{row.digest}/sheets" if sheets else f"{row.digest}/{number}/{width}"
    kept = drawn.get(key)
    if kept is None:
        with _DRAWING[hash(key) % len(_DRAWING)]:
            kept = drawn.get(key)
            if kept is None:
                kept = _drawn(row.digest, PaperType(row.type), number, width)
                drawn.put(key, kept)
    told, _end, picture = kept.partition(b"\n")
    found = json.loads(told)
    return Leaf(found["sheets"][number - 1] if sheets else found, picture)


def _drawn(digest: str, kind: PaperType, number: int, width: int) -> bytes:
    content = _content(digest)
    if kind is PaperType.XLSX:
        return json.dumps({"sheets": reader().sheets(content)}).encode() + b"\n"
    leaf = reader().page(content, kind, number, width)
    told = {"text": leaf.text, "width": leaf.width, "height": leaf.height}
    return json.dumps(told).encode() + b"\n" + leaf.picture


def _content(digest: str) -> bytes:
    return Files(settings().files).get(digest)


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    return response
