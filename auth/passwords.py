"""Passwords: which ones are taken, and how they are kept as argon2id hashes."""

import re
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.domain.errors import Malformed
from app.domain.sentences import _
from app.domain.text import Sentence

SHORTEST, LONGEST = 12, 256
# OWASP's second profile for argon2id: it takes some 20 ms and 19 MiB, which a server that runs
# live meetings beside it can spare for every try.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# Tried first by everybody: as they stand, or with nothing but figures and signs behind them.
_WORDS = """
    1q2w3e4r5t6y 1qaz2wsx3edc 1qaz2wsx3edc4rfv a1b2c3d4e5f6 abcd1234abcd adminadminadmin
    administrator changeme changemechangeme correcthorsebatterystaple entaku entakuentaku
    iloveyou iloveyouiloveyou letmein letmeinletmein p@ssw0rd passw0rd passw0rdpassw0rd passphrase
    password passwordpassword q1w2e3r4t5y6 qwerty qwertyqwerty qwertyuiop sunshine trustno1
    welcome welcomewelcome zaq12wsxcde3 パスワード ぱすわーど えんたく 円卓
"""
_COMMON = frozenset(_WORDS.split())
_AFTERTHOUGHT = "0123456789!?#$%&*+-.,_=@/ "
_ROWS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


def normal(password: str) -> str:
    """Compatible forms count as one, so that the input method does not lock anybody out."""
    return unicodedata.normalize("NFKC", password)


def hash_password(password: str, *, known: tuple[str, ...] = ()) -> str:
    """The hash to keep, or Malformed naming the rule the password breaks.

    ``known`` is what everybody knows of the person: e-mail address, name, agency.
    """
    problem = problem_with(password, known)
    if problem is not None:
        raise Malformed(_("このパスワードは使えません。"), fields={"password": problem})
    return _hasher.hash(normal(password))


def problem_with(password: str, known: tuple[str, ...] = ()) -> Sentence | None:
    """Length and guessing count (NIST SP 800-63B); no rule about kinds of characters."""
    text = normal(password)
    if len(text) < SHORTEST:
        return Sentence(_("{shortest}文字以上にしてください。"), shortest=SHORTEST)
    if len(text) > LONGEST:
        return Sentence(_("{longest}文字以内にしてください。"), longest=LONGEST)
    plain = text.casefold()
    if plain in _COMMON or plain.rstrip(_AFTERTHOUGHT) in _COMMON or _is_a_pattern(plain):
        return Sentence(_("推測されやすいため使えません。ほかの人が使わない言葉を混ぜてください。"))
    for fact in known:
        part = normal(fact).casefold().split("@")[0].strip()
        if len(part) >= 4 and part in plain and len(plain) - len(part) < 6:
            return Sentence(_("メールアドレスや氏名に近いパスワードは使えません。"))
    return None


def _is_a_pattern(text: str) -> bool:
    """One short piece over and over, or a run along the alphabet, the digits or the keyboard."""
    if re.fullmatch(r"(.{1,4}?)\1*.{0,3}", text) and len(set(text)) <= 4:
        return True
    return any(text in row * 2 or text[::-1] in row * 2 for row in _ROWS)


def cut(typed: str) -> str:
    """What is looked at of a password typed in: more than any that was ever taken."""
    return typed[: 4 * LONGEST]


def matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, normal(password))
    except (VerificationError, InvalidHashError):
        return False


def take_the_same_time(password: str) -> None:
    """What an unknown account costs, so that the clock does not tell it from a known one."""
    _hasher.hash(normal(password))


def renewed(password_hash: str, password: str) -> str | None:
    """A new hash when the old one was made with weaker settings; the password was just right."""
    return _hasher.hash(normal(password)) if _hasher.check_needs_rehash(password_hash) else None
