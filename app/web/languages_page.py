"""The choice of a language at the foot of every page; it is kept by the browser alone."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from app.catalogues import COOKIE, LANGUAGES
from app.domain.errors import Malformed
from app.domain.sentences import _
from app.web.acts import local_path
from app.web.context import settings

bp = Blueprint("languages", __name__)
_YEAR = 366 * 24 * 60 * 60


@bp.post("/language")
def choose() -> Response:
    """Keep the choice for a year and return to where it was made; nobody need have signed in."""
    language = request.form.get("language")
    if language not in LANGUAGES:
        raise Malformed(_("表示する言語を選び直してください。"))
    answer = redirect(local_path(request.form.get("back")) or url_for("home.show"), 303)
    answer.set_cookie(
        COOKIE,
        language,
        max_age=_YEAR,
        httponly=True,
        secure=settings().secure_cookies,
        samesite="Lax",
    )
    return answer
