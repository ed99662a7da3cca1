import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names import (
    fold_name,
    is_kana,
    normalise_kana,
    normalise_postal_code,
    sort_key,
    valid_phone,
    valid_postal_code,
)


@pytest.mark.parametrize(
    "written",
    [
        "株式会社灯夜ダイニング",
        "灯夜ダイニング株式会社",
        "灯夜 ダイニング　㈱",
        "(株)灯夜ダイニング",
        "（株） 灯夜ﾀﾞｲﾆﾝｸﾞ",
        "㊑灯夜だいにんぐ",
        "有限会社灯夜・ダイニング",
        "合同会社灯夜ダイニング",
        "(同)灯夜ダイニング",
        "一般社団法人灯夜ダイニング",
    ],
)
def test_legal_forms_widths_and_spaces_do_not_matter(written: str) -> None:
    assert fold_name(written) == "灯夜ダイニング"


@pytest.mark.parametrize(
    "written",
    ["カ)トウヤ", "ｶ)ﾄｳﾔ", "トウヤ(カ", "トウヤ(カ)", "カブシキガイシャトウヤ", "ユ)とうや"],
)
def test_transfer_abbreviations_fall_away(written: str) -> None:
    assert fold_name(written) == "トウヤ"


def test_a_letter_that_is_no_abbreviation_stays() -> None:
    assert fold_name("カメイ") == "カメイ"
    assert fold_name("イ・ド商店") == "イド商店"


@pytest.mark.parametrize(
    ("variant", "plain"),
    [
        ("髙橋", "高橋"),
        ("高槗", "高橋"),
        ("山﨑", "山崎"),
        ("渡邊", "渡辺"),
        ("渡邉", "渡辺"),
        ("齋藤", "斉藤"),
        ("斎藤", "斉藤"),
        ("𠮷野", "吉野"),
        ("葛\U000e0100城", "葛城"),
        ("濵澤", "浜沢"),
    ],
)
def test_kanji_variants_are_one_in_search(variant: str, plain: str) -> None:
    assert fold_name(variant) == fold_name(plain)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("キヤノン", "キャノン"),
        ("関ヶ原", "関ケ原"),
        ("ABCフーズ", "ａｂｃふーず"),
        ("スーパー", "スーパ－"),
        ("マット", "マツト"),
    ],
)
def test_case_kana_size_and_dashes_are_one_in_search(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


def test_searching_for_a_legal_form_alone_is_not_searching_for_everything() -> None:
    assert (fold_name("株式会社"), fold_name("㈱")) == ("株式会社", "(株)")


@given(st.text(max_size=30))
def test_no_text_breaks_folding_and_no_space_is_left(text: str) -> None:
    assert fold_name(text).split() in ([], [fold_name(text)])


def test_readings_sort_in_fifty_sound_order() -> None:
    expected = [
        "アアイ",
        "アイ",
        "カード",
        "カアド",
        "ハッカ",
        "ハツカ",
        "バツカ",
        "ハツキ",
        "ハハ",
        "ハバ",
        "ババ",
        "パパ",
        "ハハア",
        "ビヤク",
        "ビヨウイン",
        "ミスズ",
        "ン",
    ]
    by_code_point = sorted(expected)
    assert by_code_point != expected
    assert sorted(by_code_point, key=sort_key) == expected


def test_iteration_marks_read_as_the_letter_before() -> None:
    assert sorted(["ミスズ", "ミスヾ", "ミスス"], key=sort_key) == ["ミスス", "ミスヾ", "ミスズ"]


def test_small_and_long_decide_only_when_all_letters_are_equal() -> None:
    assert sorted(["ハツカ", "ハッカン", "ハッカ"], key=sort_key) == [
        "ハッカ",
        "ハツカ",
        "ハッカン",
    ]
    assert sorted(["サアヤ", "サーカ"], key=sort_key) == ["サーカ", "サアヤ"]


def test_hiragana_half_width_and_spaces_sort_together() -> None:
    assert sort_key("さくま とういち") == sort_key("ｻｸﾏﾄｳｲﾁ") == sort_key("サクマ　トウイチ")


def test_a_prefix_sorts_before_its_extension() -> None:
    assert sorted(["バア", "ハ", "ハア", "バ"], key=sort_key) == ["ハ", "バ", "ハア", "バア"]


@pytest.mark.parametrize(
    "reading", ["サクマ トウイチ", "ヴァイオリン・コウボウ", "ミートワークス", "ヶ"]
)
def test_full_width_katakana_is_a_reading(reading: str) -> None:
    assert is_kana(reading)


@pytest.mark.parametrize(
    "reading", ["", " ", "ー", "さくま", "ｻｸﾏ", "佐久間", "サクマ1", "サクマ\n"]
)
def test_anything_else_is_no_reading(reading: str) -> None:
    assert not is_kana(reading)


def test_a_reading_is_brought_to_full_width_katakana() -> None:
    assert normalise_kana("さくま　ﾄｳｲﾁ ") == "サクマ トウイチ"


@pytest.mark.parametrize(
    "code", ["320-0000", "3200000", "〒３２０－００００", "320ー0000", " 320−0000 "]
)
def test_postal_codes_are_read_in_every_width(code: str) -> None:
    assert (valid_postal_code(code), normalise_postal_code(code)) == (True, "320-0000")


@pytest.mark.parametrize("code", ["", "32-00000", "320-000", "320-00000", "320_0000", "abc-defg"])
def test_other_postal_codes_are_refused(code: str) -> None:
    assert (valid_postal_code(code), normalise_postal_code(code)) == (False, None)


@pytest.mark.parametrize(
    "number",
    ["03-1234-5678", "090-1234-5678", "0120-123-456", "０９９５５-1-2345", "03ー1234ー5678"],
)
def test_japanese_phone_numbers_pass(number: str) -> None:
    assert valid_phone(number)


@pytest.mark.parametrize(
    "number", ["", "0312345678", "13-1234-5678", "03-1234-567", "090-12345-6789", "03-1234-5678x"]
)
def test_other_phone_numbers_are_refused(number: str) -> None:
    assert not valid_phone(number)
