"""One table of the sheet as CSV; text is never left to be taken for a formula."""

import csv
import io

from app.domain.sheet_columns import CellType, RowKind
from app.domain.sheet_file import OWNED, SheetFile, Way, guarded, in_words, replaced
from app.domain.sheet_labels import AGENCY, EXPORT, MARKS, ROW_ID

_LABEL = {key: str(label) for label, key in MARKS.items()}


def sheet_csv(file: SheetFile, kind: RowKind, way: Way) -> bytes:
    """Ends with what a later import is known by: the line's id and the number of the export.

    Shift_JIS takes look-alikes or 〓 for letters it has not: the page before says which.
    """
    table = file.of(kind)
    if table is None:
        return b""
    listed = kind is not RowKind.CASE
    owned = kind in OWNED
    heads = [*([_LABEL[AGENCY]] if owned else []), *(str(one.label) for one in table.columns)]
    heads += [*([_LABEL[ROW_ID]] if listed else []), _LABEL[EXPORT]]
    lines = [heads]
    for row in table.rows:
        line = [guarded(row.owner)] if owned else []
        for column, value in zip(table.columns, row.values, strict=True):
            text = in_words(column, value)
            figure = column.type in (CellType.MONEY, CellType.INT)
            line.append(text if figure else guarded(text))
        lines.append([*line, *([row.id] if listed else []), file.number])
    made = io.StringIO()
    csv.writer(made, lineterminator="\r\n").writerows(lines)
    if way is Way.CSV_CP932:
        return replaced(made.getvalue()).encode("cp932")
    return made.getvalue().encode("utf-8-sig")
