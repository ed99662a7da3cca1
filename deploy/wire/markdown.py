"""The page docs/wire.md: the guide beside it, with every shape written out from the code."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from app.services.commands import Command
from realtime import guard, presence, server
from realtime.wire import CATCH_UP

GUIDE = Path(__file__).with_name("guide.md")
_ROOMS = {
    "conference": ("c", "the table itself: seats, agenda, who chairs; no firm is named"),
    "item": ("i", "one agenda item: its firm, what is said, who should lead"),
    "sheet": ("s", "the information-sharing sheet of a case; each agency its own view"),
    "case": ("a", "the life of a case: consent, referral, decisions, its newest plan"),
    "lane": ("l", "what one agency says among itself (`-agency`) or to the chair (`-chair`)"),
}
_ID = "^[0-9a-f]{32}$"
# The bound of every text without one of its own.
_ANY_LENGTH = Command.model_config.get("str_max_length") or 0
_LIMITS = (
    ("largest message", f"{server.MAX_MESSAGE // 1024} KiB"),
    ("requests of one connection", f"{guard.RATE_PER_SECOND:g} a second, {guard.BURST:g} at once"),
    ("refused requests before the connection is cut", f"{guard.PATIENCE}"),
    ("entries sent after a join before a fresh picture comes instead", f"{CATCH_UP}"),
    ("a position is forgotten after", f"{presence.STALE_SECONDS:g} s without `where`"),
)


def as_markdown(described: Mapping[str, Any]) -> str:
    """The guide with its ``<!-- … -->`` places filled in."""
    page = GUIDE.read_text(encoding="utf-8")
    parts = {
        "limits": _table(("Limit", "Value"), _LIMITS),
        "rooms": _table(
            ("Room", "Id", "Holds"),
            ((kind, f"`{letter}-{_named(kind)}`", text) for kind, (letter, text) in _ROOMS.items()),
        ),
        "requests": _shapes(described["requests"], "schema"),
        "messages": _shapes(described["messages"], "schema"),
        "answers": "\n\n".join(
            (_block("Done", described["done"]), _block("Refusal", described["refusal"]))
        ),
        "handed over": _block("HandedOver", described["handed_over"]["schema"]),
        "guests": "\n\n".join(
            _shapes(described["guests"][part], "schema") for part in ("messages", "commands")
        ),
        "entry": _block("Entry", described["entry"]),
        "refusals": _refusals(described["refusals"]),
        "commands": _shapes(described["commands"], "schema"),
        "facts": _facts(described),
    }
    for name, text in parts.items():
        place = f"<!-- {name} -->"
        if page.count(place) != 1:
            raise ValueError(f"{GUIDE.name} has no place for {name}")
        page = page.replace(place, text)
    return page


def _named(kind: str) -> str:
    return "<item>-<agency>-<lane>" if kind == "lane" else "<id>"


def _shapes(listed: Mapping[str, Any], key: str) -> str:
    return "\n\n".join(
        "\n\n".join(filter(None, (f"### {name}", one["description"], _block(name, one[key]))))
        for name, one in listed.items()
    )


def _facts(described: Mapping[str, Any]) -> str:
    """Per kind of room: its picture, then the facts that carry it on."""
    parts = []
    for kind in _ROOMS:
        picture = described["snapshots"][kind]["schema"]
        parts += [f"### {kind}", "The picture:", _block(picture["title"], picture), "The facts:"]
        facts = {n: f for n, f in described["facts"].items() if f["room"] == kind}
        for name, fact in facts.items():
            notes = [fact["description"]]
            if fact["changes_rights"]:
                notes.append("Somebody may gain or lose sight through it.")
            parts += [f"#### {name}", *filter(None, notes), _block(name, fact["body"])]
    return "\n\n".join(parts)


def _refusals(listed: Iterable[Mapping[str, str]]) -> str:
    rows = (
        (f"`{one['code']}`", one["when"], f"{one['sentence']}<br>{one['remedy']}") for one in listed
    )
    return _table(("Code", "When", "Sentence (an example) and remedy"), rows)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *map(list, rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _block(name: str, schema: Mapping[str, Any]) -> str:
    """A shape in the manner of TypeScript, with the shapes it names behind it."""
    defs = schema.get("$defs", {})
    shapes = {name: schema} | {n: one for n, one in defs.items() if "properties" in one}
    texts = (_interface(n, one, defs) for n, one in shapes.items())
    return "```ts\n" + "\n".join(texts) + "\n```"


def _interface(name: str, schema: Mapping[str, Any], defs: Mapping[str, Any]) -> str:
    """``op_id`` is not repeated: every command has one."""
    lines = []
    for field, about in schema.get("properties", {}).items():
        if field == "op_id":
            continue
        mark = "" if field in schema.get("required", ()) else "?"
        line = f"  {field}{mark}: {_type(about, defs)};"
        remark = _remark(about)
        lines.append(f"{line}  // {remark}" if remark else line)
    return "\n".join([f"{name} {{", *lines, "}"]) if lines else f"{name} {{}}"


def _type(about: Mapping[str, Any], defs: Mapping[str, Any]) -> str:
    if "$ref" in about:
        name = str(about["$ref"]).rpartition("/")[2]
        return _type(defs[name], defs) if "enum" in defs[name] else name
    if "enum" in about:
        return " | ".join(json.dumps(value) for value in about["enum"])
    if "anyOf" in about:
        return " | ".join(_type(one, defs) for one in about["anyOf"])
    kind = about.get("type", "any")
    if kind == "string":
        is_day, is_id = about.get("format") == "date", about.get("pattern") == _ID
        return "Day" if is_day else "Id" if is_id else "string"
    if kind == "array":
        inner = _type(about.get("items", {}), defs)
        return f"({inner})[]" if " " in inner else f"{inner}[]"
    if kind == "object":
        values = about.get("additionalProperties")
        return f"{{ [key]: {_type(values, defs) if isinstance(values, dict) else 'any'} }}"
    return str(kind)


def _remark(about: Mapping[str, Any]) -> str:
    said = []
    if about.get("maxLength", _ANY_LENGTH) < _ANY_LENGTH:
        said.append(f"at most {about['maxLength']} characters")
    bounds = (
        (word, about[key]) for word, key in (("from", "minimum"), ("to", "maximum")) if key in about
    )
    said.append(" ".join(f"{word} {bound}" for word, bound in bounds))
    if about.get("pattern", _ID) != _ID:
        said.append(f"matches {about['pattern']}")
    if "maxItems" in about:
        said.append(f"at most {about['maxItems']}")
    if about.get("default") not in (None, "", [], False):
        said.append(f"default {json.dumps(about['default'], ensure_ascii=False)}")
    return ", ".join(filter(None, said))
