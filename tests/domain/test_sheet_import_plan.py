"""Cell by cell: added, changed, clashing, refused or the same, before anything is written."""

from dataclasses import replace

import pytest

from app.domain.sheet_columns import RowKind
from app.domain.sheet_grid import Grid, Raw, RawKind
from app.domain.sheet_import import (
    EXCHANGED,
    Held,
    Sheet,
    State,
    fingerprints,
    known_labels,
    numbered,
)
from app.domain.sheet_import_plan import plan_of
from app.domain.sheet_reading import blocks_of
from app.domain.sheet_schema import Right

KEYS = frozenset(one.key for one in EXCHANGED)
PRINT = fingerprints(b"secret")


def sheet_of(base=None, **cells):
    """``base``: column → version and value that the file's export had."""
    told = None
    if base is not None:
        told = {f"case|{k}": (v, PRINT(f"case|{k}", value)) for k, (v, value) in base.items()}
    return Sheet(
        agency_id="own",
        rights=dict.fromkeys(KEYS, Right.EDIT) | {"trial_balance_month": Right.VIEW},
        cells={("case", key): held for key, held in cells.items()},
        lines={RowKind.CASE: {"case": None}, RowKind.ISSUE: {}, RowKind.PROPOSAL: {}},
        agencies={"own": "自機関"},
        base=told,
        fingerprint=PRINT,
    )


def planned(sheet, *lines):
    cells = {
        (row, column): Raw(RawKind.TEXT, text)
        for row, line in enumerate(lines, 1)
        for column, text in enumerate(line, 1)
        if text
    }
    blocks = blocks_of(Grid("表", cells), known_labels(KEYS, {}))
    mapping = {
        (b, f): field.key for b, block in enumerate(blocks) for f, field in enumerate(block.fields)
    }
    return plan_of(blocks, mapping, sheet)


def states(plan):
    return {one.column: one.state.value for one in plan.items}


OLD, NEW = "古い希望", "新しい希望"


@pytest.mark.parametrize(
    ("base", "now", "given", "state"),
    [
        (None, Held(), NEW, "added"),
        (None, Held(OLD, 1), NEW, "changed"),
        (None, Held(OLD, 1), OLD, "same"),
        (None, Held(OLD, 1), "", "same"),
        ((1, OLD), Held(OLD, 1), NEW, "changed"),
        ((1, OLD), Held(OLD, 1), "", "changed"),
        ((1, OLD), Held(OLD, 1), OLD, "same"),
        ((1, OLD), Held("他人の値", 2), OLD, "same"),
        ((1, OLD), Held("他人の値", 2), "", "clash"),
        ((1, OLD), Held("他人の値", 2), NEW, "clash"),
        ((1, OLD), Held(NEW, 2), NEW, "same"),
        ((1, OLD), Held(OLD, 3), NEW, "changed"),
        ((0, None), Held(), NEW, "added"),
        ((0, None), Held("他人の値", 1), NEW, "clash"),
        ((0, None), Held("他人の値", 1), "", "same"),
    ],
)
def test_what_becomes_of_a_cell(base, now, given, state):
    sheet = sheet_of({"wishes": base, "urgency": (0, None)} if base else None, wishes=now)
    plan = planned(sheet, ["事業者の希望", "緊急度", "強み"], [given, "", "x"])
    assert states(plan)["wishes"] == state


def test_a_refused_cell_has_its_address_and_the_reason():
    plan = planned(
        sheet_of(),
        ["事業者名", "直近試算表", "受付日", "緊急度"],
        ["別名", "2026/10/31", "いつか", "B"],
    )
    assert [(one.address, str(one.reason)) for one in plan.of(State.REFUSED)] == [
        ("A2", "登録内容のため取り込みません。"),
        ("B2", "この欄を編集する権限がありません。"),
        ("C2", "日付として読み取れません（例：2026/4/1、令和8年4月1日）。"),
    ]
    assert states(plan)["urgency"] == "added"


def test_of_a_list_of_cases_only_the_row_of_this_one_is_taken():
    sheet = sheet_of(case_no=Held("09-R8-0012", 1), firm_name=Held("株式会社灯夜", 1))
    head = ["案件番号", "事業者名", "事業者の希望", "強み"]
    others = ["09-R8-0011", "株式会社別", "別の希望", "別"]
    own = ["０９－Ｒ８－００１２", "㈱灯夜", "厨房", "味"]
    plan = planned(sheet, head, others, own)
    assert {one.column: one.after for one in plan.chosen(frozenset())} == {
        "wishes": "厨房",
        "strengths": "味",
    }
    assert [str(one) for one in plan.notices] == ["別の案件の行（1行）は取り込みません。"]
    alone = planned(sheet, head, others)
    assert (alone.items, len(alone.notices)) == ((), 1)


