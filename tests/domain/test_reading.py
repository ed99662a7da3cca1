from datetime import date

import pytest

from app.domain.reading import RecordReader


def told(reader: RecordReader) -> list[tuple[str, str]]:
    return [(problem.path, str(problem.sentence)) for problem in reader.problems]


def test_good_fields_are_read_without_a_word() -> None:
    reader = RecordReader(
        {"n": 3, "none": None, "day": "2026-03-31", "inner": {"m": -4}}, "cases.0"
    )
    assert (reader.figure("n"), reader.figure_or_none("none")) == (3, None)
    assert reader.day("day") == date(2026, 3, 31)
    assert reader.record("inner").figure("m") == -4
    assert reader.problems == []


def test_problems_of_inner_records_carry_the_whole_path() -> None:
    reader = RecordReader({"inner": {"n": "x"}, "other": 3}, "cases.0")
    reader.record("inner").figure("n")
    reader.record("other").figure("n")
    reader.record("missing").figure("n")
    assert told(reader) == [
        ("cases.0.inner.n", "整数ではありません。"),
        ("cases.0.other", "項目の組（オブジェクト）ではありません。"),
        ("cases.0.missing", "項目がありません。"),
    ]


@pytest.mark.parametrize("wrong", [True, 1.0, "1", None, [], float("nan")])
def test_only_whole_numbers_are_figures(wrong: object) -> None:
    reader = RecordReader({"n": wrong})
    reader.figure("n")
    assert told(reader) == [("n", "整数ではありません。")]


@pytest.mark.parametrize("figure", [10**15, -(10**15), 10**400])
def test_figures_beyond_what_a_browser_keeps_are_refused(figure: int) -> None:
    reader = RecordReader({"n": figure})
    reader.figure("n")
    assert told(reader) == [("n", "桁数が多すぎます。単位を確認してください。")]


@pytest.mark.parametrize("wrong", ["2026/03/31", "2026-02-29", "", 20260331, None])
def test_only_iso_dates_are_days(wrong: object) -> None:
    reader = RecordReader({"day": wrong})
    reader.day("day")
    assert told(reader) == [("day", "日付（2026-03-31 の形）ではありません。")]


def test_a_missing_field_is_not_the_same_as_null() -> None:
    reader = RecordReader({})
    assert reader.figure_or_none("n") == 0
    assert told(reader) == [("n", "項目がありません。")]


def test_unknown_fields_are_named() -> None:
    reader = RecordReader({"a": 1, "b": 2, 3: 4}, "x")
    reader.refuse_unknown({"a"})
    assert told(reader) == [
        ("x.b", "この形式にない項目です。"),
        ("x.3", "この形式にない項目です。"),
    ]
