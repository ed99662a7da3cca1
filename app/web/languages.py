"""Languages: Japanese is the source; English comes from the catalogue."""

from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations
from flask import g, has_request_context, request

CATALOGUES = Path(__file__).resolve().parent.parent / "data" / "translations"
LANGUAGES = ("ja", "en")


@cache
def catalogue(language: str) -> NullTranslations:
    if language == "ja":
        return NullTranslations()
    return Translations.load(CATALOGUES, [language], domain="messages")


def current_language() -> str:
    """By person, else by the browser; Japanese outside of a request."""
    if not has_request_context():
        return "ja"
    if "language" not in g:
        chosen = request.cookies.get("language")
        g.language = (
            chosen
            if chosen in LANGUAGES
            else request.accept_languages.best_match(LANGUAGES, default="ja")
        )
    return str(g.language)


def translate(sentence: str) -> str:
    """The sentence in the reader's language."""
    return catalogue(current_language()).gettext(sentence) if sentence else ""
