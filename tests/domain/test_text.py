import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.text import Sentence, TextProblem, clean_text


def refusal_of(value: str, max_length: int = 20, multiline: bool = False) -> str:
    with pytest.raises(TextProblem) as caught:
        clean_text(value, max_length, multiline)
    return str(caught.value)


@pytest.mark.parametrize("text", ["𠮷野家", "髙﨑 槗本", "㈱①ｶﾅ", "👩‍👩‍👧", "葛󠄀城", "\ue000社"])
def test_rare_kanji_emoji_and_compatibility_letters_stay_as_typed(text: str) -> None:
    assert clean_text(text, 20) == text


def test_space_around_is_taken_off() -> None:
    assert clean_text(" \u3000灯夜 ダイニング\u3000\r\n", 20) == "灯夜 ダイニング"


def test_line_ends_become_newlines_and_the_first_indent_stays() -> None:
    typed = "\r\n \r\n\u3000当社は\r\n創業\r五年\u2028です\t。\n\n"
    assert clean_text(typed, 100, multiline=True) == "\u3000当社は\n創業\n五年\nです\t。"


def test_text_of_nothing_but_space_is_empty_in_both_forms() -> None:
    blank = " \u3000\r\n\t"
    assert (clean_text(blank, 5), clean_text(blank, 5, multiline=True)) == ("", "")


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("\ud800", "D800"),
        ("\udfff", "DFFF"),
        ("\x00", "0000"),
        ("\x1f", "001F"),
        ("\x7f", "007F"),
        ("\x85", "0085"),
        ("\u202e", "202E"),
        ("\u2066", "2066"),
        ("\ufffe", "FFFE"),
        ("\U0001ffff", "1FFFF"),
        ("\ufdd0", "FDD0"),
    ],
)
@pytest.mark.parametrize("multiline", [False, True])
@pytest.mark.parametrize("place", ["{}あ", "あ{}い", "あ{}"])
def test_what_cannot_be_stored_is_refused_by_its_code(
    bad: str, code: str, multiline: bool, place: str
) -> None:
    assert refusal_of(place.format(bad), multiline=multiline) == (
        f"使えない文字（U+{code}）が含まれています。その文字を消して入力し直してください。"
    )


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\u2029"])
def test_one_line_refuses_a_line_break_inside(end: str) -> None:
    assert refusal_of(f"あ{end}い") == "この項目では改行できません。1行で入力してください。"


def test_a_tab_is_refused_inside_one_line() -> None:
    assert refusal_of("あ\tい")[:13] == "使えない文字（U+0009"


def test_length_counts_code_points_after_the_space_is_off() -> None:
    assert clean_text(" 𠮷𠮷𠮷 ", 3) == "𠮷𠮷𠮷"
    assert refusal_of("𠮷𠮷𠮷𠮷", 3) == "3文字以内で入力してください（現在4文字）。"


@given(st.text(max_size=40), st.booleans())
def test_whatever_is_accepted_can_be_stored_and_is_a_fixed_point(
    typed: str, multiline: bool
) -> None:
    try:
        stored = clean_text(typed, 40, multiline)
    except TextProblem:
        return
    assert stored.encode().decode() == stored
    assert clean_text(stored, 40, multiline) == stored


def test_a_sentence_is_its_japanese_text_and_can_be_told_in_another_language() -> None:
    english = {"{day}に開催": "held on {day}", "火曜日": "Tuesday"}
    sentence = Sentence("{day}に開催", day=Sentence("火曜日"))
    assert sentence == "火曜日に開催"
    assert sentence.told_in(english.__getitem__) == "held on Tuesday"


def test_a_sentence_survives_copying() -> None:
    sentence = copy.deepcopy(Sentence("{n}件", n=3))
    assert (sentence, sentence.template, sentence.values) == ("3件", "{n}件", {"n": 3})


def test_a_sentence_without_values_keeps_its_braces() -> None:
    assert Sentence("{そのまま}") == "{そのまま}"


def test_a_problem_carries_its_source_sentence() -> None:
    with pytest.raises(TextProblem) as caught:
        clean_text("あいう", 2)
    assert caught.value.sentence.values == {"limit": 2, "length": 3}
