"""What the discussion's plain forms offer: remarks to answer; cells and papers by name."""

from collections.abc import Iterable
from typing import Any

from app.domain.links import to_cell, to_paper
from app.domain.sentences import _
from app.domain.sheet_columns import RowKind
from app.domain.text import Sentence
from app.queries.papers import ItemShelf, Paper
from app.queries.sheet_page import SheetPage
from app.web.words import told


def link_names(sheet: SheetPage | None, shelf: ItemShelf | None) -> dict[str, str]:
    """Link → name of every cell and paper this reader sees; the others are named to nobody else."""
    names = {to_paper(paper.id): paper.title for paper in _shared(shelf)}
    if sheet is None:
        return names
    names |= {
        to_cell(cell.row, cell.column.key): told(cell.column.label)
        for group in sheet.groups
        for cell in group.cells
    }
    for one in sheet.lists:
        if one.kind is RowKind.NOTE:
            continue
        for number, line in enumerate(one.lines, start=1):
            of = line.owner or str(number)
            for cell in line.cells:
                label = told(cell.column.label)
                named = Sentence(_("{item}（{agency}）"), item=label, agency=of)
                names[to_cell(cell.row, cell.column.key)] = told(named)
    return names


def _shared(shelf: ItemShelf | None) -> list[Paper]:
    papers = [*shelf.fixed, *shelf.others] if shelf else []
    return [paper for paper in papers if not paper.is_private]


def answerable(remarks: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    """Remarks that begin a thread, the newest first, as choices of a form."""
    own = [one for one in remarks if one["reply_to"] is None]
    return [(one["id"], f"{one['person']}：{one['text'][:30]}") for one in reversed(own)]
