"""書き出しと取込み: the sheet as a file, and a file into the sheet by way of a dry run."""

from typing import Any
from urllib.parse import parse_qsl, quote

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from app.clock import in_japan
from app.documents.sheet_book import sheet_book
from app.documents.sheet_csv import sheet_csv
from app.documents.sheet_reader import SheetReader, sheet_reader_within
from app.domain.access import Act
from app.domain.errors import Malformed, NotFound, Refused
from app.domain.paper_file import MOST_BYTES
from app.domain.sentences import _
from app.domain.sheet_columns import COLUMN, RowKind
from app.domain.sheet_file import TABLE_NAMES, SheetFile, Way, missing_letters
from app.domain.sheet_grid import address
from app.domain.sheet_import import CASE_ROW, State
from app.domain.sheet_labels import MARKS
from app.domain.sheet_reading import Axis, Found
from app.domain.sheet_taking import shown
from app.domain.text import Sentence
from app.queries.sheet_export import base_of, sheet_file
from app.queries.sheet_import import DryRun, dry_run, opened, outcome, place_of
from app.services.sheet_exports import note_export
from app.services.sheet_imports import keep_reading, require_turn
from app.store.columns import new_id
from app.store.sheet_exchange import Choices
from app.web.context import current_actor, database, reading, settings
from app.web.refusals import status_of, told
from app.web.sheets import value_text
from app.web.uploads import reader
from app.web.words import told as said

bp = Blueprint("exchange", __name__, url_prefix="/cases/<case_id>/sheet")
MEDIA = {
    Way.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Way.CSV_UTF8: "text/csv; charset=utf-8",
    Way.CSV_CP932: "text/csv; charset=Shift_JIS",
}
_READ = "read_sheet_file"


@bp.get("/file.xlsx")
def book(case_id: str) -> Response:
    file = _noted(case_id, Way.XLSX)
    return _download(file, Way.XLSX, sheet_book(file), str(TABLE_NAMES[RowKind.CASE]))


@bp.get("/file.csv")
def csv(case_id: str) -> Response | str:
    """In Shift_JIS only once it was said which letters it has no place for."""
    kind = RowKind(_one_of(RowKind, "table", RowKind.CASE))
    way = Way.CSV_CP932 if request.args.get("code") == "cp932" else Way.CSV_UTF8
    if kind not in TABLE_NAMES:
        raise NotFound
    if way is Way.CSV_CP932 and "replace" not in request.args:
        with reading() as desk:
            place = place_of(desk, current_actor(), case_id, Act.SEE_SHEET)
            table = sheet_file(desk, current_actor(), case_id, "").of(kind)
        letters = missing_letters(table) if table else ()
        if letters:
            return render_template("exchange/letters.html", at=place, letters=letters, kind=kind)
    file = _noted(case_id, way)
    return _download(file, way, sheet_csv(file, kind, way), str(TABLE_NAMES[kind]))


@bp.get("/import")
def begin(case_id: str) -> str:
    with reading() as desk:
        place = place_of(desk, current_actor(), case_id)
    return render_template("exchange/begin.html", at=place, most=MOST_BYTES)


@bp.post("/import")
def read(case_id: str) -> BaseResponse:
    actor = current_actor()
    try:
        require_turn(database(), actor, case_id)
        file = request.files.get("file")
        if file is None or not file.filename:
            raise Malformed(
                _("ファイルが選ばれていません。"), fields={"file": _("ファイルを選んでください。")}
            )
        grids = _reader().grids(file.stream.read(MOST_BYTES + 1), reader().examine)
        kept = keep_reading(database(), actor, case_id, _name(file.filename), grids)
    except NotFound:
        raise
    except Refused as refusal:
        g.refusal, g.refused_command, g.typed = told(refusal), _READ, MultiDict(request.form)
        return Response(begin(case_id), status=status_of(refusal), mimetype="text/html")
    return redirect(url_for("exchange.mapping", case_id=case_id, import_id=kept), code=303)


