"""Answers for what is nobody's mistake: a fault of ours, and a database that is out of reach."""

from app.domain.sentences import _
from app.domain.telling import Translate
from realtime import wire

FAULT = {
    "message": _("システム内部で問題が起きました。この操作は保存されていません。"),
    "remedy": _("入力した内容を控えてから、もう一度お試しください。"),
}
UNAVAILABLE = {
    "message": _("保存先に一時的に届きません。"),
    "remedy": _("入力した内容はこの画面に残っています。つながり次第、自動で送り直します。"),
}


def told_fault(translate: Translate) -> wire.Answer:
    """The admission that the fault is ours, in the form of a refusal."""
    return _told("fault", FAULT, translate)


def told_unavailable(translate: Translate) -> wire.Answer:
    """Nobody knows whether it was stored: the same, sent again, is carried out once."""
    return _told("unavailable", UNAVAILABLE, translate)


def _told(code: str, sentences: dict[str, str], translate: Translate) -> wire.Answer:
    words = {name: translate(sentence) for name, sentence in sentences.items()}
    return {"ok": False, "code": code, **words, "fields": {}, "detail": {}}
