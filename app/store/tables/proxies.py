"""委任状: an agency's word at a conference, or at one item of it, handed to somebody else."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from app.domain.proxies import Holder
from app.store.columns import id_field, one_of, ref, time_field

_STANDING = "revoked_at IS NULL AND item_id IS "


class ProxyRow(SQLModel, table=True):
    """Kept for good; an agency has at most one in force for the conference and one for an item.

    ``instruction``: what the holder is asked to say; told to giver and holder only.
    """

    __tablename__ = "proxy"
    __table_args__ = (
        one_of("holder", Holder),
        CheckConstraint(
            "(holder = 'person') = (holder_person_id IS NOT NULL) "
            "AND (holder = 'person') = (holder_agency_id IS NOT NULL)",
            name="person_named",
        ),
        Index(
            "uq_proxy_conference",
            "conference_id",
            "agency_id",
            unique=True,
            sqlite_where=text(f"{_STANDING}NULL"),
            postgresql_where=text(f"{_STANDING}NULL"),
        ),
        Index(
            "uq_proxy_item",
            "item_id",
            "agency_id",
            unique=True,
            sqlite_where=text(f"{_STANDING}NOT NULL"),
            postgresql_where=text(f"{_STANDING}NOT NULL"),
        ),
    )

    id: str = id_field()
    conference_id: str = ref("conference")
    agency_id: str = ref("agency")
    item_id: str | None = ref("agenda_item", nullable=True)
    holder: str = Field(max_length=10)
    holder_agency_id: str | None = ref("agency", nullable=True)
    holder_person_id: str | None = ref("person", nullable=True)
    holder_name: str = Field(default="", max_length=80)
    instruction: str = Field(default="", max_length=500)
    given_by: str = Field(max_length=80)
    given_at: datetime = time_field()
    revoked_by: str = Field(default="", max_length=80)
    revoked_at: datetime | None = time_field(nullable=True)