def test_rows_nobody_can_tell_apart_are_not_taken():
    plan = planned(sheet_of(), ["事業者の希望", "強み"], ["一", "二"], ["三", "四"])
    assert plan.items == ()
    assert "どの行がこの案件のものか分からない" in str(plan.notices[0])


def test_the_same_column_twice_is_refused_where_it_differs():
    sheet = sheet_of()
    plan = planned(sheet, ["強み", "事業者の希望", "強み"], ["味", "厨房", "立地"])
    assert {one.address: one.state for one in plan.items} == {
        "A2": State.ADDED,
        "B2": State.ADDED,
        "C2": State.REFUSED,
    }
    alike = planned(sheet, ["強み", "事業者の希望", "強み"], ["味", "厨房", "味"])
    assert len(alike.items) == 2


def test_plans_alike_have_the_same_fingerprint_and_any_change_another():
    lines = ["事業者の希望", "強み"], ["厨房", "味"]
    one, two = planned(sheet_of(), *lines), planned(sheet_of(), *lines)
    assert one.fingerprint == two.fingerprint
    later = planned(sheet_of(wishes=Held("厨房", 1)), *lines)
    again = planned(sheet_of(strengths=Held(None, 2)), *lines)
    assert len({one.fingerprint, later.fingerprint, again.fingerprint}) == 3


def test_of_clashes_only_those_chosen_are_written():
    sheet = sheet_of({"wishes": (1, OLD)}, wishes=Held("他人の値", 2))
    plan = planned(sheet, ["事業者の希望", "強み"], [NEW, "味"])
    assert [one.column for one in plan.chosen(frozenset())] == ["strengths"]
    chosen = plan.chosen(frozenset({"case|wishes", "case|strengths", "x"}))
    assert {one.column for one in chosen} == {"wishes", "strengths"}


def test_labels_of_ones_own_come_before_ours_and_hidden_columns_have_none():
    known = known_labels(frozenset({"wishes"}), {"強み": "wishes", "希望": "wishes", "x": "tried"})
    assert known["強み"] == known["希望"] == known["事業者の希望"] == "wishes"
    assert {"x", "返済状況"} & set(known) == set()


def test_numbers_of_fields_are_read_and_nonsense_is_not():
    assert numbered(["0.3=wishes", "1.0=", "x=1", "0.=a", "1.2"]) == {
        (0, 3): "wishes",
        (1, 0): "",
        (1, 2): "",
    }
    assert replace(sheet_of(), base={}).held("case", "wishes") == Held()


def test_what_another_agency_did_is_not_told_by_a_file_and_ones_own_is():
    """経過記録: a line found again by its words, a new one of one's own, and one of others."""
    sheet = replace(
        sheet_of(),
        rights=dict.fromkeys(KEYS, Right.OWN),
        lines={RowKind.PROGRESS: {"r1": "own", "r2": "other"}},
        agencies={"own": "自機関", "other": "他機関"},
        cells={
            ("r1", "progress"): Held("店を訪ねた", 1),
            ("r2", "progress"): Held("融資を相談した", 1),
        },
    )
    plan = planned(
        sheet,
        ["機関", "経過の内容", "次の行動"],
        ["自機関", "店を訪ねた", "原価を調べる"],
        ["他機関", "融資を相談した", "書き換え"],
        ["自機関", "電話で確認した", ""],
        ["他機関", "していないこと", ""],
    )
    told = {(one.row[:3], one.column): one.state for one in plan.items if one.state != State.SAME}
    assert told == {
        ("r1", "progress_next"): State.ADDED,
        ("r2", "progress_next"): State.REFUSED,
        ("new", "progress"): State.ADDED,
    }
    assert len(plan.notices) == 1


def test_what_stands_as_decided_is_not_changed_by_a_file():
    sheet = replace(sheet_of(conditions=Held("月次で共有", 1)), frozen=frozenset({"conditions"}))
    plan = planned(sheet, ["付帯条件", "強み"], ["年次で共有", "味"])
    assert states(plan) == {"conditions": "refused", "strengths": "added"}
    (refused,) = plan.of(State.REFUSED)
    assert "理由が必要" in refused.reason
