"""Nothing in a template or a style needs what the content policy forbids."""

import re
from pathlib import Path

import pytest

from app.settings import ROOT

PAGES = sorted(
    page
    for page in (ROOT / "templates").rglob("*.html")
    if not {"documents", "mail"} & set(page.parts)
)
# A JSON block is data, not script: the policy lets it stand.
FORBIDDEN = re.compile(
    r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<style"""
    r"""|<script(?![^>]*\ssrc=)(?![^>]*\stype="application/json")"""
)
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_page_carries_no_style_attribute_handler_or_inline_script(page: Path) -> None:
    assert FORBIDDEN.findall(page.read_text()) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_page_calls_no_outside_host(page: Path) -> None:
    found = re.findall(r"(?:href|src|action)=[\"'](?:https?:)?//[^\"']+", page.read_text())
    assert found == []


@pytest.mark.parametrize("sheet", STYLES, ids=lambda p: p.name)
def test_a_style_loads_nothing_from_elsewhere(sheet: Path) -> None:
    assert re.findall(r"url\(|@font-face", sheet.read_text()) == []
