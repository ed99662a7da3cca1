"""One refusal, shown alike as a page, beside the form it came from, or as JSON."""

from typing import Any

from app.domain.errors import Refused
from app.domain.text import Sentence
from app.web.languages import translate

STATUS = {
    "sign_in_required": 401,
    "not_entitled": 403,
    "not_found": 404,
    "malformed": 400,
    "state_forbids": 409,
    "stale_version": 409,
    "op_id_reused": 409,
    "duplicate": 409,
    "incomplete": 409,
    "too_many": 429,
    "unknown_command": 404,
    "pdf_failed": 503,
}


def status_of(refusal: Refused) -> int:
    return STATUS.get(refusal.code, 400)


def told(refusal: Refused) -> dict[str, Any]:
    """The refusal in the reader's language: code, what happened, what to do, which fields."""
    message = translate(refusal.message)
    return {
        "code": refusal.code,
        "message": message.format(**refusal.values) if refusal.values else message,
        "remedy": translate(refusal.remedy),
        "fields": {name: _in_language(text) for name, text in refusal.fields.items()},
        "detail": refusal.detail,
    }


def _in_language(text: str) -> str:
    return text.told_in(translate) if isinstance(text, Sentence) else translate(text)
