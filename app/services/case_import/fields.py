"""Fields of a case file: the types they are read by, and what is said of a bad one."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from app.domain.consent import CONSENTABLE, ItemGroup
from app.domain.sentences import _
from app.domain.text import Problem, Sentence, TextProblem
from app.domain.vocabulary import AgencyKind
from app.services.commands import line, paragraph

# The largest figure a column takes; in 千円 far above any firm's.
LARGEST = 2_000_000_000


def _date(value: object) -> object:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise TextProblem(_("日付（2026-03-31 の形）ではありません。"))


def rate(value: object) -> str:
    """A rate in percent; kept as text, so that it stays exactly what the file says."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 30:
        raise TextProblem(_("年利（%）は0から30までの数値です。"))
    return str(value)


def among(choices: Any, sentence: str) -> BeforeValidator:
    def check(value: object) -> object:
        if not isinstance(value, str) or value not in choices:
            raise TextProblem(sentence)
        return value

    return BeforeValidator(check)


def member_of(choices: type[StrEnum]) -> BeforeValidator:
    """Read a member by its value; the strict records would take nothing but the member itself."""

    def check(value: object) -> object:
        if not isinstance(value, str) or value not in set(choices):
            raise TextProblem(_("決められた値ではありません。"))
        return choices(value)

    return BeforeValidator(check)


Day = Annotated[date, BeforeValidator(_date)]
Name = Annotated[str, line(120)]
Word = Annotated[str, line(40)]
Label = Annotated[str, line(80)]
Short = Annotated[str, line(200)]
Long = Annotated[str, paragraph(2000)]
Amount = Annotated[int, Field(ge=0, le=LARGEST)]
Kind = Annotated[AgencyKind, member_of(AgencyKind)]
Group = Annotated[
    ItemGroup,
    member_of(ItemGroup),
    among(CONSENTABLE, _("同意書で選べる項目ではありません。")),
]


class Record(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


_SENTENCES = {
    "missing": _("項目がありません。"),
    "extra_forbidden": _("この形式にない項目です。"),
    "enum": _("決められた値ではありません。"),
    "literal_error": _("決められた値ではありません。"),
    "string_pattern_mismatch": _("決められた形ではありません。"),
    "string_type": _("文字列ではありません。"),
    "int_type": _("整数ではありません。"),
    "bool_type": _("true か false ではありません。"),
    "list_type": _("一覧（配列）ではありません。"),
    "too_long": _("件数が多すぎます。"),
    "too_short": _("件数が足りません。"),
}


def problems_of(error: ValidationError) -> list[Problem]:
    """Every bad field with its dotted path and a Japanese sentence."""
    found = []
    for one in error.errors(include_url=False, include_input=False):
        path = ".".join(str(part) for part in one["loc"] if part != "[key]")
        cause = one.get("ctx", {}).get("error")
        if isinstance(cause, TextProblem):
            found.append(Problem(path, cause.sentence))
            continue
        kind = one["type"]
        if kind.startswith(("greater", "less")):
            sentence = _("値の範囲を超えています。")
        elif kind.startswith(("model", "dict")):
            sentence = _("項目の組（オブジェクト）ではありません。")
        else:
            sentence = _SENTENCES.get(kind, _("正しい形ではありません。"))
        found.append(Problem(path, Sentence(sentence)))
    return found
