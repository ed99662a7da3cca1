"""No file grows past the size a person can hold in the head."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 300
FOLDERS = (
    "app",
    "auth",
    "realtime",
    "deploy",
    "tests",
    "static/src",
    "static/css",
    "templates",
    "bench",
)
ENDINGS = {".py", ".ts", ".tsx", ".css", ".html", ".mjs", ".sh"}
FILES = sorted(
    path
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*")
    if path.suffix in ENDINGS and not {"versions", "node_modules"} & set(path.parts)
)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_stays_within_the_limit(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LIMIT


@pytest.mark.parametrize(
    "path",
    [p for p in FILES if p.suffix == ".py" and "tests" not in p.parts],
    ids=lambda p: str(p.relative_to(ROOT)),
)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    text = path.read_text()
    assert not text.strip() or text.lstrip().startswith(('"""', "#!"))
