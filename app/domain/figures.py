"""Figures as Japanese offices write them: money in 千円, ▲ for minus, percent to one decimal.

The conventions are those of the domain dictionary, section 8: 切捨て for money.
"""

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

from app.domain.sentences import _
from app.domain.text import TextProblem

MINUS = "▲"

THOUSANDS = "千円"  # the unit of every amount that is stored

# What a figure is multiplied by to be in 千円.
UNITS = {
    "": Fraction(1),
    "円": Fraction(1, 1000),
    "千円": Fraction(1),
    "万円": Fraction(10),
    "百万円": Fraction(1000),
    "億円": Fraction(100_000),
}
# Whole figures stay exact in every browser (2^53).
_MOST_DIGITS = 15

_MINUS_SIGNS = re.compile(r"[▲△−‐‑–—―ー]")
_NUMBER = r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
_SIGNED = re.compile(rf"(?P<sign>[-+]?)(?P<yen>¥?){_NUMBER}(?P<unit>[億百万千]*円?)")
_BRACKETED = re.compile(r"\((?P<inside>[^()]*)\)(?P<unit>[億百万千]*円?)")


def _not_a_number() -> TextProblem:
    return TextProblem(_("数値ではありません。1,234 や ▲1,234 のように入力してください。"))


def _parse(text: str) -> tuple[Fraction, str] | None:
    """Split a figure into its value and its unit; a bracketed figure is negative."""
    written = "".join(_MINUS_SIGNS.sub("-", unicodedata.normalize("NFKC", text)).split())
    if not written:
        return None
    bracketed = _BRACKETED.fullmatch(written)
    match = _SIGNED.fullmatch(bracketed["inside"] if bracketed else written)
    if match is None or (bracketed and (match["sign"] or (match["unit"] and bracketed["unit"]))):
        raise _not_a_number()
    unit = match["unit"] or (bracketed["unit"] if bracketed else "")
    if match["yen"]:
        if unit not in ("", "円"):
            raise _not_a_number()
        unit = "円"
    number = match["number"].replace(",", "")
    if len(number.partition(".")[0].lstrip("0")) > _MOST_DIGITS or len(number) > 40:
        raise TextProblem(_("桁数が多すぎます。単位を確認してください。"))
    value = Fraction(number)
    return (-value if bracketed or match["sign"] == "-" else value), unit


def parse_thousands(text: str) -> int | None:
    """Read money into 千円; None for a blank, TextProblem (a ValueError) for nonsense.

    A bare figure is 千円; 円 is truncated to 千円 towards zero, and ¥ means 円. 万円, 百万円 and
    億円 may carry decimals as long as the result is whole in 千円. ▲, △, − and (1,234) are minus.
    """
    parsed = _parse(text)
    if parsed is None:
        return None
    value, unit = parsed
    if unit not in UNITS:
        raise _not_a_number()
    thousands = value * UNITS[unit]
    if unit == "円":
        return int(thousands)
    if thousands.denominator != 1:
        raise TextProblem(_("千円未満の端数は入力できません。千円単位で入力してください。"))
    if abs(thousands) >= 10**_MOST_DIGITS:
        raise TextProblem(_("桁数が多すぎます。単位を確認してください。"))
    return int(thousands)


def parse_integer(text: str, *, suffix: str = "") -> int | None:
    """Read a whole number such as a head count; the suffix (人, 回 …) may be written or not."""
    written = unicodedata.normalize("NFKC", text).strip()
    parsed = _parse(written.removesuffix(suffix) if suffix else written)
    if parsed is None:
        if written:
            raise _not_a_number()
        return None
    value, unit = parsed
    if unit:
        raise _not_a_number()
    if value.denominator != 1:
        raise TextProblem(_("整数で入力してください。"))
    return int(value)


def format_thousands(value: int) -> str:
    """1,234 or ▲1,234; the unit stands in the heading."""
    return f"{MINUS if value < 0 else ''}{abs(value):,}"


def format_decimal(value: float | Fraction, digits: int) -> str:
    """Round half up to so many decimals, with ▲; what rounds to zero has no sign."""
    exact = Fraction(str(value)) if isinstance(value, float) else value
    rounded = int(abs(exact) * 10**digits + Fraction(1, 2))
    figure = Decimal(rounded).scaleb(-digits)
    return f"{MINUS if exact < 0 and rounded else ''}{figure:,f}"


def format_ratio(value: float | Fraction, digits: int = 1) -> str:
    """Show a ratio as percent: 0.1786 is 17.9%, −0.3376 is ▲33.8%."""
    exact = Fraction(str(value)) if isinstance(value, float) else value
    return f"{format_decimal(exact * 100, digits)}%"
