"""Names of firms and people: folded for search, ordered by kana, checked for their form.

Everything here serves search, order and checks; the name itself is stored as typed
(domain dictionary, section 8).
"""

import re
import unicodedata

# Variants met in names, each written beside the form it is searched by. [knowledge]
_KANJI = str.maketrans(
    "髙﨑嵜邊邉齋斎齊𠮷槗𣘺濵濱澤廣國圀嶋嶌櫻瀧龍眞惠榮德冨嶽學會舘渕淵籔曾條圓與壽實將靜藏彌爲鐵"
    "藥醫豐寶鄕吳黑內靑曻桒舩栁鷗檜絲圡佛舖緖",
    "高崎崎辺辺斉斉斉吉橋橋浜浜沢広国国島島桜滝竜真恵栄徳富岳学会館渊渊薮曽条円与寿実将静蔵弥為鉄"
    "薬医豊宝郷呉黒内青昇桑船柳鴎桧糸土仏舗緒",
)
_SMALL_KANA = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_HIRAGANA = {point: point + 0x60 for point in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_CIRCLED_FORMS = str.maketrans({"㊑": "(株)", "㊒": "(有)", "㊓": "(社)", "㊖": "(財)"})

_FULL_FORMS = (
    "特定非営利活動法人",
    "有限責任事業組合",
    "一般社団法人",
    "一般財団法人",
    "公益社団法人",
    "公益財団法人",
    "社会福祉法人",
    "農事組合法人",
    "特例有限会社",
    "医療法人社団",
    "医療法人財団",
    "医療法人",
    "学校法人",
    "宗教法人",
    "弁護士法人",
    "税理士法人",
    "NPO法人",
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "合名会社",
    "相互会社",
    "企業組合",
    "協業組合",
    "カブシキガイシャ",
    "カブシキカイシャ",
    "ユウゲンガイシャ",
    "ゴウドウガイシャ",
)
_BRACKETED_FORMS = "株有同資名医福学宗農社財特非"
_BRACKETED_LONG_FORMS = ("一社", "一財", "公社", "公財", "特非", "企組")
# How bank transfers shorten them: カ)トウヤ, トウヤ(カ, トウヤ(カ)ホンテン. [knowledge]
_TRANSFER_FORMS = "トクヒ|シュウ|ザイ|シャ|ガク|フク|ノウ|カ|ユ|ド|シ|メ|イ"

_DASH_AFTER_KANA = re.compile(r"(?<=[ァ-ヺー])[-‐‑–—―−─]")
_DASHES = re.compile(r"[‐‑–—―−─ー]")
_IGNORED = re.compile("[\\s・\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_KANA = re.compile(r"[ァ-ヺー・ \u3000]*[ァ-ヺ][ァ-ヺー・ \u3000]*")
_POSTAL_CODE = re.compile(r"[0-9]{3}-?[0-9]{4}")
_PHONE = re.compile(r"0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}")


def _fold_letters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text.translate(_CIRCLED_FORMS)).casefold()
    folded = _DASH_AFTER_KANA.sub("ー", folded.translate(_HIRAGANA))
    return _IGNORED.sub("", folded.translate(_SMALL_KANA).translate(_KANJI))


def _legal_forms() -> re.Pattern[str]:
    full = "|".join(_fold_letters(form) for form in _FULL_FORMS)
    short = "|".join((*(_fold_letters(form) for form in _BRACKETED_LONG_FORMS), *_BRACKETED_FORMS))
    transfer = _fold_letters(_TRANSFER_FORMS)
    return re.compile(
        rf"{full}|\((?:{short})\)|\((?:{transfer})\)|^(?:{transfer})\)|\((?:{transfer})$"
    )


_LEGAL_FORMS = _legal_forms()


def fold_name(text: str) -> str:
    """Return the key by which a name is searched; never shown and never stored as the name.

    Width, case, spaces, 中黒, hiragana against katakana, small kana and kanji variants fold
    together, and legal forms (株式会社, ㈱, カ) …) fall away wherever they stand. A text that is
    nothing but legal forms keeps them, so that searching for 株式会社 is not searching for all.
    """
    folded = _fold_letters(text)
    return _LEGAL_FORMS.sub("", folded) or folded


def is_kana(text: str) -> bool:
    """Say whether a reading is in full-width katakana (section 8), with spaces between."""
    return _KANA.fullmatch(text) is not None


def normalise_kana(text: str) -> str:
    """Turn half-width kana and hiragana into the full-width katakana a reading is kept in."""
    kana = unicodedata.normalize("NFKC", text).translate(_HIRAGANA)
    return " ".join(_DASH_AFTER_KANA.sub("ー", kana).split())


_VOWEL_ROWS = (
    "アカサタナハマヤラワ",
    "イキシチニヒミリヰ",
    "ウクスツヌフムユル",
    "エケセテネヘメレヱ",
    "オコソトノホモヨロヲ",
)
_VOWEL_OF = {kana: row[0] for row in _VOWEL_ROWS for kana in row}
_VOICES = {"\u3099": 1, "\u309a": 2}  # 濁点, 半濁点


def sort_key(kana: str) -> str:
    """Return a string whose code-point order is 五十音 order, after JIS X 4061.

    The first level compares clear, full-size letters, with 長音 read as the vowel before it and
    繰返し as the letter before it; then 清音 < 濁音 < 半濁音 decides; then 長音 < 小書き < 繰返し <
    ordinary. The levels are joined by a space, which sorts before every letter; a database must
    compare the key byte by byte (collation C).
    """
    letters: list[str] = []
    voices: list[str] = []
    shapes: list[str] = []
    text = _DASH_AFTER_KANA.sub("ー", unicodedata.normalize("NFKC", kana).translate(_HIRAGANA))
    for character in _IGNORED.sub("", text).upper():
        parts = unicodedata.normalize("NFD", character)
        base, voice = parts[0], _VOICES.get(parts[-1], 0)
        shape = 3
        if base == "ー" and letters and letters[-1] in _VOWEL_OF:
            base, shape = _VOWEL_OF[letters[-1]], 0
        elif base == "ヽ" and letters:
            base, shape = letters[-1], 2
        elif (large := base.translate(_SMALL_KANA)) != base:
            base, shape = large, 1
        letters.append(base)
        voices.append(str(voice))
        shapes.append(str(shape))
    return f"{''.join(letters)} {''.join(voices)} {''.join(shapes)}"


def valid_postal_code(text: str) -> bool:
    """Say whether it is 7 digits with or without a hyphen, once widths are folded."""
    return _POSTAL_CODE.fullmatch(_ascii_number(text).removeprefix("〒")) is not None


def normalise_postal_code(text: str) -> str | None:
    """Return it as it is printed after 〒 (320-0000), or None."""
    if not valid_postal_code(text):
        return None
    digits = _ascii_number(text).removeprefix("〒").replace("-", "")
    return f"{digits[:3]}-{digits[3:]}"


def valid_phone(text: str) -> bool:
    """Say whether it is a Japanese number with its hyphens: 10 or 11 digits. [knowledge]"""
    number = _ascii_number(text)
    return _PHONE.fullmatch(number) is not None and len(number.replace("-", "")) in (10, 11)


def _ascii_number(text: str) -> str:
    return _DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip()
