"""From a cell of a file to a value of the sheet: exactly, or not at all."""

import re
import unicodedata
from datetime import date, timedelta
from fractions import Fraction

from app.domain.dates import parse_date
from app.domain.figures import THOUSANDS, UNITS, parse_integer, parse_thousands
from app.domain.sentences import _
from app.domain.sheet_columns import CellType, Column
from app.domain.sheet_grid import Raw, RawKind
from app.domain.sheet_labels import flat, fold
from app.domain.sheet_reading import Found
from app.domain.sheet_values import CellValue, value_for
from app.domain.text import TextProblem

_OWN_UNIT = re.compile(r"[円億百万千]")
_YEN = re.compile(r"(?:\A|[^億百万千])円\)?\Z")
_SEVERAL = re.compile(r"[、,，;；\n]")
# Days Excel counts that can be meant as a date here: 1954 to 2119.
_SERIALS = range(20_000, 80_001)
_FIRST_1900, _FIRST_1904 = date(1899, 12, 30), date(1904, 1, 1)


def taken(column: Column, found: Found, unit: str, *, from_1904: bool = False) -> CellValue:
    """The value in its stored form, None for a blank; TextProblem says why it is not taken."""
    raws = [raw for line in found.lines for raw in line]
    for raw in raws:
        if raw.kind is RawKind.UNCALCULATED:
            raise TextProblem(
                _("計算されていない数式です。Excelで開いて保存し直すか、値を入力してください。")
            )
        if raw.kind is RawKind.ERROR:
            raise TextProblem(_("Excelのエラー（{error}）です。"), error=raw.text)
    if column.type is CellType.DATE:
        return _date(column, raws, from_1904)
    if len(raws) == 1 and raws[0].kind is RawKind.NUMBER:
        return _figure(column, raws[0], unit)
    text = "\n".join(" ".join(shown(raw) for raw in line) for line in found.lines)
    match column.type:
        case CellType.MONEY:
            return _money(column, text, unit)
        case CellType.INT:
            return value_for(column, _counted(text))
        case CellType.ENUM:
            return value_for(column, _choice(column, text)) if text.strip() else None
        case CellType.MULTI:
            return value_for(column, _choices(column, text))
        case _:
            return value_for(column, text)


def shown(raw: Raw) -> str:
    """As the file shows it: a date of a text column is written out."""
    return raw.text.replace("-", "/") if raw.kind is RawKind.DATE else raw.text


def _date(column: Column, raws: list[Raw], from_1904: bool) -> CellValue:
    if len(raws) == 1 and raws[0].kind is RawKind.NUMBER:
        serial = Fraction(raws[0].text)
        if serial.denominator == 1 and int(serial) in _SERIALS:
            first = _FIRST_1904 if from_1904 else _FIRST_1900
            return (first + timedelta(days=int(serial))).isoformat()
    if len(raws) == 1 and raws[0].kind is RawKind.DATE:
        return value_for(column, raws[0].text)
    text = "".join(raw.text for raw in raws)
    if not text.strip():
        return None
    day = parse_date(text)
    if day is None:
        raise TextProblem(_("日付として読み取れません（例：2026/4/1、令和8年4月1日）。"))
    return day.isoformat()


def _figure(column: Column, raw: Raw, unit: str) -> CellValue:
    number = Fraction(raw.text)
    match column.type:
        case CellType.MONEY:
            return value_for(column, _whole(number * UNITS.get(unit, Fraction(1))))
        case CellType.INT:
            if number.denominator != 1:
                raise TextProblem(_("整数で入力してください。"))
            return value_for(column, int(number))
        case CellType.ENUM:
            return value_for(column, _choice(column, raw.text))
        case CellType.MULTI:
            return value_for(column, _choices(column, raw.text))
        case _:
            return value_for(column, raw.text)


def _money(column: Column, text: str, unit: str) -> CellValue:
    """A unit beside the figure counts before that of the heading; 円 must make whole 千円."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    own = _OWN_UNIT.search(plain) is not None
    if _YEN.search(plain) or plain.startswith("¥") or (not own and unit not in ("", THOUSANDS)):
        factor = UNITS["円" if own or plain.startswith("¥") else unit]
        number, _point, digits = plain.strip("円¥").partition(".")
        whole = parse_integer(number + digits)
        if whole is None:
            return None
        return value_for(column, _whole(Fraction(whole, 10 ** len(digits)) * factor))
    return value_for(column, parse_thousands(text))


def _whole(thousands: Fraction) -> int:
    if thousands.denominator != 1:
        raise TextProblem(_("千円未満の端数は入力できません。千円単位で入力してください。"))
    return int(thousands)


def _counted(text: str) -> int | None:
    plain = unicodedata.normalize("NFKC", text).strip()
    suffix = next((one for one in ("人", "名", "歳", "才") if plain.endswith(one)), "")
    return parse_integer(plain, suffix=suffix)


def _choice(column: Column, text: str) -> str:
    options = {str(key): label for key, label in (column.options or {}).items()}
    for told in (flat, fold):  # a label without its mark or its bracket will do if it is the only
        wanted = told(text)
        found = [key for key, label in options.items() if wanted in (told(label), key.lower())]
        if wanted and len(found) == 1:
            return found[0]
    raise TextProblem(_("選択肢にありません：{given}"), given=text.strip()[:40])


def _choices(column: Column, text: str) -> list[str]:
    return [_choice(column, part) for part in _SEVERAL.split(text) if part.strip()]
