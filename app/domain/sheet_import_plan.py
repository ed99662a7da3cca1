"""取込み: which cell of the sheet each cell of a file is about, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import replace

from app.domain.sentences import _
from app.domain.sheet_columns import COLUMN, Column, RowKind
from app.domain.sheet_grid import address
from app.domain.sheet_import import CASE_ROW, Item, Plan, Sheet, State
from app.domain.sheet_labels import AGENCY, EXPORT, ROW_ID, flat
from app.domain.sheet_reading import Block, Field, Found
from app.domain.sheet_schema import may_edit
from app.domain.sheet_taking import taken
from app.domain.sheet_values import CellValue
from app.domain.text import Sentence, TextProblem

MOST_NEW_LINES = 200
_OF_THE_RECORD = _("登録内容のため取り込みません。")
_FROZEN = _("決定後の訂正には理由が必要です。シートの画面で訂正してください。")
# The column by which a line of a list is found again.
_SAYS = {RowKind.ISSUE: "issue", RowKind.PROGRESS: "progress"}
_TELLS_THE_CASE = ("case_no", "corporate_number", "firm_name")


def plan_of(
    blocks: tuple[Block, ...], mapping: Mapping[tuple[int, int], str], sheet: Sheet
) -> Plan:
    """``mapping``: block and field by position → key of a column, or one of the marks."""
    planner = _Planner(sheet)
    for number, block in enumerate(blocks):
        keys = {f: mapping.get((number, f), "") for f in range(len(block.fields))}
        planner.take(number, block, {f: key for f, key in keys.items() if key and key != EXPORT})
    return Plan(tuple(planner.items), tuple(planner.notices))


class _Planner:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.items: list[Item] = []
        self.notices: list[str] = []
        self._matched: set[str] = set()
        self._new = 0

    def take(self, number: int, block: Block, keys: Mapping[int, str]) -> None:
        wanted = {f: key for f, key in keys.items() if key in COLUMN}
        for kind in (RowKind.CASE, RowKind.ISSUE, RowKind.PROPOSAL, RowKind.PROGRESS):
            of_kind = {f: key for f, key in wanted.items() if COLUMN[key].row_kind is kind}
            if not of_kind:
                continue
            if kind is RowKind.CASE:
                self._case(block, of_kind)
                continue
            marks = {key: f for f, key in keys.items() if key in (ROW_ID, AGENCY)}
            for at, record in enumerate(block.records):
                if not any(record[f].lines for f in of_kind if f in record):
                    continue
                row = self._line(kind, block, record, of_kind, marks, f"new{number}-{at}")
                if row:
                    self._cells(block, record, of_kind, row)

    def _case(self, block: Block, keys: Mapping[int, str]) -> None:
        own = [record for record in block.records if self._is_ours(record, keys)]
        others = len(block.records) - len(own)
        if others and not own:
            self.notices.append(
                Sentence(
                    _("「{sheet}」の内容は別の案件のもののため、取り込みません。"),
                    sheet=block.grid.name,
                )
            )
        elif others:
            self.notices.append(
                Sentence(_("別の案件の行（{count}行）は取り込みません。"), count=others)
            )
        if len(own) > 1:
            self.notices.append(
                Sentence(
                    _(
                        "「{sheet}」のどの行がこの案件のものか分からないため、取り込みません。"
                        "案件番号の列を加えるか、この案件の行だけを残してください。"
                    ),
                    sheet=block.grid.name,
                )
            )
        elif own:
            self._cells(block, own[0], keys, CASE_ROW)

    def _is_ours(self, record: Mapping[int, Found], keys: Mapping[int, str]) -> bool:
        """By the first of number, corporate number and name that the file tells."""
        for told in _TELLS_THE_CASE:
            field = next((f for f, key in keys.items() if key == told), None)
            found = record.get(field) if field is not None else None
            value = self.sheet.held(CASE_ROW, told).value
            if found is None or not found.lines or value is None:
                continue
            return flat(_text(found)) == flat(str(value))
        return True

    def _line(
        self,
        kind: RowKind,
        block: Block,
        record: Mapping[int, Found],
        keys: Mapping[int, str],
        marks: Mapping[str, int],
        new: str,
    ) -> str:
        """The line of the list a record is about; empty where nobody can tell."""
        lines = self.sheet.lines.get(kind, {})
        row = _text(record.get(marks.get(ROW_ID, -1)))
        if kind is RowKind.PROPOSAL:
            row = row if row in self.sheet.agencies else ""
            named = flat(_text(record.get(marks.get(AGENCY, -1))))
            row = row or next(
                (id_ for id_, name in self.sheet.agencies.items() if flat(name) == named), ""
            )
            if not row and not named and len(block.records) == 1:
                row = self.sheet.agency_id
        elif row not in lines or row in self._matched:
            row = self._same_line(_SAYS[kind], lines, record, keys)
            if not row and self._is_own(kind, record, marks):
                row = new
                self._new += 1
        if not row or row in self._matched or self._new > MOST_NEW_LINES:
            place = next(record[f].place for f in keys if f in record and record[f].lines)
            self.notices.append(
                Sentence(
                    _("「{sheet}」{address}の行は、どの行のものか分からないため取り込みません。"),
                    sheet=block.grid.name,
                    address=address(place),
                )
            )
            return ""
        self._matched.add(row)
        return row

    def _is_own(self, kind: RowKind, record: Mapping[int, Found], marks: Mapping[str, int]) -> bool:
        """Nobody adds to what another agency says it did."""
        named = flat(_text(record.get(marks.get(AGENCY, -1))))
        own = flat(self.sheet.agencies.get(self.sheet.agency_id, ""))
        return kind is not RowKind.PROGRESS or named in {"", own}

    def _same_line(
        self,
        says: str,
        lines: Mapping[str, str | None],
        record: Mapping[int, Found],
        keys: Mapping[int, str],
    ) -> str:
        field = next((f for f, key in keys.items() if key == says), None)
        wanted = flat(_text(record.get(field))) if field is not None else ""
        for row in lines:
            said = self.sheet.held(row, says).value
            if wanted and row not in self._matched and flat(str(said or "")) == wanted:
                return row
        return ""

    def _cells(
        self, block: Block, record: Mapping[int, Found], keys: Mapping[int, str], row: str
    ) -> None:
        done: dict[str, CellValue] = {}
        for f, key in keys.items():
            found = record.get(f)
            if found is None or key not in self.sheet.rights:
                continue
            item = self._cell(block, found, COLUMN[key], row, block.fields[f])
            if key in done:
                if item.after != done[key] and found.lines:
                    reason = _("同じ欄が2か所にあり、内容が異なります。")
                    self.items.append(_refused(item, reason))
                continue
            done[key] = item.after
            self.items.append(item)

    def _cell(self, block: Block, found: Found, column: Column, row: str, field: Field) -> Item:
        held, name = self.sheet.held(row, column.key), f"{row}|{column.key}"
        base = (self.sheet.base or {}).get(name)
        same = Item(
            State.SAME,
            block.grid.name,
            found.place,
            row,
            column.key,
            held.value,
            held.value,
            held.version,
            unit=field.converted_from,
            by=held,
        )
        if base is None and not found.lines:
            return same  # a blank of a foreign file says nothing
        try:
            value = taken(column, found, field.unit, from_1904=block.grid.from_1904)
        except TextProblem as problem:
            return _refused(same, _OF_THE_RECORD if column.record else problem.sentence)
        if value == held.value or (base and base[1] == self._told(name, value)):
            return same
        state = State.ADDED if held.value is None else State.CHANGED
        item = replace(same, state=state, after=value)
        if column.record:
            return _refused(item, _OF_THE_RECORD)
        if column.key in self.sheet.frozen:
            return _refused(item, _FROZEN)
        owner = self._owner(column, row)
        if not may_edit(self.sheet.rights[column.key], owner, self.sheet.agency_id):
            return _refused(item, _("この欄を編集する権限がありません。"))
        if base is None or base[0] == held.version or base[1] == self._told(name, held.value):
            return item
        return replace(item, state=State.CLASH)

    def _told(self, name: str, value: CellValue) -> str:
        return self.sheet.fingerprint(name, value)

    def _owner(self, column: Column, row: str) -> str | None:
        if column.row_kind is RowKind.PROPOSAL:
            return row
        owner = self.sheet.lines.get(column.row_kind, {}).get(row)
        is_new = row not in self.sheet.lines.get(column.row_kind, {})
        return self.sheet.agency_id if is_new and column.row_kind is RowKind.PROGRESS else owner


def _refused(item: Item, reason: str) -> Item:
    return replace(item, state=State.REFUSED, reason=reason)


def _text(found: Found | None) -> str:
    return "".join(raw.text for line in found.lines for raw in line).strip() if found else ""
