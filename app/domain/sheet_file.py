"""書き出し: the sheet as tables of a file, and which of its letters Shift_JIS has no place for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.sentences import _
from app.domain.sheet_columns import CellType, Column, RowKind
from app.domain.sheet_labels import DATA
from app.domain.sheet_values import CellValue
from app.domain.text import Sentence

MACHINE = _("書き出し情報")
TABLE_NAMES = {
    RowKind.CASE: DATA,
    RowKind.ISSUE: _("経営課題"),
    RowKind.PROPOSAL: _("支援提案"),
    RowKind.PROGRESS: _("経過記録"),
}
# Lists in which each line is an agency's own, and says whose.
OWNED = frozenset({RowKind.PROPOSAL, RowKind.PROGRESS})
GETA = "〓"
# Letters of other systems beside those Shift_JIS has in their place.
LOOK_ALIKES = {
    "\u301c": "\uff5e",
    "\u2212": "\uff0d",
    "\u2014": "\u2015",
    "\u2016": "\u2225",
    "\u00a2": "\uffe0",
    "\u00a3": "\uffe1",
    "\u00ac": "\uffe2",
    "\u00a5": "\uffe5",
    "\u00a0": " ",
    "\u2022": "・",
}
# Spreadsheets take a text that begins so for a formula; one apostrophe before it says it is none.
_LIKE_A_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r]")
_FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a day there never was


class Way(StrEnum):
    """How a sheet left the product."""

    XLSX = "xlsx"
    CSV_UTF8 = "csv_utf8"
    CSV_CP932 = "csv_cp932"


@dataclass(frozen=True, slots=True)
class Row:
    """``owner`` is the name of the agency whose proposal it is."""

    id: str
    owner: str
    values: tuple[CellValue, ...]


@dataclass(frozen=True, slots=True)
class Table:
    kind: RowKind
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SheetFile:
    """What one reader may take along; ``number`` names the export in our records."""

    number: str
    case_no: str
    firm_name: str
    agency: str
    person: str
    at: datetime
    tables: tuple[Table, ...]
    groups: Mapping[str, str]  # group of columns → its label

    def of(self, kind: RowKind) -> Table | None:
        return next((one for one in self.tables if one.kind is kind), None)


@dataclass(frozen=True, slots=True)
class Letter:
    """A character Shift_JIS does not have: what stands for it, and where it is first found."""

    character: str
    stands_for_it: str
    times: int
    where: str

    @property
    def code(self) -> str:
        return f"U+{ord(self.character):04X}"

    @property
    def look_alike(self) -> bool:
        return self.stands_for_it != GETA


def told(column: Column, value: CellValue) -> str | int | date | None:
    """As it stands in a file: a choice as its label, a date as a date, money as its figure."""
    if value is None:
        return None
    options = {str(key): str(label) for key, label in (column.options or {}).items()}
    match column.type:
        case CellType.ENUM:
            return options.get(str(value), str(value))
        case CellType.MULTI:
            parts = value if isinstance(value, list) else [value]
            return "、".join(options.get(str(one), str(one)) for one in parts)
        case CellType.DATE:
            day = date.fromisoformat(str(value))
            return day if day >= _FIRST_DAY else f"{day:%Y/%m/%d}"
        case CellType.MONEY | CellType.INT:
            return value if isinstance(value, int) else str(value)
        case _:
            return str(value)


def in_words(column: Column, value: CellValue) -> str:
    """The same as plain text, for a file that knows only text."""
    shown = told(column, value)
    if shown is None:
        return ""
    return f"{shown:%Y/%m/%d}" if isinstance(shown, date) else str(shown)


def guarded(text: str) -> str:
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and _LIKE_A_FORMULA.match(text) else text


def replaced(text: str) -> str:
    """The text with what Shift_JIS has, for letters it has not."""
    return "".join(one if _has(one) else LOOK_ALIKES.get(one, GETA) for one in text)


def missing_letters(table: Table) -> tuple[Letter, ...]:
    """Every character that would be replaced, in the order they are met."""
    found: dict[str, Letter] = {}
    for number, row in enumerate(table.rows, 1):
        parts = [(Sentence(_("機関")), row.owner)]
        pairs = zip(table.columns, row.values, strict=True)
        parts += [(Sentence(column.label), in_words(column, value)) for column, value in pairs]
        for label, text in parts:
            where = label
            if table.kind is not RowKind.CASE:
                where = Sentence(_("{number}行目 {label}"), number=number, label=label)
            for one in text:
                if _has(one):
                    continue
                before = found.get(one)
                stands = LOOK_ALIKES.get(one, GETA)
                times = before.times + 1 if before else 1
                found[one] = Letter(one, stands, times, before.where if before else where)
    return tuple(found.values())


def _has(character: str) -> bool:
    try:
        return character.encode("cp932").decode("cp932") == character
    except UnicodeEncodeError:
        return False
