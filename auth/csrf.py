"""Proof that a form was sent from our own page, not by another site in the person's name."""

import hashlib
import hmac
import secrets
from collections.abc import Iterator

from flask import Response, g, request

from app.domain.errors import Refused
from app.domain.sentences import _
from app.settings import Settings
from auth.session import SessionRef

FIELD, HEADER = "csrf", "X-CSRF-Token"
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class ForgedForm(Refused):
    code = "forged_form"
    remedy = _("画面を読み込み直してから、もう一度送信してください。")

    def __init__(self) -> None:
        super().__init__(_("画面の確認番号が一致しなかったため、受け付けませんでした。"))


def token(settings: Settings) -> str:
    """The token for the forms of this page: of the session, or bound to a cookie before it."""
    ref: SessionRef | None = g.get("session_ref")
    if ref is not None:
        return ref.csrf
    if "form_nonce" not in g:
        g.form_nonce = _nonce(settings)
        if g.form_nonce is None:
            g.form_nonce = g.new_form_nonce = secrets.token_urlsafe(32)
    return _signed(settings, g.form_nonce)


def check(settings: Settings, *, of_nobody: bool = False) -> None:
    """Refuse a changing request from another origin, or without the token of its own page.

    ``of_nobody``: also the token of a page that knows nobody will do, whoever has signed in.
    """
    if request.method in READING:
        return
    origin = request.headers.get("Origin")
    if origin is not None and origin not in settings.allowed_origins:
        raise ForgedForm
    given = request.headers.get(HEADER) or request.form.get(FIELD, "")
    expected = _expected(settings, of_nobody=of_nobody)
    if not any(hmac.compare_digest(given.encode(), one.encode()) for one in expected):
        raise ForgedForm


def keep_nonce(settings: Settings, response: Response) -> None:
    """Give the browser its half of the double-submit proof, if this page made one."""
    nonce = g.get("new_form_nonce")
    if nonce is not None:
        response.set_cookie(
            _cookie(settings),
            nonce,
            httponly=True,
            secure=settings.secure_cookies,
            samesite="Lax",
            path="/",
        )


def _expected(settings: Settings, *, of_nobody: bool) -> Iterator[str]:
    ref: SessionRef | None = g.get("session_ref")
    if ref is not None:
        yield ref.csrf
    nonce = _nonce(settings)
    if nonce is not None and (of_nobody or ref is None):
        yield _signed(settings, nonce)


def _nonce(settings: Settings) -> str | None:
    return request.cookies.get(_cookie(settings)) or None


def _cookie(settings: Settings) -> str:
    return "__Host-entaku_form" if settings.secure_cookies else "entaku_form"


def _signed(settings: Settings, nonce: str) -> str:
    """Signed, so that whoever can only plant a cookie cannot make the token to go with it."""
    return hmac.new(settings.secret, b"form\n" + nonce.encode(), hashlib.sha256).hexdigest()
