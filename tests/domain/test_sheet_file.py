"""What leaves in a file: words, what looks like a formula, and letters without a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.sheet_columns import COLUMN, RowKind
from app.domain.sheet_file import (
    Row,
    Table,
    guarded,
    in_words,
    missing_letters,
    replaced,
    unguarded,
)
from app.domain.sheet_values import CellValue

LETTERS = st.text("='+-@＝'aあ\t\r\n1", max_size=8)


@given(LETTERS)
def test_no_text_begins_like_a_formula_and_each_comes_back(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r"))
    assert unguarded(guarded(text)) == text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_what_is_replaced_has_a_place_in_shift_jis_and_is_named(text: str) -> None:
    told = {one.character for one in missing_letters(_table(text))}
    assert replaced(text).encode("cp932").decode("cp932") == replaced(text)
    assert {old for old, new in zip(text, replaced(text), strict=True) if old != new} == told


def _table(text: str, kind: RowKind = RowKind.CASE) -> Table:
    column = COLUMN["wishes" if kind is RowKind.CASE else "issue"]
    return Table(kind, (column,), (Row("case", "", (text,)),))


def test_a_missing_letter_is_told_with_its_place_and_number() -> None:
    first, second = missing_letters(_table("𠮷田—𠮷", RowKind.ISSUE))
    assert (first.character, first.code, first.stands_for_it, first.times) == (
        "𠮷",
        "U+20BB7",
        "〓",
        2,
    )
    assert (str(first.where), first.look_alike) == ("1行目 経営課題", False)
    assert (second.stands_for_it, second.look_alike) == ("―", True)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("urgency", "B", "B 3か月以内"),
        ("request_kind", ["cash", "sales"], "資金繰り、売上・販路"),
        ("received_on", "2026-04-01", "2026/04/01"),
        ("adjusted_net_assets", -39495, "-39495"),
        ("wishes", None, ""),
    ],
)
def test_values_are_told_in_words(key: str, value: CellValue, words: str) -> None:
    assert in_words(COLUMN[key], value) == words
