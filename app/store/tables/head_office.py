"""Links by which head offices answer a 仮決定."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from app.domain.head_office import LinkState
from app.store.columns import id_field, one_of, ref, time_field

_LIVE = "state = 'sent'"


class HeadOfficeLinkRow(SQLModel, table=True):
    """Never deleted; of the link itself only a hash is kept. ``op_id``: of the answer by it."""

    __tablename__ = "head_office_link"
    __table_args__ = (
        one_of("state", LinkState),
        CheckConstraint("(state = 'sent') = (closed_at IS NULL)", name="closing_dated"),
        Index(
            "uq_head_office_link_one_live",
            "round_id",
            "agency_id",
            unique=True,
            sqlite_where=text(_LIVE),
            postgresql_where=text(_LIVE),
        ),
    )

    id: str = id_field()
    round_id: str = ref("round")
    agency_id: str = ref("agency")
    membership_id: str = ref("membership")
    person_name: str = Field(max_length=80)
    state: str = Field(max_length=10)
    token_hash: str = Field(max_length=64, unique=True)
    at: datetime = time_field()
    expires_at: datetime = time_field()
    closed_at: datetime | None = time_field(nullable=True)
    answered_by: str = Field(default="", max_length=80)
    op_id: str = Field(default="", max_length=32)
