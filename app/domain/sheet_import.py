"""取込み: what an import would do to the sheet, cell by cell, before it does anything."""

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.sheet_columns import COLUMNS, RowKind
from app.domain.sheet_grid import Place, address
from app.domain.sheet_labels import MARKS, fold
from app.domain.sheet_schema import Right
from app.domain.sheet_values import CellValue

CASE_ROW = "case"
# Not in any file: what an agency notes for itself alone.
EXCHANGED = tuple(column for column in COLUMNS if column.row_kind is not RowKind.NOTE)
_NUMBERED = re.compile(r"([0-9]{1,3})\.([0-9]{1,3})")


class State(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    CLASH = "clash"
    REFUSED = "refused"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Held:
    """A cell as it is now; ``version`` 0 was never written."""

    value: CellValue = None
    version: int = 0
    agency: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet as the importing agency may see it.

    ``lines``: row → owner, per list. ``base``: what the file's own export said, cell → version
    and fingerprint of the value; None for a file that came from elsewhere.
    """

    agency_id: str
    rights: Mapping[str, Right]
    cells: Mapping[tuple[str, str], Held]
    lines: Mapping[RowKind, Mapping[str, str | None]]
    agencies: Mapping[str, str]  # id → name
    base: Mapping[str, tuple[int, str]] | None
    fingerprint: Callable[[str, CellValue], str]
    frozen: frozenset[str] = frozenset()  # columns that change only as a 訂正, with its reason

    def held(self, row: str, column: str) -> Held:
        return self.cells.get((row, column), Held())


@dataclass(frozen=True, slots=True)
class Item:
    """One cell of the file and what becomes of it; a row still to be added begins with ``new``."""

    state: State
    sheet: str
    place: Place
    row: str
    column: str
    before: CellValue
    after: CellValue
    version: int
    reason: str = ""
    unit: str = ""  # what the figure was converted from
    by: Held | None = None

    @property
    def address(self) -> str:
        return address(self.place)

    @property
    def name(self) -> str:
        return f"{self.row}|{self.column}"


@dataclass(frozen=True, slots=True)
class Plan:
    items: tuple[Item, ...]
    notices: tuple[str, ...]

    def of(self, state: State) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.state is state)

    @property
    def fingerprint(self) -> str:
        """Two plans alike write the same over the same."""
        told = [
            [one.state, one.row, one.column, one.before, one.after, one.version]
            for one in self.items
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def chosen(self, take: frozenset[str]) -> tuple[Item, ...]:
        """What is written: every addition and change, and of the clashes those taken."""
        return tuple(
            one
            for one in self.items
            if one.state in (State.ADDED, State.CHANGED)
            or (one.state is State.CLASH and one.name in take)
        )


def known_labels(visible: frozenset[str], remembered: Mapping[str, str]) -> dict[str, str]:
    """Folded label → key: ours, and what this agency has chosen for its own files before."""
    ours = {fold(column.label): column.key for column in EXCHANGED if column.key in visible}
    marks = {fold(label): key for label, key in MARKS.items()}
    theirs = {label: key for label, key in remembered.items() if key in visible or key == ""}
    return {**ours, **marks, **theirs}


def numbered(given: Iterable[str]) -> dict[tuple[int, int], str]:
    """``0.3=wishes`` → block 0, field 3; what is none of these is left out."""
    found = {}
    for one in given:
        place, _equals, key = one.partition("=")
        if match := _NUMBERED.fullmatch(place):
            found[int(match[1]), int(match[2])] = key
    return found


def fingerprints(secret: bytes) -> Callable[[str, CellValue], str]:
    """Of a cell's value, of use to nobody who lacks the secret: few values are possible."""

    def fingerprint(name: str, value: CellValue) -> str:
        told = json.dumps([name, value], ensure_ascii=False).encode()
        return hmac.new(secret, b"sheet export\n" + told, "sha256").hexdigest()[:24]

    return fingerprint
