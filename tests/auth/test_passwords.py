"""Which passwords are taken: length and guessing count, kinds of characters do not."""

import pytest

from app.domain.errors import Malformed
from auth import passwords


@pytest.mark.parametrize(
    "password",
    [
        "朝のコーヒーは二杯までにする",
        "correct horse staple battery",
        "kuchibue-wo-fuku-neko",
        "９８１２ ４４７１ ０３６５",
        "𠮷野家の髙橋さんと槗本さん",
        "x" * 6 + "Q7!m-" + "長い言葉",
    ],
)
def test_long_words_of_ones_own_are_taken(password: str) -> None:
    kept = passwords.hash_password(password, known=("tanaka@bank.example.jp", "田中 一郎"))
    assert passwords.matches(kept, password)
    assert not passwords.matches(kept, password + "!")


@pytest.mark.parametrize(
    "password",
    [
        "短いパスワード",
        "elevenchars",
        "",
        "長" * 257,
        "aaaaaaaaaaaa",
        "abababababab",
        "あいうえあいうえあいうえ",
        "123456789012",
        "210987654321",
        "abcdefghijkl",
        "qwertyuiopas",
        "Password2026!",
        "passwordpassword",
        "P@ssw0rd12345",
        "ｐａｓｓｗｏｒｄ１２３４",
        "1qaz2wsx3edc",
        "パスワード20261124",
        "tanaka.ichiro",
        "tanaka.ichiro99",
    ],
)
def test_what_is_guessed_first_is_not(password: str) -> None:
    with pytest.raises(Malformed) as refused:
        passwords.hash_password(password, known=("tanaka.ichiro@bank.example.jp",))
    assert list(refused.value.fields) == ["password"]


def test_the_input_method_does_not_lock_anybody_out() -> None:
    kept = passwords.hash_password("ｶﾞﾗｽの靴は７号と半分です")
    assert passwords.matches(kept, "ガラスの靴は7号と半分です")


@pytest.mark.parametrize("kept", ["", "plain text", "$argon2id$v=19$broken", "$2b$12$abcdefgh"])
def test_a_hash_that_is_none_matches_nothing(kept: str) -> None:
    assert not passwords.matches(kept, "朝のコーヒーは二杯までにする")


def test_hashes_are_argon2id_and_salted() -> None:
    first, second = (passwords.hash_password("朝のコーヒーは二杯までにする") for _n in range(2))
    assert first != second
    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
