"""The sentences of the scripts in another language, for the page to carry to them."""

import re
from functools import cache

from app.catalogues import translator
from app.web.assets import DIST, built

# Japanese stands in a script within quotes only, and a sentence holds neither quote nor backslash.
# The text is only looked at ahead, for a call may stand within a template string.
_SENTENCE = re.compile(
    r"([\"'`])(?=([^\"'`\\]*[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef][^\"'`\\]*)\1)"
)


def script_catalogue(name: str, language: str) -> dict[str, str]:
    """Japanese sentence → translation, for what the script says; empty in Japanese."""
    return {} if language == "ja" else _translated(built(name), language)


@cache
def _translated(file_name: str, language: str) -> dict[str, str]:
    """By the file's name, which changes with its content."""
    translate = translator(language)
    script = (DIST / file_name).read_text()
    found = {sentence: translate(sentence) for sentence in sentences_of(script)}
    return {sentence: told for sentence, told in found.items() if told != sentence}


def sentences_of(script_text: str) -> list[str]:
    """Every Japanese sentence a built script can say, each once."""
    return list(dict.fromkeys(match[2] for match in _SENTENCE.finditer(script_text)))
