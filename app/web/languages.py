"""The reader's language for this request."""

from flask import g, has_request_context, request

from app.catalogues import COOKIE, language_for, translator


def current_language() -> str:
    """As chosen, else as the browser asks; Japanese outside of a request."""
    if not has_request_context():
        return "ja"
    if "language" not in g:
        accepted = [name for name, _quality in request.accept_languages]
        g.language = language_for(request.cookies.get(COOKIE), accepted)
    return str(g.language)


def translate(sentence: str) -> str:
    return translator(current_language())(sentence)
