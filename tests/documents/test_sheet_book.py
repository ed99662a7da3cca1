"""The workbook: real types, no formula, printable, the same bytes for the same content; and what
is edited in it, and only that, is what comes back."""

import io
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.documents.paper_reader import PaperReader
from app.documents.sheet_book import sheet_book
from app.documents.sheet_csv import sheet_csv
from app.documents.sheet_reader import SheetReader
from app.domain.consent import ITEM_GROUP_LABELS
from app.domain.sheet_columns import COLUMN, CellType, Column, RowKind
from app.domain.sheet_file import OWNED, Row, SheetFile, Table, Way, told
from app.domain.sheet_grid import Grid
from app.domain.sheet_import import EXCHANGED, Held, Sheet, State, fingerprints, known_labels
from app.domain.sheet_import_plan import plan_of
from app.domain.sheet_reading import blocks_of_file
from app.domain.sheet_schema import Right
from app.domain.sheet_values import CellValue, value_for
from app.domain.text import clean_text

KNOWN = known_labels(frozenset(one.key for one in EXCHANGED), {})
OWN, ISSUE, DONE = "c" * 32, "a" * 32, "e" * 32
ROWS = {
    RowKind.CASE: "case",
    RowKind.ISSUE: ISSUE,
    RowKind.PROPOSAL: OWN,
    RowKind.PROGRESS: DONE,
}
NAMES = {
    RowKind.CASE: "情報共有シート",
    RowKind.ISSUE: "経営課題",
    RowKind.PROPOSAL: "支援提案",
    RowKind.PROGRESS: "経過記録",
}
TRICKY = ("=1+1", "+81-3", "-5", "@here", "'=x", "００１", "1,234", "2026/4/1", "TRUE", "#REF!")
Values = dict[str, CellValue]
PLAIN: Values = {
    "case_no": "09-R8-0012",
    "firm_name": "株式会社灯夜ダイニング",
    "wishes": "=1+1",
    "adjusted_net_assets": -39495,
    "request_kind": ["cash", "sales"],
    "received_on": "2026-04-01",
    "urgency": "B",
    "issue": "売上減",
    "menu": "専門家",
}


def file_of(values: Values, at: datetime | None = None) -> SheetFile:
    tables = []
    for kind, row in ROWS.items():
        columns = tuple(one for one in EXCHANGED if one.row_kind is kind)
        owner = "とちぎよろず支援拠点" if kind in OWNED else ""
        held = tuple(values.get(one.key) for one in columns)
        tables.append(Table(kind, columns, (Row(row, owner, held),)))
    return SheetFile(
        number="d" * 32,
        case_no="09-R8-0012",
        firm_name="株式会社灯夜ダイニング",
        agency="A&B信用金庫",
        person="田中 一郎",
        at=at or datetime(2026, 11, 24, 1, 2, tzinfo=UTC),
        tables=tuple(tables),
        groups={str(group): str(label) for group, label in ITEM_GROUP_LABELS.items()},
    )


def text_of(column: Column) -> st.SearchStrategy[CellValue]:
    letters = st.text("あ漢𠮷髙ｶa0=+-@'\n \t　,\"&<_", max_size=20)
    multiline = column.type is CellType.LONGTEXT
    one = letters if multiline else letters.map(lambda text: text.replace("\n", ""))
    one = one.map(lambda text: text if multiline else text.replace("\t", ""))
    return st.one_of(st.sampled_from(TRICKY), one).map(
        lambda text: clean_text(text, 2000, multiline) or None
    )


def value_of(column: Column) -> st.SearchStrategy[CellValue]:
    keys = [str(key) for key in column.options or {}]
    made: st.SearchStrategy[Any]
    match column.type:
        case CellType.ENUM:
            made = st.sampled_from(keys)
        case CellType.MULTI:
            made = st.lists(st.sampled_from(keys), min_size=1, unique=True)
        case CellType.DATE:
            made = st.dates(date(1955, 1, 1), date(2100, 1, 1)).map(date.isoformat)
        case CellType.MONEY | CellType.INT:
            made = st.integers(-(10**9), 10**9)
        case _:
            return text_of(column)
    return st.one_of(st.none(), made.map(lambda given: value_for(column, given)))


TYPED = [one for one in EXCHANGED if not one.record]
VALUES = st.fixed_dictionaries({}, optional={one.key: value_of(one) for one in TYPED})


def sheet(values: Values) -> Sheet:
    fingerprint = fingerprints(b"secret")
    cells = {
        (ROWS[column.row_kind], column.key): Held(values.get(column.key), 1) for column in EXCHANGED
    }
    return Sheet(
        agency_id=OWN,
        rights={one.key: Right.OWN if one.row_kind in OWNED else Right.EDIT for one in EXCHANGED},
        cells=cells,
        lines={
            RowKind.CASE: {"case": None},
            RowKind.ISSUE: {ISSUE: None},
            RowKind.PROPOSAL: {},
            RowKind.PROGRESS: {DONE: OWN},
        },
        agencies={OWN: "とちぎよろず支援拠点"},
        base={
            f"{row}|{column}": (1, fingerprint(f"{row}|{column}", held.value))
            for (row, column), held in cells.items()
        },
        fingerprint=fingerprint,
    )


