"""Values of sheet cells: checked and brought into the one form in which they are stored."""

from app.domain.dates import parse_date
from app.domain.figures import parse_integer, parse_thousands
from app.domain.sentences import _
from app.domain.sheet_columns import CellType, Column
from app.domain.text import TextProblem, clean_text

CellValue = str | int | list[str] | None


def value_for(column: Column, given: object) -> CellValue:
    """The stored form of ``given``, None for empty; TextProblem says why it cannot be taken.

    Dates are ISO text, money is 千円, several choices keep the order of the schema.
    """
    if given in (None, "", []):
        return None
    match column.type:
        case CellType.TEXT | CellType.LONGTEXT:
            if not isinstance(given, str):
                raise TextProblem(_("文字で入力してください。"))
            multiline = column.type is CellType.LONGTEXT
            return clean_text(given, column.max_length, multiline) or None
        case CellType.ENUM:
            return _choice(column, given)
        case CellType.MULTI:
            chosen = {_choice(column, one) for one in _several(given)}
            return [key for key in column.options or {} if key in chosen]
        case CellType.DATE:
            day = parse_date(given) if isinstance(given, str) else None
            if day is None:
                raise TextProblem(_("日付として読み取れません（例：2026/4/1、令和8年4月1日）。"))
            return day.isoformat()
        case CellType.MONEY:
            return _number(given, money=True)
        case CellType.INT:
            return _number(given, money=False)


def _choice(column: Column, given: object) -> str:
    if isinstance(given, str):
        options = column.options or {}
        if given in options:
            return str(given)
        for key, label in options.items():
            if label == given.strip():
                return str(key)
    raise TextProblem(_("選択肢から選んでください。"))


def _several(given: object) -> list[object]:
    if isinstance(given, str):
        return [part for part in given.replace("、", ",").split(",") if part.strip()]
    if isinstance(given, list | tuple):
        return list(given)
    raise TextProblem(_("選択肢から選んでください。"))


def _number(given: object, *, money: bool) -> int | None:
    if isinstance(given, bool):
        raise TextProblem(_("数値を入力してください。"))
    if isinstance(given, str):
        number = parse_thousands(given) if money else parse_integer(given)
    elif isinstance(given, int | float) and given == int(given):
        number = int(given)
    else:
        raise TextProblem(_("数値を入力してください。"))
    if number is not None and abs(number) > 10**12:
        raise TextProblem(_("数値が大きすぎます。"))
    return number
