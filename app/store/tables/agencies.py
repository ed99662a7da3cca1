"""Agencies (支援機関) and how each signs its people in."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from app.domain.vocabulary import AgencyKind
from app.store.columns import id_field, one_of, ref, time_field


class AgencyRow(SQLModel, table=True):
    """``key`` is the stable name in reference data; ``position`` is the listing order."""

    __tablename__ = "agency"
    __table_args__ = (one_of("kind", AgencyKind),)

    id: str = id_field()
    key: str = Field(unique=True, max_length=60)
    kind: str = Field(index=True, max_length=40)
    name: str = Field(max_length=120)
    short_name: str = Field(default="", max_length=40)
    kana: str = Field(default="", max_length=200)
    prefecture_code: str | None = Field(default=None, index=True, max_length=2)
    municipality_code: str | None = Field(default=None, max_length=5)
    position: int = Field(default=1000)
    valid_from: date | None = None
    valid_to: date | None = None


class ProviderRow(SQLModel, table=True):
    """An agency's own OpenID provider; it may sign in people of that agency only."""

    __tablename__ = "provider"

    id: str = id_field()
    agency_id: str = ref("agency", unique=True, index=False)
    issuer: str = Field(unique=True, max_length=300)
    client_id: str = Field(max_length=200)
    client_secret: str = Field(max_length=200)
    email_domains: str = Field(default="", max_length=500)
    enabled: bool = True
    created_at: datetime = time_field()