def changes(grids: tuple[Grid, ...], values: Values) -> tuple[Values, list[str]]:
    blocks = blocks_of_file(grids, KNOWN, {})
    mapping = {
        (b, f): one.key for b, block in enumerate(blocks) for f, one in enumerate(block.fields)
    }
    plan = plan_of(blocks, mapping, sheet(values))
    written = {one.column: one.after for one in plan.chosen(frozenset())}
    assert plan.of(State.CLASH) == ()
    return written, [f"{one.address} {one.reason}" for one in plan.of(State.REFUSED)]


def edited(content, edits):
    book = load_workbook(io.BytesIO(content))
    for key, value in edits.items():
        page = book[NAMES[COLUMN[key].row_kind]]
        column = next(one.column for one in page[1] if one.value == COLUMN[key].label)
        cell = page.cell(2, column)
        cell.value = told(COLUMN[key], value)
        if isinstance(cell.value, str):
            cell.data_type = "s"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def read(content: bytes) -> tuple[Grid, ...]:
    return SheetReader().grids(content, PaperReader().examine)


slow = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@slow
@given(VALUES, VALUES)
def test_of_a_workbook_only_what_was_edited_comes_back(values: Values, edits: Values) -> None:
    content = edited(sheet_book(file_of(values)), edits)
    expected = {key: value for key, value in edits.items() if value != values.get(key)}
    assert changes(read(content), values) == (expected, [])


@slow
@given(VALUES)
def test_a_csv_file_comes_back_as_it_went(values: Values) -> None:
    for kind in ROWS:
        content = sheet_csv(file_of(values), kind, Way.CSV_UTF8)
        assert content.startswith(b"\xef\xbb\xbf")
        assert changes(read(content), values) == ({}, [])


def test_the_same_content_gives_the_same_bytes():
    assert sheet_book(file_of(PLAIN)) == sheet_book(file_of(PLAIN))
    later = datetime(2026, 11, 25, tzinfo=UTC)
    assert sheet_book(file_of(PLAIN)) != sheet_book(file_of(PLAIN, later))


def test_cells_have_their_types_and_none_is_a_formula():
    book = load_workbook(
        io.BytesIO(sheet_book(file_of(PLAIN | dict.fromkeys(["strengths"], "-5"))))
    )
    lists = ["経営課題", "支援提案", "経過記録"]
    assert book.sheetnames == ["情報共有シート", "印刷用", *lists, "書き出し情報"]
    assert book["書き出し情報"].sheet_state == "hidden"
    types = {cell.data_type for page in book for row in page.iter_rows() for cell in row}
    assert types <= {"s", "inlineStr", "n", "d"}
    page = book["情報共有シート"]
    cells = {head.value: page.cell(2, head.column) for head in page[1]}
    assert [one.value for one in page[1]] == [
        str(one.label) for one in EXCHANGED if one.row_kind is RowKind.CASE
    ]
    wishes, money, day = cells["事業者の希望"], cells["実質純資産（千円）"], cells["受付日"]
    assert (wishes.value, wishes.data_type, wishes.number_format) == ("=1+1", "s", "@")
    assert wishes.quotePrefix
    assert (money.value, money.number_format) == (-39495, '#,##0;"▲"#,##0')
    assert (day.value.date(), day.number_format) == (date(2026, 4, 1), "yyyy/mm/dd")
    assert cells["依頼区分"].value == "資金繰り、売上・販路"
    assert not page.merged_cells.ranges
    assert (page.freeze_panes, page.print_title_rows) == ("B2", "$1:$1")


def test_the_sheet_to_print_is_a4_and_says_who_took_it_out_when():
    book = load_workbook(io.BytesIO(sheet_book(file_of(PLAIN))))
    page = book["印刷用"]
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "portrait")
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$1:$1"
    foot = page.oddFooter
    assert (foot.left.text, foot.center.text) == ("取扱注意", "&P / &N")
    assert foot.right.text == "A&&B信用金庫 田中 一郎 2026/11/24 10:02"
    assert page.merged_cells.ranges
    shown = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]
    assert "▲39,495" in shown
    assert "2026/04/01" in shown


def test_a_text_of_any_length_is_printed_whole():
    long = "\n".join(f"{n}行目 " + "あ" * 60 for n in range(30))
    content = sheet_book(file_of({"policy": long, "issue": "課題"}))
    page = load_workbook(io.BytesIO(content))["印刷用"]
    assert max(one.height or 0 for one in page.row_dimensions.values()) <= 409
    printed = tuple(one for one in read(content) if one.name == "印刷用")
    written, refused = changes(printed, {})
    assert written == {"policy": long, "issue": "課題"}
    assert refused == []
