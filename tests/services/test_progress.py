"""経過記録: what each agency did for the firm, in lines of its own."""

from dataclasses import replace

import pytest

from app.domain.errors import Malformed, NotEntitled, NotFound
from app.domain.sheet_columns import RowKind
from app.domain.vocabulary import Role
from app.queries.sheet_page import sheet_page
from app.queries.sheet_snapshot import sheet_columns, sheet_snapshot
from app.services.sheets import AddSheetRow, add_sheet_row
from tests.factories import op, table
from tests.services.test_sheets import writes


@pytest.fixture
def at(database):
    return table(database)


def adds(database, at, who):
    command = AddSheetRow(op_id=op(), case_id=at.case.id, kind=RowKind.PROGRESS)
    return add_sheet_row(database, at[who], command).id


def test_an_agency_writes_its_own_lines_and_everybody_reads_them(database, at):
    row = adds(database, at, "yorozu")
    writes(database, at, at["yorozu"], "progress_on", "令和8年11月20日", row=row)
    writes(database, at, at["yorozu"], "progress_way", "訪問", row=row)
    writes(database, at, at["yorozu"], "progress", "店舗別の損益を\n一緒に作成した", row=row)

    with database.read() as desk:
        told = sheet_snapshot(desk, at["chamber"], at.case.id)
        page = sheet_page(desk, at["chamber"], at.case.id)
    assert told["cells"][f"{row}|progress_on"]["value"] == "2026-11-20"
    assert told["cells"][f"{row}|progress_way"]["value"] == "visit"
    (line,) = page.of_kind("progress").lines
    assert (line.owner, [cell.editable for cell in line.cells]) == (
        "東京都よろず支援拠点",
        [False] * 4,
    )


def test_only_its_agency_and_the_secretariat_change_a_line(database, at):
    """The association has taken the case up, and so is its secretariat."""
    row = adds(database, at, "yorozu")
    for who in ("bank", "council", "chamber"):
        with pytest.raises(NotEntitled):
            writes(database, at, at[who], "progress", "書き換え", row=row)
    writes(database, at, at["cga"], "progress", "誤字を直した", row=row)
    writes(database, at, at["yorozu"], "progress", "自ら直した", base=1, row=row)

    with database.read() as desk:
        rights = {
            who: {c["key"]: c["right"] for c in sheet_columns(desk, at[who], at.case.id)}
            for who in ("cga", "bank")
        }
    assert (rights["cga"]["progress"], rights["bank"]["progress"]) == ("edit", "own")
    assert rights["bank"]["next_date"] == "edit"


def test_who_may_not_see_the_case_or_only_looks_on_adds_nothing(database, at):
    for nobody in (at.outsider, at.stranger):
        with pytest.raises(NotFound):
            add_sheet_row(
                database,
                nobody,
                AddSheetRow(op_id=op(), case_id=at.case.id, kind=RowKind.PROGRESS),
            )
    watching = replace(at["bank"], role=Role.OBSERVER)
    command = AddSheetRow(op_id=op(), case_id=at.case.id, kind=RowKind.PROGRESS)
    with pytest.raises(NotEntitled):
        add_sheet_row(database, watching, command)


def test_a_way_that_is_none_and_another_list_s_column_are_refused(database, at):
    row = adds(database, at, "bank")
    with pytest.raises(Malformed):
        writes(database, at, at["bank"], "progress_way", "ファクス", row=row)
    with pytest.raises(NotFound):
        writes(database, at, at["bank"], "issue", "別の表の欄", row=row)
