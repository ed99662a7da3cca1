"""Text as people type it: what may be stored, and sentences that can still be translated."""

import re
from collections.abc import Callable, Iterable
from functools import reduce
from typing import NamedTuple, Self

from app.domain.sentences import _

_AROUND = " \t\r\n\u00a0\u3000"
_BLANK_FIRST_LINES = re.compile(r"\A(?:[ \t\u00a0\u3000]*\n)+")
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
_LAYOUT = "\n\t"

# Controls, halves of characters, separators of lines and paragraphs; marks that turn the reading
# direction around, so that a stored name could look like another one; and what is no character.
_UNSTORABLE = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ufdd0-\\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)


class Sentence(str):
    """A Japanese sentence that remembers its source, so that it can be told in a language.

    It is the finished Japanese text wherever a string is wanted. ``template`` is the catalogue's
    source sentence with ``{name}`` places, and ``values`` fills them.
    """

    __slots__ = ("template", "values")

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, **values: object) -> Self:
        told = super().__new__(cls, template.format(**values) if values else template)
        told.template = template
        told.values = values
        return told

    def told_in(self, translate: Callable[[str], str]) -> str:
        """Tell it through a catalogue, together with the sentences that are its values."""
        text = translate(self.template)
        if not self.values:
            return text
        return text.format(
            **{
                name: value.told_in(translate) if isinstance(value, Sentence) else value
                for name, value in self.values.items()
            }
        )


def listed(parts: Iterable[str]) -> Sentence:
    """Sentences and names one after another, A、B、C, each still to be told in a language."""
    told = [part if isinstance(part, Sentence) else Sentence(part) for part in parts]
    if not told:
        return Sentence("")
    return reduce(lambda before, part: Sentence(_("{list}、{next}"), list=before, next=part), told)


class Problem(NamedTuple):
    """What is wrong with which field; ``path`` is dotted, as in the import format."""

    path: str
    sentence: Sentence


class TextProblem(ValueError):
    """What was typed cannot be taken; the sentence says why, to the person who typed it."""

    def __init__(self, template: str, **values: object) -> None:
        self.sentence = Sentence(template, **values)
        super().__init__(str(self.sentence))


def is_storable(character: str) -> bool:
    """Say whether one character may stand in stored text, apart from line breaks and tabs.

    Lone surrogates cannot be written as UTF-8, noncharacters cannot stand in XML, and controls
    and direction marks would change what a reader sees. Emoji, variation selectors, private-use
    characters (外字) and every kanji pass.
    """
    return _UNSTORABLE.match(character) is None


def clean_text(value: str, max_length: int, multiline: bool = False) -> str:
    """Return the text as it is stored, or raise TextProblem.

    Letters are kept exactly as typed (no NFKC: 𠮷, 髙 and ㈱ stay); only the space around the
    text is taken off, and line ends become ``\\n``. A paragraph's first indent (全角下げ) stays
    when ``multiline``. Length counts code points, after that.
    """
    if multiline:
        text = _BLANK_FIRST_LINES.sub("", _LINE_ENDS.sub("\n", value)).rstrip(_AROUND)
    else:
        text = value.strip(_AROUND)
    for found in _UNSTORABLE.finditer(text):
        character = found[0]
        if multiline and character in _LAYOUT:
            continue
        if not multiline and character in "\r\n\u2028\u2029":
            raise TextProblem(_("この項目では改行できません。1行で入力してください。"))
        raise TextProblem(
            _("使えない文字（U+{code}）が含まれています。その文字を消して入力し直してください。"),
            code=f"{ord(character):04X}",
        )
    if len(text) > max_length:
        raise TextProblem(
            _("{limit}文字以内で入力してください（現在{length}文字）。"),
            limit=max_length,
            length=len(text),
        )
    return text
