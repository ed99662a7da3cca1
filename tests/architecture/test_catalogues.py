"""Every sentence of the source stands in each catalogue, and nothing else does."""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from app.catalogues import FOLDER, LANGUAGES, language_for, translator
from app.domain.telling import say
from app.domain.text import Sentence, listed
from app.settings import ROOT
from app.web.script_words import script_catalogue

OTHERS = [language for language in LANGUAGES if language != "ja"]
# What stands for a value: {name}, %(name)s, and the sign that keeps a %.
PLACE = re.compile(r"\{\w*\}|%\(\w+\)s|%%")
JAPANESE = re.compile("[ぁ-ゖァ-ヺ一-鿿々〆]")
# A translation quotes Japanese only where the reader types it or meets it as it is.
QUOTED = (
    "「はい」か「いいえ」で",
    "「書面」か「電子」で",
    "「株式会社」や㈱、",
    "令和8年4月1日",
    "（令和8年12月）",
)
REMEDY = "run deploy/setup/sentences.sh, translate what stands empty, then make setup"


@cache
def places_of_sentences() -> dict[str, frozenset[str]]:
    """Each marked sentence, with the files it stands in."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = defaultdict(set)
    for path, _line, sentence, _comments, _context in extract_from_dir(
        ROOT,
        methods,
        options,
        keywords=DEFAULT_KEYWORDS | {"t": None},
        directory_filter=is_ours,
    ):
        assert isinstance(sentence, str), f"{path}: plural forms are told by wording: {sentence}"
        found[sentence].add(path)
    return {sentence: frozenset(paths) for sentence, paths in found.items()}


def is_ours(folder: str) -> bool:
    name = Path(folder).name
    return not name.startswith((".", "_")) and name not in {"node_modules", "tests", "var"}


@cache
def catalogue(language: str) -> Catalog:
    with (FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def translations(language: str) -> dict[str, str]:
    told = {message.id: message.string for message in catalogue(language) if message.id}
    return {str(sentence): str(translation or "") for sentence, translation in told.items()}


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated_and_none_that_is_gone(language: str) -> None:
    told = translations(language)
    sentences = places_of_sentences().keys()
    empty = {sentence for sentence, translation in told.items() if not translation.strip()}
    missing = sorted((sentences - told.keys()) | (sentences & empty))
    assert (missing, sorted(told.keys() - sentences)) == ([], []), REMEDY


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_keeps_the_places_for_values(language: str) -> None:
    lost = {
        sentence: translation
        for sentence, translation in translations(language).items()
        if sorted(PLACE.findall(sentence)) != sorted(PLACE.findall(translation))
    }
    assert lost == {}


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_a_guess(language: str) -> None:
    assert [message.id for message in catalogue(language) if message.fuzzy] == []
    assert list(catalogue(language).obsolete) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_is_not_left_in_japanese(language: str) -> None:
    left = [
        sentence
        for sentence, told in translations(language).items()
        if JAPANESE.search(told) and not any(quoted in sentence for quoted in QUOTED)
    ]
    assert left == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_pages_speak_from_the_catalogue_as_it_is_written(language: str) -> None:
    """The compiled catalogue is built by setup and by the start of the tests."""
    tell = translator(language)
    told = translations(language)
    assert {sentence: tell(sentence) for sentence in told} == told, REMEDY


def test_what_the_scripts_say_is_found_by_the_reader_of_sentences() -> None:
    """It misses a call inside a template string that holds braces of its own."""
    call = re.compile(r"\bt\(\s*(?:'([^'\n]*)'|\"([^\"\n]*)\")")
    said = {
        single or double
        for path in (ROOT / "static" / "src").rglob("*.ts*")
        for single, double in call.findall(path.read_text())
    }
    assert sorted(said - places_of_sentences().keys()) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_page_carries_all_its_script_says(language: str) -> None:
    entries = [path.stem for path in (ROOT / "static" / "src" / "entries").glob("*.ts*")]
    carried = {sentence for entry in entries for sentence in script_catalogue(entry, language)}
    said = {
        sentence
        for sentence, paths in places_of_sentences().items()
        if any(path.startswith("static/src/") for path in paths)
    }
    told = translations(language)
    missing = {sentence for sentence in said - carried if told[sentence] != sentence}
    assert sorted(missing) == [], "run make front"


def test_a_sentence_is_told_with_the_sentences_within_it() -> None:
    told = Sentence("不足している項目：{missing}", missing=listed(["緊急度", "代表者"]))
    assert told == "不足している項目：緊急度、代表者"
    assert say(listed(["緊急度", "代表者", "青空商店"]), translator("en")) == (
        "Urgency, Representative, 青空商店"
    )
    assert listed([]) == ""


def test_japanese_is_the_source_and_needs_no_catalogue() -> None:
    assert translator("ja")("決定") == "決定"


@pytest.mark.parametrize(
    ("chosen", "accepted", "language"),
    [
        ("en", ["ja"], "en"),
        ("ja", ["en"], "ja"),
        (None, ["en-GB", "ja"], "en"),
        (None, ["fr", "en"], "en"),
        (None, ["fr"], "ja"),
        ("fr", [], "ja"),
    ],
)
def test_the_choice_comes_before_the_browser_and_japanese_last(
    chosen: str | None, accepted: list[str], language: str
) -> None:
    assert language_for(chosen, accepted) == language
