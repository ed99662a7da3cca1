import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from sqlmodel import select

from app.cli import cli
from app.settings import ROOT, read_settings
from app.store.tables.people import PersonRow
from app.store.unit_of_work import Database
from deploy.entaku import COMMANDS

README = (ROOT / "README.md").read_text()
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
VARIABLES = re.findall(r"^\| `([A-Z_]+)` \| (.+?) \|", README, re.MULTILINE)


class Watched(Mapping[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, **given: str) -> None:
        self.given, self.asked = given, set[str]()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return self.given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)


def test_the_table_lists_exactly_the_variables_that_are_read(tmp_path: Path) -> None:
    environ = Watched(ENTAKU_DATA=str(tmp_path))
    read_settings(environ)
    assert sorted(name for name, _default in VARIABLES) == sorted(environ.asked)


def test_the_defaults_told_are_those_in_force(tmp_path: Path) -> None:
    settings = read_settings({"ENTAKU_DATA": str(tmp_path)})
    told = {name: default.strip("`") for name, default in VARIABLES}
    for name in ("HOST", "PORT", "SESSION_IDLE_MINUTES", "SESSION_HOURS", "PDF_SECONDS"):
        assert told[f"ENTAKU_{name}"] == str(getattr(settings, name.lower()))
    assert told["ENTAKU_PDF_MEMORY_MB"] == str(settings.pdf_memory_mb)
    assert (settings.secure_cookies, settings.demo) == (False, False)


def test_every_command_is_told_and_every_command_told_exists() -> None:
    told = {name for line in README.splitlines() for name in re.findall(r"`entaku ([a-z-]+)", line)}
    every = {command.name for command in COMMANDS} | set(cli.commands)
    assert told == every


def test_everybody_named_in_the_readme_is_in_the_demonstration(demo: Database) -> None:
    named = set(re.findall(r"`([a-z.]+@[a-z0-9.-]+\.example)`", README))
    with demo.read() as desk:
        enrolled = set(desk.session.exec(select(PersonRow.email)))
    assert named - enrolled == set()
    assert len(named) == 9


def test_every_file_the_pages_point_to_is_there() -> None:
    missing = []
    for page in PAGES:
        text = page.read_text()
        links = [page.parent / link for link in re.findall(r"\]\((?!http|#)([^)#]+\.md)", text)]
        paths = [
            ROOT / path.rstrip("/")
            for path in re.findall(r"`((?:app|auth|realtime|deploy|static|tests)/[\w./-]+)`", text)
        ]
        missing += [str(one) for one in (*links, *paths) if not one.exists()]
    assert missing == []
