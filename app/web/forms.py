"""From a plain form to a command, and back to the form when it was refused."""

import types
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from werkzeug.datastructures import MultiDict

from app.domain.errors import Malformed
from app.domain.sentences import _
from app.domain.text import Sentence, TextProblem
from app.services.commands import Command

# What a form carries beside the command itself.
PLUMBING = frozenset({"csrf", "back", "next"})


def command_from(form: MultiDict[str, str], model: type[Command]) -> Command:
    """Read the command out of the form; ``rows-0-name`` makes a list of nested values."""
    return validated(model, values_of(form, model))


def validated(model: type[Command], values: object) -> Command:
    """The command, or one refusal that names every field that is wrong."""
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


def values_of(
    form: MultiDict[str, str], model: type[BaseModel], prefix: str = ""
) -> dict[str, Any]:
    """Form fields as plain values: blank optional fields are left out, lists are gathered."""
    values: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        key = prefix + name
        element = _list_element(info.annotation)
        if element is None:
            if key in form:
                text = form[key]
                if text != "" or info.is_required():
                    values[name] = text
        elif isinstance(element, type) and issubclass(element, BaseModel):
            rows = _rows(form, key, element)
            if rows:
                values[name] = rows
        elif key in form:
            values[name] = [text for text in form.getlist(key) if text != ""]
    if not prefix:
        known = set(model.model_fields) | PLUMBING
        values |= {k: form[k] for k in form if k.split("-", 1)[0] not in known}
    return values


def _rows(form: MultiDict[str, str], key: str, element: type[BaseModel]) -> list[dict[str, Any]]:
    numbers = {
        int(part)
        for name in form
        if name.startswith(f"{key}-")
        for part in [name.split("-")[1]]
        if part.isdigit()
    }
    rows = [values_of(form, element, f"{key}-{n}-") for n in sorted(numbers)]
    return [row for row in rows if any(v not in ("", None, []) for v in row.values())]


def _list_element(annotation: Any) -> Any:
    """The element type of a list or tuple field, None for anything else."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _list_element(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        found = [_list_element(part) for part in get_args(annotation)]
        return next((part for part in found if part is not None), None)
    if origin in (list, tuple, frozenset, set):
        element = get_args(annotation)[0]
        return get_args(element)[0] if get_origin(element) is Annotated else element
    return None
