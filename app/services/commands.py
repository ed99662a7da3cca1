"""Commands: frozen, closed and checked before any rule sees them."""

import re
import unicodedata
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from app.domain.dates import parse_date
from app.domain.figures import parse_thousands
from app.domain.sentences import _
from app.domain.text import TextProblem, clean_text

Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
# SHA-256 of a file, as ``POST /api/uploads`` answers with it.
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
OpId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


class Command(BaseModel):
    """What somebody asks for. ``op_id`` is made by the client: once carried out, always the
    same answer, and never carried out twice."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=20_000)

    # Fields that leave no trace with the operation: from a digest over a few possible values
    # the value is soon found. A repeat is answered alike whatever stands in them.
    UNTRACED: ClassVar[frozenset[str]] = frozenset()

    op_id: OpId


class Done(BaseModel):
    """The answer to a command: what it made, its place in the journal, its version."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str | None = None
    cursor: str | None = None
    version: int | None = None
    receipt: str | None = None


class HandedOver(Done):
    """An answer with something that is told once and kept nowhere: a repeat answers without it."""

    secret: str


# What of an answer is not kept with the operation.
ONLY_ONCE = frozenset({"secret"})


def _checked(length: int, multiline: bool, required: bool) -> AfterValidator:
    def check(value: str) -> str:
        kept = clean_text(value, length, multiline)
        if required and not kept:
            raise TextProblem(_("入力してください。"))
        return kept

    return AfterValidator(check)


def line(length: int, *, required: bool = True) -> AfterValidator:
    """A single line of at most ``length`` characters: ``Annotated[str, line(80)]``."""
    return _checked(length, False, required)


def paragraph(length: int, *, required: bool = True) -> AfterValidator:
    """Text that may run over several lines."""
    return _checked(length, True, required)


def _day(value: Any) -> Any:
    if isinstance(value, str):
        if not value.strip():
            return None
        parsed = parse_date(value)
        if parsed is None:
            raise TextProblem(_("日付として読み取れません（例：2026/4/1、令和8年4月1日）。"))
        return parsed
    return value


def _thousands(value: Any) -> Any:
    if isinstance(value, str):
        return parse_thousands(value)
    if isinstance(value, bool):
        raise TextProblem(_("数値を入力してください。"))
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFKC", value).strip()
    if isinstance(value, bool):
        raise TextProblem(_("数値を入力してください。"))
    return value


Day = Annotated[date, BeforeValidator(_day)]
OptionalDay = Annotated[date | None, BeforeValidator(_day)]
Thousands = Annotated[int | None, BeforeValidator(_thousands)]
Whole = Annotated[int, BeforeValidator(_whole)]

# What a remark points to: ``cell:row|column`` of the case's sheet, or ``paper:id``.
LinkTo = Annotated[
    str,
    StringConstraints(
        pattern=r"^(cell:[0-9a-z]{1,40}\|[a-z_]{1,40}|paper:[0-9a-f]{32})$", max_length=90
    ),
]
Links = Annotated[tuple[LinkTo, ...], Field(max_length=5)]

_TIME = re.compile(r"^([01]?\d|2[0-3])[:：]([0-5]\d)$")


def _clock_time(value: str) -> str:
    found = _TIME.match(
        value.strip().translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    )
    if not found:
        raise TextProblem(_("時刻は 13:30 のように入力してください。"))
    return f"{int(found[1]):02d}:{found[2]}"


ClockTime = Annotated[str, AfterValidator(_clock_time)]
