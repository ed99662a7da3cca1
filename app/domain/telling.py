"""A refusal told in a reader's language; page, acknowledgement and JSON all use this form."""

from collections.abc import Callable
from typing import Any

from app.domain.errors import Refused
from app.domain.text import Sentence

Translate = Callable[[str], str]


def told(refusal: Refused, translate: Translate) -> dict[str, Any]:
    """Code, what happened, what to do, and what was wrong with which field."""
    message = translate(refusal.message)
    if refusal.values:
        values = {
            name: say(value, translate) if isinstance(value, str) else value
            for name, value in refusal.values.items()
        }
        message = message.format(**values)
    return {
        "code": refusal.code,
        "message": message,
        "remedy": translate(refusal.remedy),
        "fields": {name: say(text, translate) for name, text in refusal.fields.items()},
        "detail": refusal.detail,
    }


def say(text: str, translate: Translate) -> str:
    return text.told_in(translate) if isinstance(text, Sentence) else translate(text)
