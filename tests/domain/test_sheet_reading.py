"""Files as people make them: where their labels are, and what stands under or beside them."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.sheet_columns import RowKind
from app.domain.sheet_grid import Extent, Grid, Place, Raw, RawKind, address
from app.domain.sheet_import import EXCHANGED, known_labels
from app.domain.sheet_labels import AGENCY, ROW_ID, fold, unit_of
from app.domain.sheet_reading import Axis, Block, blocks_of, blocks_of_file, export_number

KNOWN = known_labels(frozenset(one.key for one in EXCHANGED), {})


def grid(text: str, merged: tuple[Extent, ...] = (), name: str = "表") -> Grid:
    """Lines and ``|`` between cells; a blank is no cell."""
    cells = {
        (row, column): Raw(RawKind.TEXT, value.strip())
        for row, line in enumerate(text.strip("\n").split("\n"), 1)
        for column, value in enumerate(line.split("|"), 1)
        if value.strip()
    }
    return Grid(name, cells, merged)


def told(block: Block, number: int = 0) -> Mapping[str, str]:
    return {
        field.key or field.label: "/".join(" ".join(r.text for r in line) for line in found.lines)
        for f, field in enumerate(block.fields)
        if (found := block.records[number].get(f)) is not None
    }


def test_no_two_columns_are_called_alike() -> None:
    assert len({fold(one.label) for one in EXCHANGED}) == len(EXCHANGED)


@pytest.mark.parametrize(
    ("label", "known"),
    [
        ("相談 ・依頼内容", "request_detail"),
        ("※緊　急　度", "urgency"),
        ("実質純資産（百万円）", "adjusted_net_assets"),
        ("実質純資産［単位：円］", "adjusted_net_assets"),
        ("ﾌﾘｶﾞﾅ", "firm_kana"),
        ("事業者の希望（必須）：", "wishes"),
    ],
)
def test_a_label_is_known_however_it_is_written(label: str, known: str) -> None:
    assert KNOWN[fold(label)] == known


@pytest.mark.parametrize(
    ("label", "unit"),
    [("実質純資産（百万円）", "百万円"), ("実質純資産［単位：円］", "円"), ("純資産", "")],
)
def test_the_unit_stands_in_the_label(label: str, unit: str) -> None:
    assert unit_of(label) == unit


def test_a_table_is_found_below_its_title_and_between_blanks() -> None:
    (block,) = blocks_of(
        grid(
            """
            情報共有シート 令和8年度

            記入日 | 2026/4/1
            | 受付日 | | 緊急度 | 備考

            | 4/3 | | B | なし
            """
        ),
        KNOWN,
    )
    assert (block.kind, block.axis, block.head) == (RowKind.CASE, Axis.ROW, 4)
    assert told(block) == {"received_on": "4/3", "urgency": "B", "備考": "なし"}
    assert address(block.records[0][0].place) == "B6"


def test_labels_merged_over_rows_and_columns_are_read_as_one() -> None:
    (block,) = blocks_of(
        grid(
            """
            基本 | | | 依頼
            受付日 | 緊急度 | 強み | 事業者の希望 | 相談の背景
            4/3 | B | 固定客 | 設備 | 借換え
            """,
            merged=((1, 1, 1, 3),),
        ),
        KNOWN,
    )
    assert told(block)["wishes"] == "設備"
    (block,) = blocks_of(
        grid(
            """
            受付日 | 希望 | | 緊急度
            | 事業者の希望 | 相談の背景
            4/3 | 設備 | 借換え | B
            """,
            merged=((1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 2, 4)),
        ),
        KNOWN,
    )
    assert told(block) == {
        "received_on": "4/3",
        "wishes": "設備",
        "background": "借換え",
        "urgency": "B",
    }


def test_a_form_has_its_values_beside_the_labels() -> None:
    blocks = blocks_of(
        grid(
            """
            連絡票
            事業者名 | 灯夜 | 代表者 | 井口
            受付日 | 令和 | 8 | 年4月3日
            事業者の希望 | 一行目
            | 二行目
            紹介の経緯 | 税理士から
            緊急度 | | フェーズ | 成長期
            経営課題
            """,
            merged=((1, 1, 1, 4), (4, 1, 5, 1), (8, 1, 8, 4)),
        ),
        KNOWN,
    )
    (block,) = blocks
    assert block.axis is Axis.FORM
    assert told(block) == {
        "firm_name": "灯夜",
        "representative": "井口",
        "received_on": "令和 8 年4月3日",
        "wishes": "一行目/二行目",
        "紹介の経緯": "税理士から",
        "urgency": "",
        "phase": "成長期",
    }


def test_lists_below_a_form_are_tables_of_their_own() -> None:
    main, issues, proposals = blocks_of(
        grid(
            """
            受付日 | 2026/4/3
            緊急度 | B
            強み | 固定客

            経営課題 | 優先度 | 根拠
            売上 | 高 | 試算表
            承継 | 低

            機関 | 支援メニュー | 担当
            よろず | 専門家 | 佐藤
            """
        ),
        KNOWN,
    )
    assert told(main) == {"received_on": "2026/4/3", "urgency": "B", "strengths": "固定客"}
    assert [one.kind for one in (issues, proposals)] == [RowKind.ISSUE, RowKind.PROPOSAL]
    assert [told(issues, n)["issue"] for n in (0, 1)] == ["売上", "承継"]
    assert told(proposals) == {AGENCY: "よろず", "menu": "専門家", "in_charge": "佐藤"}


def test_a_list_alone_goes_on_behind_blank_rows_and_under_merged_cells() -> None:
    (block,) = blocks_of(
        grid(
            """
            経営課題 | 優先度 | 行ID
            売上 | 高 | a1

            承継 | | b2
            """,
            merged=((2, 2, 4, 2),),
        ),
        KNOWN,
    )
    assert [told(block, n) for n in (0, 1)] == [
        {"issue": "売上", "priority": "高", ROW_ID: "a1"},
        {"issue": "承継", "priority": "高", ROW_ID: "b2"},
    ]


def test_the_row_of_labels_can_be_named() -> None:
    sheet = grid("社長の声 | その他\n設備を直したい | なし\n")
    (guessed,) = blocks_of(sheet, KNOWN)
    (named,) = blocks_of(sheet, KNOWN, head=2)
    (form,) = blocks_of(sheet, KNOWN, head=0)
    assert (guessed.head, named.head, form.axis) == (1, 2, Axis.FORM)
    assert told(guessed) == {"社長の声": "設備を直したい", "その他": "なし"}
    assert blocks_of(grid("メモだけ"), KNOWN) == ()


def test_of_our_own_file_the_sheet_to_print_is_not_read() -> None:
    data, printed = (
        grid("受付日|緊急度\n4/3|B", name="情報共有シート"),
        grid("受付日|x", name="印刷用"),
    )
    assert {one.grid.name for one in blocks_of_file((data, printed), KNOWN, {})} == {
        "情報共有シート"
    }
    assert {one.grid.name for one in blocks_of_file((printed,), KNOWN, {})} == {"印刷用"}
    number = "0" * 32
    assert export_number((data, grid(f"書き出し番号|{number}"))) == number
    assert export_number((grid(f"強み|書き出し番号\n固定客|{number}"),)) == number
    assert export_number((grid("書き出し番号|なし"),)) == ""


CELLS = st.dictionaries(
    st.tuples(st.integers(1, 12), st.integers(1, 8)),
    st.one_of(
        st.sampled_from([one.label for one in EXCHANGED]),
        st.sampled_from(["", "4/3", "▲1,234", "機関", "行ID", "書き出し番号", "　"]),
        st.text("あ一a1０ 　▲()・*\n", max_size=6),
    ).map(lambda text: Raw(RawKind.TEXT, text)),
)
MERGED = st.lists(
    st.tuples(st.integers(1, 10), st.integers(1, 6), st.integers(0, 3), st.integers(0, 3)).map(
        lambda m: (m[0], m[1], m[0] + m[2], m[1] + m[3])
    ),
    max_size=3,
)


@given(CELLS, MERGED, st.one_of(st.none(), st.integers(0, 12)))
def test_any_file_is_read_and_nothing_is_made_up(
    cells: dict[Place, Raw], merged: list[Extent], head: int | None
) -> None:
    sheet = Grid("表", cells, tuple(merged))
    for block in blocks_of(sheet, KNOWN, head):
        for field in block.fields:
            assert sheet.cells[field.place].text.strip() == field.label
        for record in block.records:
            assert set(record) <= set(range(len(block.fields)))
            for found in record.values():
                raws = [raw for line in found.lines for raw in line]
                assert all(raw in sheet.cells.values() for raw in raws)
                assert not raws or sheet.cells[found.place] == raws[0]


@given(CELLS, st.integers(0, 5), st.integers(0, 3))
def test_where_a_table_stands_on_the_sheet_does_not_matter(
    cells: dict[Place, Raw], down: int, right: int
) -> None:
    moved = {(row + down, column + right): raw for (row, column), raw in cells.items()}
    here, there = blocks_of(Grid("表", cells), KNOWN), blocks_of(Grid("表", moved), KNOWN)
    assert [
        (b.kind, b.axis, [f.label for f in b.fields], [told(b, n) for n in range(len(b.records))])
        for b in here
    ] == [
        (b.kind, b.axis, [f.label for f in b.fields], [told(b, n) for n in range(len(b.records))])
        for b in there
    ]
