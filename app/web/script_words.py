"""The sentences of the scripts in another language, for the page to carry to them."""

from functools import cache

from babel.messages.pofile import read_po

from app.catalogues import FOLDER

_SCRIPTS = "static/src/"


@cache
def script_catalogue(language: str) -> dict[str, str]:
    """Japanese sentence → translation, for what the scripts say; empty in Japanese."""
    path = FOLDER / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    return {
        str(message.id): str(message.string)
        for message in catalogue
        if message.id
        and isinstance(message.string, str)
        and message.string
        and any(place.startswith(_SCRIPTS) for place, _line in message.locations)
    }
