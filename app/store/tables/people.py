"""People, the agencies they belong to, and the ways they prove who they are."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint, true
from sqlmodel import Field, SQLModel

from app.domain.vocabulary import Role
from app.store.columns import id_field, json_field, one_of, ref, time_field


class PersonRow(SQLModel, table=True):
    """``language`` and ``reminders`` are of the mails sent to the person."""

    __tablename__ = "person"

    id: str = id_field()
    name: str = Field(max_length=80)
    kana: str = Field(default="", max_length=120)
    email: str = Field(unique=True, max_length=254)
    language: str | None = Field(default=None, max_length=8)
    active: bool = True
    created_at: datetime = time_field()
    reminders: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class MembershipRow(SQLModel, table=True):
    """One person in one agency; a seconded person (出向者) has two rows."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("person_id", "agency_id"), one_of("role", Role))

    id: str = id_field()
    person_id: str = ref("person")
    agency_id: str = ref("agency")
    role: str = Field(max_length=20)
    title: str = Field(default="", max_length=60)
    valid_from: date | None = None
    valid_to: date | None = None
    active: bool = True


class CredentialRow(SQLModel, table=True):
    """A local password, kept as an argon2id hash only."""

    __tablename__ = "credential"

    person_id: str = Field(foreign_key="person.id", primary_key=True, max_length=32)
    password_hash: str = Field(max_length=300)
    changed_at: datetime = time_field()


class IdentityRow(SQLModel, table=True):
    """Who a person is at a provider: (issuer, subject), never the e-mail address."""

    __tablename__ = "identity"

    issuer: str = Field(primary_key=True, max_length=300)
    subject: str = Field(primary_key=True, max_length=255)
    person_id: str = ref("person")
    linked_at: datetime = time_field()


class SessionRow(SQLModel, table=True):
    """A sign-in; the token itself is known to the browser only, here lies its hash."""

    __tablename__ = "session"

    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: str = ref("person")
    membership_id: str | None = ref("membership", nullable=True)
    csrf: str = Field(max_length=64)
    provider_id: str | None = ref("provider", nullable=True)
    created_at: datetime = time_field()
    seen_at: datetime = time_field()
    expires_at: datetime = time_field()
    revoked_at: datetime | None = time_field(nullable=True)


class AttemptRow(SQLModel, table=True):
    """Failed sign-ins per account or address within a window, for throttling."""

    __tablename__ = "attempt"

    key: str = Field(primary_key=True, max_length=100)
    count: int = 0
    window_start: datetime = time_field()


class PendingSignInRow(SQLModel, table=True):
    """A sign-in under way at a provider: used once, within ten minutes."""

    __tablename__ = "pending_sign_in"

    state_hash: str = Field(primary_key=True, max_length=64)
    provider_id: str = ref("provider")
    data: dict[str, Any] = json_field()
    created_at: datetime = time_field()
