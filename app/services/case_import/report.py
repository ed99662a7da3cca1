"""What an import did, and everything that is to be said about the file."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.text import Problem, Sentence


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence about one field of one case; both are empty for the file as a whole."""

    case_id: str
    path: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Imported:
    """One case of the file as it stands in the store."""

    case_id: str
    id: str
    case_no: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """With any problem nothing of the file was stored.

    ``skipped`` cases were imported before; ``changed`` are those among them whose content in the
    file differs from what was imported then. They too are left as they are, since people have
    worked on them since.
    """

    imported: tuple[Imported, ...] = ()
    skipped: tuple[Imported, ...] = ()
    changed: tuple[str, ...] = ()
    problems: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.problems


def remarks(case_id: str, problems: Iterable[Problem]) -> list[Remark]:
    return [Remark(case_id, _printable(one.path), one.sentence) for one in problems]


def _printable(path: str) -> str:
    """Names of unknown fields come from the file and may hold what no terminal can show."""
    return path.encode("utf-8", "backslashreplace").decode()[:200]
