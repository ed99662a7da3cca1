"""Papers of a case, their versions, the sets of agenda items, and who looked at what."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.domain.consent import ItemGroup
from app.domain.paper_file import MOST_BYTES
from app.domain.papers import PaperKind, PaperType
from app.store.columns import id_field, one_of, ref, time_field

_OF_A_VERSION = ("paper_id", "version"), ("paper_version.paper_id", "paper_version.version")


class UploadRow(SQLModel, table=True):
    """Bytes somebody has handed in; only that person, for that agency, may make a paper of them."""

    __tablename__ = "upload"
    __table_args__ = (
        UniqueConstraint("person_id", "agency_id", "digest"),
        one_of("type", PaperType),
        CheckConstraint(f"size BETWEEN 1 AND {MOST_BYTES}", name="size_allowed"),
        CheckConstraint("pages >= 1", name="has_pages"),
    )

    id: str = id_field()
    person_id: str = ref("person")
    agency_id: str = ref("agency")
    digest: str = Field(max_length=64)
    name: str = Field(max_length=160)
    type: str = Field(max_length=8)
    size: int
    pages: int
    at: datetime = time_field()


class PaperRow(SQLModel, table=True):
    """A paper belongs to the agency that brought it; its group says who may know of it."""

    __tablename__ = "paper"
    __table_args__ = (one_of("kind", PaperKind), one_of("item_group", ItemGroup))

    id: str = id_field()
    case_id: str = ref("support_case")
    agency_id: str = ref("agency")
    agency_name: str = Field(max_length=120)
    title: str = Field(max_length=120)
    kind: str = Field(max_length=20)
    item_group: str = Field(max_length=20)
    position: int


class PaperVersionRow(SQLModel, table=True):
    """One version; a later one supersedes it and takes nothing away."""

    __tablename__ = "paper_version"
    __table_args__ = (
        one_of("type", PaperType),
        CheckConstraint("version >= 1", name="version_counts"),
        CheckConstraint(f"size BETWEEN 1 AND {MOST_BYTES}", name="size_allowed"),
        CheckConstraint("pages >= 1", name="has_pages"),
        CheckConstraint("length(digest) = 64", name="digest_whole"),
    )

    paper_id: str = Field(foreign_key="paper.id", primary_key=True, max_length=32)
    version: int = Field(primary_key=True)
    digest: str = Field(max_length=64)
    name: str = Field(max_length=160)
    type: str = Field(max_length=8)
    size: int
    pages: int
    note: str = Field(default="", max_length=200)
    person_id: str = ref("person")
    person_name: str = Field(max_length=80)
    at: datetime = time_field()


class ItemPaperRow(SQLModel, table=True):
    """The version an item discusses, from ``at`` on; one that was replaced keeps its ``until``.

    ``page`` is the one the chair shows to the whole table, 0 while it shows none.
    """

    __tablename__ = "item_paper"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_A_VERSION),
        CheckConstraint("page >= 0", name="page_counts"),
        Index(
            "uq_item_paper_one_now",
            "item_id",
            "paper_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: str = id_field()
    item_id: str = ref("agenda_item")
    paper_id: str = Field(max_length=32, index=True)
    version: int
    page: int = 0
    person_name: str = Field(max_length=80)
    agency_name: str = Field(max_length=120)
    at: datetime = time_field()
    until: datetime | None = time_field(nullable=True)


class ItemPaperSetRow(SQLModel, table=True):
    """資料の確定: when the item's set was last fixed, and by whom."""

    __tablename__ = "item_paper_set"

    item_id: str = Field(foreign_key="agenda_item.id", primary_key=True, max_length=32)
    person_name: str = Field(max_length=80)
    agency_id: str = ref("agency")
    agency_name: str = Field(max_length=120)
    at: datetime = time_field()


class PaperViewRow(SQLModel, table=True):
    """That a person was shown a version on a day, or took its file; written before it is sent."""

    __tablename__ = "paper_view"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_A_VERSION),
        CheckConstraint("way IN ('shown', 'taken')", name="way_known"),
        CheckConstraint("times >= 1", name="times_counts"),
    )

    paper_id: str = Field(primary_key=True, max_length=32)
    version: int = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", primary_key=True, max_length=32)
    agency_id: str = Field(foreign_key="agency.id", primary_key=True, max_length=32)
    day: date = Field(primary_key=True)
    way: str = Field(primary_key=True, max_length=5)
    person_name: str = Field(max_length=80)
    agency_name: str = Field(max_length=120)
    times: int
    first_at: datetime = time_field()
    last_at: datetime = time_field()
