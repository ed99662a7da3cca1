"""What came from outside, checked; what is wrong with it is told per field, in Japanese."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from app.domain.errors import Malformed
from app.domain.sentences import _
from app.domain.text import Sentence, TextProblem

M = TypeVar("M", bound=BaseModel)


def validated(model: type[M], values: object) -> M:
    """The checked values, or one refusal that names every field that is wrong."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise Malformed(_("入力内容を確認してください。"), fields=problems_of(error)) from error


def problems_of(error: ValidationError) -> dict[str, str]:
    """Field path → Japanese sentence; pydantic's own English never reaches people."""
    found: dict[str, str] = {}
    for problem in error.errors(include_url=False, include_input=False):
        path = "-".join(str(part) for part in problem["loc"]) or "form"
        found.setdefault(path, _sentence(problem))
    return found


_SENTENCES = {
    "missing": _("入力してください。"),
    "extra_forbidden": _("この項目は受け付けられません。"),
    "enum": _("選択肢から選んでください。"),
    "literal_error": _("選択肢から選んでください。"),
    "greater_than": _("数値の範囲を確認してください。"),
    "greater_than_equal": _("数値の範囲を確認してください。"),
    "less_than": _("数値の範囲を確認してください。"),
    "less_than_equal": _("数値の範囲を確認してください。"),
    "int_parsing": _("数値を入力してください。"),
    "int_type": _("数値を入力してください。"),
    "int_from_float": _("数値を入力してください。"),
    "date_type": _("日付として読み取れません（例：2026/4/1、令和8年4月1日）。"),
    "date_from_datetime_parsing": _("日付として読み取れません（例：2026/4/1、令和8年4月1日）。"),
}


def _sentence(problem: Any) -> str:
    cause = problem.get("ctx", {}).get("error")
    if isinstance(cause, TextProblem):
        return cause.sentence
    if problem["type"] == "string_too_long":
        longest = problem["ctx"]["max_length"]
        return Sentence(_("{length}文字以内で入力してください。"), length=longest)
    return _SENTENCES.get(problem["type"], _("正しい形式で入力してください。"))
