"""The status and the words with which a refusal reaches a browser."""

from typing import Any

from app.domain import telling
from app.domain.errors import Refused
from app.web.languages import translate

STATUS = {
    "sign_in_required": 401,
    "not_entitled": 403,
    "not_found": 404,
    "confidentiality_unaccepted": 403,
    "malformed": 400,
    "state_forbids": 409,
    "stale_version": 409,
    "op_id_reused": 409,
    "duplicate": 409,
    "incomplete": 409,
    "too_many": 429,
    "unknown_command": 404,
    "guest_over": 410,
    "guest_statement_unaccepted": 403,
    "pdf_failed": 503,
    "paper_failed": 503,
}


def status_of(refusal: Refused) -> int:
    return STATUS.get(refusal.code, 400)


def told(refusal: Refused) -> dict[str, Any]:
    return telling.told(refusal, translate)
