import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.corporate_number import check_digit, is_valid, normalise
from app.domain.text import TextProblem

BASES = st.text("0123456789", min_size=12, max_size=12)


def test_the_published_vector_is_valid() -> None:
    assert check_digit("123456789012") == 7
    assert is_valid("7123456789012")


@pytest.mark.parametrize(
    "number",
    ["6123456789012", "0123456789012", "712345678901", "71234567890123", "", "７123456789012"],
)
def test_other_numbers_are_not_valid(number: str) -> None:
    assert not is_valid(number)


@given(BASES, st.integers(0, 11), st.integers(0, 9))
def test_one_wrong_digit_is_noticed_unless_it_is_0_for_9(base: str, place: int, digit: int) -> None:
    number = f"{check_digit(base)}{base}"
    assert is_valid(number)
    wrong = number[: place + 1] + str(digit) + number[place + 2 :]
    same = {number[place + 1], str(digit)} in ({"0", "9"}, {str(digit)})
    assert is_valid(wrong) is same


@pytest.mark.parametrize("base", ["12345678901", "12345678901x", "１23456789012", ""])
def test_a_base_of_other_length_or_letters_has_no_check_digit(base: str) -> None:
    with pytest.raises(ValueError, match="twelve digits"):
        check_digit(base)


@pytest.mark.parametrize(
    "written",
    [
        "7123456789012",
        "T7123456789012",
        "ｔ７１２３４５６７８９０１２",
        "7-1234-5678-9012",
        " 7 1234 5678 9012\u3000",
        "7－1234－5678－9012",
    ],
)
def test_every_way_of_writing_becomes_thirteen_digits(written: str) -> None:
    assert normalise(written) == "7123456789012"


@pytest.mark.parametrize("blank", ["", " ", "\u3000"])
def test_a_blank_is_no_number(blank: str) -> None:
    assert normalise(blank) is None


def test_twelve_digits_are_refused_because_they_may_be_an_individuals_number() -> None:
    with pytest.raises(TextProblem, match="マイナンバー"):
        normalise("1234-5678-9012")


@pytest.mark.parametrize(
    "written", ["712345678901x", "71234567890123", "TT7123456789012", "法人番号"]
)
def test_anything_else_is_refused(written: str) -> None:
    with pytest.raises(TextProblem) as caught:
        normalise(written)
    assert str(caught.value) == "法人番号は13桁の数字で入力してください。"
