"""Files that come with a form: taken apart, kept, and told in the form by their digest."""

from flask import Blueprint, Response, jsonify, request
from werkzeug.datastructures import FileStorage, MultiDict

from app.documents.paper_reader import PaperReader, reader_within
from app.domain.errors import Malformed
from app.domain.paper_file import MOST_BYTES, name_of
from app.domain.sentences import _
from app.services.uploads import keep_upload, require_room
from app.store.files import Files
from app.web.context import current_actor, database, settings

bp = Blueprint("uploads", __name__)


@bp.post("/api/uploads")
def by_itself() -> Response:
    """For commands by JSON or by the live connection, which name a file by its digest."""
    file = request.files.get("file")
    if file is None:
        raise Malformed(
            _("ファイルが届いていません。"), fields={"file": _("ファイルを選んでください。")}
        )
    return jsonify({"ok": True, "result": {"digest": _kept(file)}})


def take_in(form: MultiDict[str, str]) -> None:
    """Put the digest of every file that came with the request in its place in the form.

    A file that was taken stays so when the form is refused for another reason: its digest is among
    what was typed, and need not be chosen again.
    """
    for name, file in request.files.items():
        if file.filename:
            form[name] = _kept(file)


def reader() -> PaperReader:
    return reader_within(settings().pdf_seconds, settings().pdf_memory_mb)


def _kept(file: FileStorage) -> str:
    """On disk before the row that names it is written."""
    actor = current_actor()
    require_room(database(), actor)
    content = file.stream.read(MOST_BYTES + 1)
    examined = reader().examine(content)
    Files(settings().files).put(content)
    return keep_upload(database(), actor, examined, name_of(file.filename or "", examined.type))
