"""Finding the sheet's columns in a file as people make them: titles above, merged cells, blank
rows, labels in a row or in a column beside their values."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from app.domain.figures import THOUSANDS
from app.domain.sheet_columns import COLUMN, RowKind
from app.domain.sheet_grid import Extent, Grid, Place, Raw, RawKind
from app.domain.sheet_labels import AGENCY, DATA, EXPORT_LABEL, PRINT, fold, unit_of

_LISTS = (RowKind.ISSUE, RowKind.PROPOSAL, RowKind.PROGRESS)
_NUMBER = re.compile(r"[0-9a-f]{32}")
_LONGEST_LABEL = 40


class Axis(StrEnum):
    """Labels in one row with records below, or labels beside their values as in a form."""

    ROW = "row"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Field:
    """One label of the file; ``key`` is our guess, empty where there is none."""

    label: str
    place: Place
    key: str
    unit: str

    @property
    def converted_from(self) -> str:
        """The unit money is converted from; ours is 千円."""
        return "" if self.unit == THOUSANDS else self.unit


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in the file for one field: lines of cells that belong together."""

    place: Place
    lines: tuple[tuple[Raw, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One table of the file: its labels, and per record what stands under each (by position)."""

    grid: Grid
    kind: RowKind
    axis: Axis
    head: int  # the row of the labels; of a form, the first row
    fields: tuple[Field, ...]
    records: tuple[Mapping[int, Found], ...]


def blocks_of_file(
    grids: tuple[Grid, ...], known: Mapping[str, str], heads: Mapping[int, int]
) -> tuple[Block, ...]:
    """Our own file says everything twice: its sheet to print is not read."""
    names = {grid.name for grid in grids}
    return tuple(
        block
        for number, grid in enumerate(grids)
        if not grid.hidden and not (grid.name == PRINT and DATA in names)
        for block in blocks_of(grid, known, heads.get(number))
    )


def export_number(grids: tuple[Grid, ...]) -> str:
    """The number of the export a file came from, beside its label or below it."""
    for grid in grids:
        for (row, column), raw in grid.cells.items():
            if fold(raw.text) != fold(EXPORT_LABEL):
                continue
            for place in ((row, column + 1), (row + 1, column)):
                found = grid.cells.get(place)
                if found is not None and _NUMBER.fullmatch(found.text):
                    return found.text
    return ""


def blocks_of(grid: Grid, known: Mapping[str, str], head: int | None = None) -> tuple[Block, ...]:
    """The tables of one sheet; ``known``: folded label → key. ``head`` names the row of labels
    where somebody says so; 0 says that it is a form."""
    reader = _Reader(grid, known)
    if head:
        return (reader.table(head, None, reader.rows),)
    lists = [] if head == 0 else list(reader.lists())
    taken = {row for block, rows in lists for row in rows}
    rest = [row for row in reader.rows if row not in taken]
    return (*reader.main(rest, as_form=head == 0), *(block for block, _rows in lists))


class _Reader:
    def __init__(self, grid: Grid, known: Mapping[str, str]) -> None:
        self.grid, self.known = grid, known
        self.rows = grid.rows()
        self.columns = sorted({column for _row, column in grid.cells})
        self.covered = _covered(grid, self.rows, self.columns)
        here: dict[int, set[int]] = {}
        for row, column in (*grid.cells, *self.covered):
            here.setdefault(row, set()).add(column)
        self.filled = {row: sorted(columns) for row, columns in here.items()}
        self.labels = {
            place: key
            for place, raw in grid.cells.items()
            if raw.kind is RawKind.TEXT and (key := self.key_of(raw.text))
        }

    def key_of(self, text: str) -> str:
        if len(text) > _LONGEST_LABEL:
            return ""
        return self.known.get(fold(text), "")

    def kind_of(self, key: str) -> RowKind | None:
        return COLUMN[key].row_kind if key in COLUMN else None

    def extent(self, place: Place) -> Extent:
        """The merged area the place lies in, or the place alone."""
        return self.covered.get(place, (*place, *place))

    def seen_at(self, place: Place) -> tuple[Place, Raw | None]:
        """What a reader sees there, and where it is kept: a merged area shows its first cell."""
        first = self.extent(place)[:2]
        return first, self.grid.cells.get(first)

    def labels_in(self, row: int) -> dict[int, str]:
        """Column → key, counting a label that is merged over several rows in each of them."""
        found = {}
        for column in self.filled.get(row, ()):
            place, _raw = self.seen_at((row, column))
            if place in self.labels and place[1] == column:
                found[column] = self.labels[place]
        return found

    def lists(self) -> Iterator[tuple[Block, list[int]]]:
        """Tables of the lists: two labels of the same list in one row begin one."""
        heads: dict[int, RowKind] = {}
        for row in self.rows:
            count = Counter(self.kind_of(key) for key in self.labels_in(row).values())
            for kind in _LISTS:
                if count[kind] >= 2 and count[RowKind.CASE] < count[kind]:
                    heads[row] = kind
        alone = not any(self.kind_of(key) is RowKind.CASE for key in self.labels.values())
        for row, kind in heads.items():
            rows = [one for one in self.rows if one > row]
            after = next((at for at, one in enumerate(rows) if one in heads), len(rows))
            rows = rows[:after]
            if not (alone and len(heads) == 1):
                rows = _until_blank(row, rows)
            yield self.table(row, kind, rows), [row, *rows]

    def main(self, rows: list[int], *, as_form: bool) -> tuple[Block, ...]:
        """The labels of the case, wherever more of them stand together."""
        across = {row: len(self.labels_in(row)) for row in rows}
        down = Counter(place[1] for place in self.labels if place[0] in across)
        best = max(across, key=lambda row: (across[row], -row), default=0)
        most_across, most_down = across.get(best, 0), max(down.values(), default=0)
        if as_form or (most_down > most_across) or (most_down == most_across == 1):
            first = min(self.columns, default=0)
            return self.form(rows, max(down, key=lambda c: (down[c], -c), default=first))
        if not most_across:
            best = next((row for row in rows if self._cells_in(row) >= 2), 0)
        if not best:
            return ()
        return (self.table(best, None, [row for row in rows if row > best]),)

    def _cells_in(self, row: int) -> int:
        return sum((row, column) in self.grid.cells for column in self.filled[row])

    def table(self, head: int, kind: RowKind | None, rows: list[int]) -> Block:
        fields, spans = [], []
        for column in self.columns:
            place, raw = self.seen_at((head, column))
            if raw is None or place[1] != column or raw.kind is RawKind.ERROR:
                continue
            fields.append(self._field(place, raw))
            last = self.extent(place)[3]
            spans.append([one for one in self.columns if column <= one <= last])
        if kind is None:
            kinds = Counter(self.kind_of(one.key) for one in fields if one.key in COLUMN)
            kind = max(kinds, key=lambda one: kinds[one], default=None) or RowKind.CASE
        records = []
        for row in rows:
            if row <= head:
                continue
            record = {}
            for number, span in enumerate(spans):
                for column in span:
                    place, raw = self.seen_at((row, column))
                    if raw is not None and place[0] > head:
                        record[number] = Found(place, ((raw,),))
                        break
                else:
                    record[number] = Found((row, span[0]), ())
            if any(found.lines for found in record.values()):
                records.append(record)
        return Block(self.grid, kind, Axis.ROW, head, tuple(fields), tuple(records))

    def form(self, rows: list[int], label_column: int) -> tuple[Block, ...]:
        """One record of the case; a label of a list that comes again begins its next line."""
        kinds = {kind: _Gathered(kind) for kind in (RowKind.CASE, *_LISTS)}
        for row in rows:
            for column in self.filled[row]:
                place = row, column
                raw = self.grid.cells.get(place)
                if raw is None or raw.kind is not RawKind.TEXT:
                    continue
                if place not in self.labels and column != label_column:
                    continue
                found = self._beside(place)
                heading = place not in self.labels or self.extent(place)[3] > column
                if heading and not found.lines:
                    continue
                key = self.labels.get(place, "")
                kind = RowKind.PROPOSAL if key == AGENCY else self.kind_of(key)
                kinds[kind or RowKind.CASE].add(self._field(place, raw), found)
        return tuple(
            Block(self.grid, kind, Axis.FORM, rows[0], tuple(one.fields), tuple(one.records))
            for kind, one in kinds.items()
            if one.fields
        )

    def _beside(self, place: Place) -> Found:
        """Right of the label, up to the next label; as many rows as the label is merged over."""
        first_row, _first, last_row, last_column = self.extent(place)
        lines: list[tuple[Raw, ...]] = []
        where = (first_row, last_column + 1)
        for row in range(first_row, last_row + 1):
            line: list[Raw] = []
            for column in self.filled.get(row, ()):
                if column <= last_column:
                    continue
                if (row, column) in self.labels:
                    break
                raw = self.grid.cells.get((row, column))
                if raw is not None:
                    where = (row, column) if not (line or lines) else where
                    line.append(raw)
            if line:
                lines.append(tuple(line))
        return Found(where, tuple(lines))

    def _field(self, place: Place, raw: Raw) -> Field:
        key = self.labels.get(place, "")
        return Field(raw.text.strip(), place, key, unit_of(raw.text))


def _covered(grid: Grid, rows: list[int], columns: list[int]) -> dict[Place, Extent]:
    """Every place of a merged area that a filled row and a filled column cross."""
    found: dict[Place, Extent] = {}
    for one in grid.merged:
        down = rows[bisect_left(rows, one[0]) : bisect_right(rows, one[2])]
        across = columns[bisect_left(columns, one[1]) : bisect_right(columns, one[3])]
        for place in product(down, across):
            found.setdefault(place, one)
    return found


class _Gathered:
    """Fields of a form with their records."""

    def __init__(self, kind: RowKind) -> None:
        self.kind = kind
        self.fields: list[Field] = []
        self.records: list[dict[int, Found]] = []

    def add(self, field: Field, found: Found) -> None:
        same = [n for n, one in enumerate(self.fields) if one.key and one.key == field.key]
        if same and self.kind is not RowKind.CASE:
            number = same[0]
        else:
            number = len(self.fields)
            self.fields.append(field)
        if not self.records or number in self.records[-1]:
            self.records.append({})
        self.records[-1][number] = found


def _until_blank(head: int, rows: list[int]) -> list[int]:
    kept, before = [], head
    for row in rows:
        if row > before + 1:
            break
        kept.append(row)
        before = row
    return kept
