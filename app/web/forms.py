"""From a plain form to a command, and back to the form when it was refused."""

import types
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from werkzeug.datastructures import MultiDict

from app.services.commands import Command
from app.services.validation import validated

# What a form carries beside the command itself.
PLUMBING = frozenset({"csrf", "back", "next"})


def command_from(form: MultiDict[str, str], model: type[Command]) -> Command:
    """Read the command out of the form; ``rows-0-name`` makes a list of nested values."""
    return validated(model, values_of(form, model))


def values_of(
    form: MultiDict[str, str], model: type[BaseModel], prefix: str = ""
) -> dict[str, Any]:
    """Form fields as plain values: blank optional fields are left out, lists are gathered."""
    values: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        key = prefix + name
        element = _list_element(info.annotation)
        if element is None or (_takes_one(info.annotation) and len(form.getlist(key)) < 2):
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


def _takes_one(annotation: Any) -> bool:
    """A field for one value or several, such as a sheet's cell: one stays one."""
    return get_origin(annotation) in (Union, types.UnionType) and str in get_args(annotation)


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
