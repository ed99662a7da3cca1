"""Cells: typed, versioned, seen and edited by right, clashes kept apart."""

import pytest

from app.domain.errors import Malformed, NotEntitled, NotFound, StaleVersion
from app.queries.sheet_snapshot import sheet_columns, sheet_snapshot
from app.services.sheets import AddSheetRow, WriteCell, add_sheet_row, write_cell
from app.services.validation import validated
from app.store import journal
from tests.factories import op, table


def writes(database, at, who, column, value, base=0, row="case"):
    given = {"row": row, "column": column, "value": value, "base_version": base}
    command = validated(WriteCell, {"op_id": op(), "case_id": at.case.id, **given})
    return write_cell(database, who, command)


def seen(database, actor, case_id):
    with database.read() as desk:
        return sheet_snapshot(desk, actor, case_id)


def test_a_cell_is_stored_in_its_type(database):
    at = table(database)

    writes(database, at, at["bank"], "trial_balance_month", "令和８年10月31日")
    writes(database, at, at["bank"], "adjusted_net_assets", "▲３９，４９５")
    writes(database, at, at["bank"], "request_kind", ["cash", "sales"])

    cells = seen(database, at["bank"], at.case.id)["cells"]
    assert {key: cell["value"] for key, cell in cells.items()} == {
        "case|trial_balance_month": "2026-10-31",
        "case|adjusted_net_assets": -39495,
        "case|request_kind": ["cash", "sales"],
    }


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("trial_balance_month", "令和8年13月1日"),
        ("adjusted_net_assets", "たくさん"),
        ("urgency", "Z"),
        ("request_detail", "あ" * 1001),
        ("request_detail", "\ud800"),
        ("request_kind", ["cash", "nonsense"]),
        ("adjusted_net_assets", 10**15),
    ],
)
def test_a_value_that_does_not_fit_is_refused_and_nothing_stored(database, column, value):
    at = table(database)

    with pytest.raises(Malformed):
        writes(database, at, at["bank"], column, value)

    assert seen(database, at["bank"], at.case.id)["cells"] == {}


def test_a_clash_names_the_other_and_keeps_its_value(database):
    at = table(database)
    writes(database, at, at["bank"], "wishes", "返済を1年緩めたい")

    with pytest.raises(StaleVersion) as clash:
        writes(database, at, at["cga"], "wishes", "雇用を守りたい")

    assert str(clash.value) == "つむぎ坂信用金庫 田中 一郎が先に変更しました。"
    assert (clash.value.detail["value"], clash.value.detail["version"]) == ("返済を1年緩めたい", 1)
    writes(database, at, at["cga"], "wishes", "両方", base=1)
    assert seen(database, at["bank"], at.case.id)["cells"]["case|wishes"]["version"] == 2


def test_a_group_one_may_not_see_does_not_exist(database):
    at = table(database)
    writes(database, at, at["bank"], "repayment_status", "modified")

    chamber = seen(database, at["chamber"], at.case.id)
    with pytest.raises(NotFound):
        writes(database, at, at["chamber"], "repayment_status", "repaying", base=1)
    with database.read() as desk:
        columns = {c["key"] for c in sheet_columns(desk, at["chamber"], at.case.id)}

    assert chamber["cells"] == {}
    assert "repayment_status" not in columns


def test_a_column_one_may_only_read_is_not_written(database):
    at = table(database)

    with pytest.raises(NotEntitled):
        writes(database, at, at["yorozu"], "trial_balance_month", "2026-10-31")


def test_each_agency_writes_its_own_proposal_and_reads_the_others(database):
    at = table(database)
    own = at.agencies["yorozu"].id
    writes(database, at, at["yorozu"], "menu", "店舗別採算の専門家", row=own)

    with pytest.raises(NotEntitled):
        writes(database, at, at["bank"], "menu", "書き換え", base=1, row=own)

    assert seen(database, at["bank"], at.case.id)["cells"][f"{own}|menu"]["value"] == (
        "店舗別採算の専門家"
    )


def test_notes_of_one_agency_do_not_exist_for_another(database):
    at = table(database)
    row = add_sheet_row(
        database, at["bank"], AddSheetRow(op_id=op(), case_id=at.case.id, kind="note")
    ).id
    writes(database, at, at["bank"], "note", "稟議は来週", row=row)

    with pytest.raises(NotFound):
        writes(database, at, at["cga"], "note", "見た", base=1, row=row)
    with database.read() as desk:
        room = f"s-{at.case.id}"
        tags = {"identity", "referral", f"private:{at.agencies['cga'].id}"}
        kinds = [e.kind for e in journal.entries_after(desk.session, room, 0, tags)]

    assert [r["id"] for r in seen(database, at["cga"], at.case.id)["rows"]] == ["case"]
    assert kinds == ["sheet_row_added"]


def test_an_outsider_finds_no_sheet(database):
    at = table(database)

    with pytest.raises(NotFound):
        writes(database, at, at.outsider, "wishes", "x")
    with pytest.raises(NotFound):
        seen(database, at.outsider, at.case.id)
