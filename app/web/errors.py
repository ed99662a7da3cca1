"""What people see when a request cannot be answered with a page."""

import logging

from flask import Flask, g, jsonify, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.domain.errors import Refused, SignInRequired
from app.domain.sentences import _
from app.web.languages import translate
from app.web.refusals import status_of, told

log = logging.getLogger(__name__)
SENTENCES = {
    400: _("リクエストを読み取れませんでした。"),
    404: _("見つからないか、閲覧する権限がありません。"),
    405: _("この操作は受け付けられません。"),
    413: _("送信された内容が大きすぎます（上限10MB）。"),
    429: _("アクセスが集中しています。しばらく待ってからお試しください。"),
    500: _("システム内部で問題が起きました。直前の操作は保存されていません。"),
}


def init_app(app: Flask) -> None:
    @app.errorhandler(Refused)
    def refused(refusal: Refused) -> Response:
        if _wants_json():
            answer = jsonify({"ok": False, **told(refusal)})
            answer.status_code = status_of(refusal)
            return answer
        if isinstance(refusal, SignInRequired) and request.method == "GET":
            return redirect(url_for("auth.sign_in", next=request.full_path.rstrip("?")), 303)
        return _page(status_of(refusal), told(refusal)["message"], told(refusal)["remedy"])

    @app.errorhandler(HTTPException)
    def failed(error: HTTPException) -> Response:
        code = error.code or 500
        if code < 400 and error.response is not None:
            return error.response  # type: ignore[return-value]  # werkzeug's sansio base class
        return _told_simply(code)

    @app.errorhandler(Exception)
    def broke(error: Exception) -> Response:
        log.error("request %s %s failed", request.method, request.path, exc_info=error)
        return _told_simply(500)


def _wants_json() -> bool:
    return request.path.startswith("/api/")


def _told_simply(code: int) -> Response:
    sentence = translate(SENTENCES.get(code, SENTENCES[500] if code >= 500 else SENTENCES[400]))
    if _wants_json():
        answer = jsonify({"ok": False, "code": f"http_{code}", "message": sentence, "fields": {}})
        answer.status_code = code
        return answer
    return _page(code, sentence, "")


def _page(code: int, message: str, remedy: str) -> Response:
    g.setdefault("actor", None)
    page = render_template("errors/refusal.html", message=message, remedy=remedy, status=code)
    return Response(page, status=code, mimetype="text/html")