@bp.get("/import/<import_id>")
def mapping(case_id: str, import_id: str) -> str:
    """Which label of the file goes into which column; ``h0=5`` names the row of labels."""
    heads = _choices().heads
    with reading() as desk:
        page = opened(desk, current_actor(), case_id, import_id, heads)
    return render_template(
        "exchange/mapping.html",
        page=page,
        heads=heads,
        kinds=TABLE_NAMES,
        marks=MARKS,
        address=address,
        example=_example,
        Axis=Axis,
    )


@bp.get("/import/<import_id>/check")
def check(case_id: str, import_id: str) -> str:
    choices = _choices()
    with reading() as desk:
        run = dry_run(desk, current_actor(), case_id, import_id, choices)
    return render_template(
        "exchange/check.html",
        page=run.opened,
        plan=run.plan,
        columns=COLUMN,
        State=State,
        shown=value_text,
        line=lambda row: _line(run, row),
        mapping=[f"{b}.{f}={key}" for (b, f), key in choices.mapping.items()],
        heads=[f"{n}.0={head}" for n, head in choices.heads.items()],
        again=url_for("exchange.mapping", case_id=case_id, import_id=import_id, **_heads(choices)),
    )


@bp.get("/import/<import_id>/result")
def result(case_id: str, import_id: str) -> str:
    with reading() as desk:
        page = outcome(desk, current_actor(), case_id, import_id)
    return render_template(
        "exchange/result.html",
        page=page,
        shown=value_text,
        line=lambda cell: _called(cell.row, cell.column.row_kind, page.lines.get(cell.row)),
    )


def _noted(case_id: str, way: Way) -> SheetFile:
    """That it leaves is on record before it does; the record's number goes with it."""
    actor, number = current_actor(), new_id()
    with reading() as desk:
        file = sheet_file(desk, actor, case_id, number)
        base = base_of(desk, actor, file, case_id, way)
    note_export(database(), actor, case_id, number, way, base)
    return file


def _download(file: SheetFile, way: Way, content: bytes, name: str) -> Response:
    """Named by the case's number and the day, and by no firm."""
    response = Response(content, content_type=MEDIA[way])
    ending = "xlsx" if way is Way.XLSX else "csv"
    day = f"{in_japan(file.at):%Y%m%d}"
    full = quote(f"{name}_{file.case_no}_{day}.{ending}", safe="")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"sheet-{day}.{ending}\"; filename*=UTF-8''{full}"
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _reader() -> SheetReader:
    return sheet_reader_within(settings().pdf_seconds, settings().pdf_memory_mb)


def _name(given: str) -> str:
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[-120:] or str(_("ファイル"))


def _choices() -> Choices:
    """``m0.3=wishes`` and ``h0=5`` of the query, also where the page is shown again."""
    told_before = (
        parse_qsl(str(g.page_query), keep_blank_values=True) if "page_query" in g else None
    )
    pairs = told_before if told_before is not None else list(request.args.items(multi=True))
    return Choices.of(
        (f"{key[1:]}.0={value}" for key, value in pairs if key.startswith("h") and value),
        (f"{key[1:]}={value}" for key, value in pairs if key.startswith("m")),
    )


def _heads(choices: Choices) -> dict[str, Any]:
    return {f"h{number}": head for number, head in choices.heads.items()}


def _one_of(kinds: type[RowKind], name: str, default: RowKind) -> str:
    given = request.args.get(name, "")
    return given if given in set(kinds) else default


def _example(found: Found | None) -> str:
    """The beginning of what stands under a label in the first record."""
    text = " ".join(shown(raw) for line in found.lines for raw in line) if found else ""
    return text if len(text) <= 40 else f"{text[:40]}…"


def _line(run: DryRun, row: str) -> str:
    item = next(one for one in run.plan.items if one.row == row)
    return _called(row, COLUMN[item.column].row_kind, run.lines.get(row))


def _called(row: str, kind: RowKind, name: str | None) -> str:
    if row == CASE_ROW:
        return ""
    if kind is RowKind.PROPOSAL:
        return name or ""
    if name is None:
        return said(_("新しい行"))
    return said(Sentence(_("{number}行目"), number=name))
