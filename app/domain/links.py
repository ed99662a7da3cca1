"""What a remark points to: ``cell:row|column`` of the case's sheet, or ``paper:id`` of the case."""

_CELL, _PAPER = "cell:", "paper:"


def to_cell(row: str, column: str) -> str:
    return f"{_CELL}{row}|{column}"


def to_paper(paper_id: str) -> str:
    return f"{_PAPER}{paper_id}"


def cell_of(link: str) -> tuple[str, str] | None:
    """Row and column the link names, if it leads into the sheet."""
    row, separator, column = link.removeprefix(_CELL).partition("|")
    return (row, column) if link.startswith(_CELL) and separator else None


def paper_of(link: str) -> str | None:
    """The paper the link names, if it leads to one."""
    return link.removeprefix(_PAPER) if link.startswith(_PAPER) else None
