"""No sentence for people stands in the source without being marked for translation."""

import ast
import re
from collections.abc import Iterator

import pytest

from app.settings import ROOT

JAPANESE = re.compile("[ぁ-ゖァ-ヺ一-鿿々〆]")
# Japanese that is no sentence for a page: it is compared, stored or printed on paper as it is.
PYTHON_APART = {
    "app/documents/wording.py": "issued documents stay Japanese",
    "app/documents/sheet_book.py": "a workbook stays Japanese",
    "app/domain/dates.py": "eras and weekdays as they are typed and printed",
    "app/domain/figures.py": "units as they are typed",
    "app/domain/firms.py": "a legal form as it is stored",
    "app/domain/fitting_words.py": "words looked for in what was written as an issue",
    "app/domain/names.py": "variants of characters, for search and order",
    "app/domain/prefectures.py": "names of places",
    "app/domain/sheet_taking.py": "units as they are typed",
    "app/domain/vocabulary.py": "the signs of the kinds of agency",
    "app/services/case_import": "words of the import format",
    "app/services/series.py": "the month in a name that is stored",
    "app/store/agencies.py": "names and their readings, for order",
    "app/store/gaps.py": "the number of a decision",
    "app/store/firm_papers.py": "a month as it stands on paper",
    "auth/passwords.py": "passwords that are too common",
    "deploy/commands.py": "a place of the demonstration",
    "deploy/demonstration": "people and papers of the demonstration",
    "deploy/verifier/entaku_verify.py": "a program agencies keep, which imports nothing of ours",
}
SCRIPTS_APART = {
    "sheet/dates.ts": "eras and weekdays as they are typed",
    "sheet/numbers.ts": "units as they are typed",
    "sheet/values.ts": "yes and no as they are typed",
}
PYTHON = sorted(
    path for top in ("app", "auth", "realtime", "deploy") for path in (ROOT / top).rglob("*.py")
)
TEMPLATES = sorted(
    path
    for path in (ROOT / "templates").rglob("*.html")
    if path.parent.name != "documents"  # issued documents stay Japanese
)
SCRIPTS = sorted((ROOT / "static" / "src").rglob("*.ts*"))


def is_call_of(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def texts_in(node: ast.AST) -> Iterator[ast.Constant]:
    """Strings of the code that do something: neither docstrings, marked sentences nor patterns."""
    if is_call_of(node, "_") or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    ):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile":
        return
    for child in ast.iter_child_nodes(node):
        yield from texts_in(child)


@pytest.mark.parametrize("top", ["app", "auth", "realtime", "deploy"])
def test_what_is_marked_in_python_is_a_sentence_as_it_stands(top: str) -> None:
    """A sentence put together before it is looked up is found in no catalogue."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in PYTHON
        if path.is_relative_to(ROOT / top)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and is_call_of(node, "_")
        and [type(getattr(one, "value", None)) for one in node.args] != [str]
    ]
    assert wrong == []


def test_japanese_in_python_is_marked_or_no_sentence() -> None:
    found = {
        str(path.relative_to(ROOT))
        for path in PYTHON
        for text in texts_in(ast.parse(path.read_text()))
        if JAPANESE.search(str(text.value))
    }
    apart = {one for one in found for listed in PYTHON_APART if (one + "/").startswith(listed)}
    assert sorted(found - apart) == []
    idle = [one for one in PYTHON_APART if not any(path.startswith(one) for path in found)]
    assert idle == []


def blanked(match: re.Match[str]) -> str:
    return "\n" * match.group().count("\n")


def unmarked(text: str, *known: str) -> list[str]:
    """The lines with Japanese that is left when ``known`` patterns are taken out."""
    for pattern in known:
        text = re.sub(pattern, blanked, text, flags=re.S)
    return [
        f"{number}: {line.strip()}"
        for number, line in enumerate(text.split("\n"), 1)
        if JAPANESE.search(line)
    ]


def test_japanese_in_templates_is_marked() -> None:
    comment, block = r"\{#.*?#\}", r"\{%-?\s*trans\b.*?endtrans\s*-?%\}"
    call = r"(?<![\w.])_\(\s*(?:'[^']*'|\"[^\"]*\")"
    found = {
        str(path.relative_to(ROOT)): lines
        for path in TEMPLATES
        if (lines := unmarked(path.read_text(), comment, block, call))
    }
    assert found == {}


def test_what_is_marked_in_templates_is_a_sentence_as_it_stands() -> None:
    call = re.compile(r"(?<![\w.])_\(\s*(?!'[^']*'\s*[,)]|\"[^\"]*\"\s*[,)]).{0,40}")
    found = {
        str(path.relative_to(ROOT)): calls
        for path in TEMPLATES
        if (calls := call.findall(path.read_text()))
    }
    assert found == {}


def test_japanese_in_scripts_is_marked_or_no_sentence() -> None:
    comments = (r"/\*.*?\*/", r"(?m:(?:^|(?<=\s))//[^\n]*)")
    call = r"\bt\(\s*(?:'[^'\n]*'|\"[^\"\n]*\")"
    found = {
        str(path.relative_to(ROOT / "static" / "src")): lines
        for path in SCRIPTS
        if (lines := unmarked(path.read_text(), *comments, call))
    }
    assert {path: lines for path, lines in found.items() if path not in SCRIPTS_APART} == {}
    assert found.keys() == SCRIPTS_APART.keys()


def test_what_is_marked_in_scripts_is_a_sentence_as_it_stands() -> None:
    call = re.compile(r"(?<!function )\bt\(\s*(?!'[^'\n]*'\s*[,)]|\"[^\"\n]*\"\s*[,)]).{0,40}")
    found = {
        str(path.relative_to(ROOT)): calls
        for path in SCRIPTS
        if (calls := call.findall(path.read_text()))
    }
    assert found == {}
