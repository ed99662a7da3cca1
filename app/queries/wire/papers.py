"""The papers of a case as they travel: with the sheet, whose groups decide who hears of them."""

from dataclasses import dataclass

from app.domain.consent import ItemGroup
from app.domain.papers import PaperKind, PaperType
from app.queries.wire.shape import Shape


@dataclass(frozen=True)
class PaperVersion(Shape):
    """``digest`` is the SHA-256 of the file; ``pages`` counts sheets where it is a workbook."""

    version: int
    name: str
    type: PaperType
    size: int
    pages: int
    digest: str
    note: str
    person: str
    at: str


@dataclass(frozen=True)
class Paper(Shape):
    """``versions`` from the oldest on; the last one is the newest."""

    id: str
    title: str
    kind: PaperKind
    group: ItemGroup
    owner_id: str
    agency: str
    versions: list[PaperVersion]


@dataclass(frozen=True)
class PaperOnItem(Shape):
    """Which version an agenda item discusses, and who put it there.

    ``page`` is the one the chair shows to the whole table, 0 for none.
    """

    version: int
    page: int
    person: str
    agency: str
    at: str


@dataclass(frozen=True)
class PapersFixed(Shape):
    """資料の確定: when the item's set was last fixed, and by whom."""

    person: str
    agency_id: str
    agency: str
    at: str
