"""The plan's paper as JSON, back again, and the digest by which a version is known."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields, is_dataclass
from datetime import date, datetime
from types import UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

from app.domain.plan_paper import PlanPaper

# When and by whom a version was issued, and who has confirmed it so far, come after its content.
NOT_CONTENT = frozenset({"is_draft", "confirmations", "digest", "issued_by", "issued_at"})


def as_json(paper: PlanPaper) -> dict[str, Any]:
    """JSON values only; days and moments are ISO texts."""
    told = cast("dict[str, Any]", json.loads(json.dumps(asdict(paper), default=_written)))
    # A paper without addenda reads as it did before there were any: its digest stays its own.
    if told["decision"] and not told["decision"]["addenda"]:
        del told["decision"]["addenda"]
    return told


def from_json(kept: Mapping[str, Any]) -> PlanPaper:
    return cast("PlanPaper", _revived(PlanPaper, kept))


def digest_of(paper: PlanPaper) -> str:
    """SHA-256 over the canonical JSON of the content: equal content, equal digest."""
    content = {k: v for k, v in as_json(paper).items() if k not in NOT_CONTENT}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _written(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value)} has no place on the paper")


def _revived(kind: Any, value: Any) -> Any:
    """The value as the annotation of its field wants it."""
    origin = get_origin(kind)
    if origin is UnionType:
        if value is None:
            return None
        (kind,) = (each for each in get_args(kind) if each is not type(None))
        return _revived(kind, value)
    if origin is tuple:
        return tuple(_revived(get_args(kind)[0], each) for each in value)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        parts = {
            part.name: _revived(hints[part.name], value[part.name])
            for part in fields(kind)
            if part.name in value or part.default is MISSING
        }
        return cast("Any", kind)(**parts)
    if kind in {date, datetime}:
        return kind.fromisoformat(value)
    return value
