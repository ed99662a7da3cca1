"""What stands in a file somebody brought: cells by place, as the limited worker told them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Place = tuple[int, int]  # row and column, both counted from 1
Extent = tuple[int, int, int, int]  # first row, first column, last row, last column


class RawKind(StrEnum):
    TEXT = "t"
    NUMBER = "n"
    DATE = "d"
    UNCALCULATED = "f"  # a formula nobody has calculated: what it would say is not known
    ERROR = "e"


@dataclass(frozen=True, slots=True)
class Raw:
    """One cell; a number as decimal text, a date as ISO text."""

    kind: RawKind
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet of a workbook, or a CSV file; blank cells are not in ``cells``.

    ``from_1904``: Excel for the old Macintosh counted its days from another one.
    """

    name: str
    cells: Mapping[Place, Raw]
    merged: tuple[Extent, ...] = ()
    from_1904: bool = False
    hidden: bool = False

    def rows(self) -> list[int]:
        return sorted({row for row, _column in self.cells})


def address(place: Place) -> str:
    """C7."""
    row, column = place
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def grids_to_json(grids: tuple[Grid, ...]) -> list[dict[str, Any]]:
    return [
        {
            "name": grid.name,
            "cells": [[r, c, raw.kind.value, raw.text] for (r, c), raw in grid.cells.items()],
            "merged": [list(one) for one in grid.merged],
            "from_1904": grid.from_1904,
            "hidden": grid.hidden,
        }
        for grid in grids
    ]


def grids_from_json(told: list[dict[str, Any]]) -> tuple[Grid, ...]:
    return tuple(
        Grid(
            name=one["name"],
            cells={(r, c): Raw(RawKind(kind), text) for r, c, kind, text in one["cells"]},
            merged=tuple((m[0], m[1], m[2], m[3]) for m in one["merged"]),
            from_1904=one["from_1904"],
            hidden=one["hidden"],
        )
        for one in told
    )
