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
    413: _(
        "送信された内容が大きすぎるため、受け付けられませんでした。"
        "今回の内容は保存されていません。これまでに保存された内容はそのまま残っています。"
    ),
    429: _("アクセスが集中しています。しばらく待ってからお試しください。"),
    500: _("システム内部で問題が起きました。直前の操作は保存されていません。"),
}

REMEDIES = {
    400: _("前の画面に戻り、内容を確認してもう一度送信してください。"),
    401: _("サインインすると、続きから操作できます。"),
    404: _("アドレスを確認するか、事務局にお問い合わせください。"),
    413: _("前の画面に戻り、5MBまでのファイルを選び直して、もう一度送信してください。"),
    429: _("少し時間をおいてから、もう一度お試しください。"),
    500: _(
        "少し待ってから、前の画面に戻ってもう一度お試しください。"
        "続く場合は事務局にお問い合わせください。"
    ),
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
        told_so = {"code": f"http_{code}", "message": sentence, "remedy": _remedy(code)}
        answer = jsonify({"ok": False, "fields": {}, **told_so})
        answer.status_code = code
        return answer
    return _page(code, sentence, "")


def _remedy(code: int) -> str:
    found = REMEDIES.get(code) or (REMEDIES[500] if code >= 500 else "")
    return found and translate(found)


def _page(code: int, message: str, remedy: str) -> Response:
    g.setdefault("actor", None)
    remedy = remedy or _remedy(code)
    page = render_template("errors/refusal.html", message=message, remedy=remedy, status=code)
    return Response(page, status=code, mimetype="text/html")
