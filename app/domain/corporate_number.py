"""法人番号: the 13-digit number of a corporation and its check digit (domain dictionary, 8)."""

import re
import unicodedata

from app.domain.sentences import _
from app.domain.text import TextProblem

_SEPARATORS = re.compile(r"[\s\-‐‑–—―−ー]")
_TWELVE_DIGITS = re.compile(r"[0-9]{12}")
_THIRTEEN_DIGITS = re.compile(r"[0-9]{13}")


def check_digit(base12: str) -> int:
    """Return 9 − (Σ Pₙ × Qₙ mod 9), Pₙ counted from the right, Qₙ = 1 for odd n and 2 for even.

    The result is 1 to 9, so no corporate number begins with 0. [found: F37]
    """
    if not _TWELVE_DIGITS.fullmatch(base12):
        raise ValueError("the base of a corporate number has twelve digits")
    total = sum(
        int(digit) * (1 if n % 2 else 2) for n, digit in enumerate(reversed(base12), start=1)
    )
    return 9 - total % 9


def is_valid(number13: str) -> bool:
    """Say whether the check digit fits: a warning when it does not, no proof when it does.

    The rule misses a 0 written for a 9 and the other way round. [found: F37]
    """
    return _THIRTEEN_DIGITS.fullmatch(number13) is not None and check_digit(number13[1:]) == int(
        number13[0]
    )


def normalise(text: str) -> str | None:
    """Return the bare 13 digits, None for a blank, or raise TextProblem.

    Full-width digits, spaces and hyphens are taken, and the T of an invoice number. Twelve digits
    are refused by name, because a 個人番号 (マイナンバー) has twelve and must never be stored.
    """
    digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper().removeprefix("T")
    if not digits:
        return None
    if _TWELVE_DIGITS.fullmatch(digits):
        raise TextProblem(
            _(
                "法人番号は13桁です。12桁のマイナンバー（個人番号）や会社法人等番号は入力できません。"
            )
        )
    if not _THIRTEEN_DIGITS.fullmatch(digits):
        raise TextProblem(_("法人番号は13桁の数字で入力してください。"))
    return digits
