"""Catalogues: Japanese is the source of every sentence; other languages are looked up."""

from collections.abc import Callable
from functools import cache

from babel import Locale, negotiate_locale
from babel.dates import get_day_names
from babel.support import NullTranslations, Translations

from app.settings import ROOT

FOLDER = ROOT / "app" / "data" / "translations"
LANGUAGES = ("ja", "en")
COOKIE = "language"
# Each in its own language, so that a lost reader finds theirs.
LANGUAGE_NAMES = {one: Locale(one).get_language_name(one) or one for one in LANGUAGES}


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == "ja":
        return NullTranslations()
    return Translations.load(FOLDER, [language], domain="messages")


def translator(language: str) -> Callable[[str], str]:
    """Looks sentences up; what has no translation stays Japanese."""
    catalogue = _catalogue(language)
    return lambda sentence: catalogue.gettext(sentence) if sentence else ""


def language_for(chosen: str | None, accepted: list[str]) -> str:
    """The language chosen, else the first the browser accepts that we have, else Japanese."""
    if chosen in LANGUAGES:
        return chosen
    return negotiate_locale(accepted, LANGUAGES, sep="-") or "ja"


def weekday_names(language: str) -> list[str]:
    """Monday to Sunday, as short as the heads of a calendar."""
    names = get_day_names("abbreviated", locale=language)
    return [str(names[day]) for day in range(7)]
