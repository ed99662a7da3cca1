"""事業者ゲスト: invitations to one item, the sessions they open, and what the guest said."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from app.domain.guests import CorrectionState, InvitationState
from app.store.columns import id_field, one_of, ref, time_field

_LIVE = "state IN ('sent', 'entered')"


class GuestInvitationRow(SQLModel, table=True):
    """Never deleted; of the link itself only a hash is kept. ``accepted_version`` is the guest's
    own confirmation of the confidentiality statement."""

    __tablename__ = "guest_invitation"
    __table_args__ = (
        one_of("state", InvitationState),
        CheckConstraint("name <> ''", name="named"),
        CheckConstraint("state <> 'entered' OR entered_at IS NOT NULL", name="entry_dated"),
        CheckConstraint(
            "(state IN ('replaced', 'revoked')) = (closed_at IS NOT NULL)", name="closing_dated"
        ),
        CheckConstraint(
            "(accepted_version IS NULL) = (accepted_at IS NULL)", name="acceptance_dated"
        ),
        Index(
            "uq_guest_invitation_one_live",
            "item_id",
            "name",
            unique=True,
            sqlite_where=text(_LIVE),
            postgresql_where=text(_LIVE),
        ),
    )

    id: str = id_field()
    item_id: str = ref("agenda_item")
    position: int
    name: str = Field(max_length=80)
    state: str = Field(max_length=10)
    token_hash: str = Field(max_length=64, unique=True)
    person_name: str = Field(max_length=80)
    agency_name: str = Field(max_length=120)
    at: datetime = time_field()
    expires_at: datetime = time_field()
    entered_at: datetime | None = time_field(nullable=True)
    closed_at: datetime | None = time_field(nullable=True)
    accepted_version: int | None = None
    accepted_at: datetime | None = time_field(nullable=True)


class GuestSessionRow(SQLModel, table=True):
    """What the link was exchanged for, once; the token lies in the guest's browser alone."""

    __tablename__ = "guest_session"

    token_hash: str = Field(primary_key=True, max_length=64)
    invitation_id: str = ref("guest_invitation", index=False, unique=True)
    created_at: datetime = time_field()
    seen_at: datetime = time_field()
    ended_at: datetime | None = time_field(nullable=True)


class FirmCorrectionRow(SQLModel, table=True):
    """A fact as the firm says it is; the answer is an agency's."""

    __tablename__ = "firm_correction"
    __table_args__ = (
        one_of("state", CorrectionState),
        CheckConstraint("(state = 'waiting') = (answered_at IS NULL)", name="answer_dated"),
        CheckConstraint("state <> 'set_aside' OR answer <> ''", name="set_aside_says_why"),
    )

    id: str = id_field()
    item_id: str = ref("agenda_item")
    invitation_id: str = ref("guest_invitation")
    position: int
    column: str = Field(max_length=40)
    value: str = Field(max_length=2000)
    words: str = Field(max_length=500)
    person_name: str = Field(max_length=80)
    at: datetime = time_field()
    state: str = Field(max_length=10)
    answer: str = Field(default="", max_length=500)
    answered_by: str = Field(default="", max_length=80)
    answered_agency: str = Field(default="", max_length=120)
    answered_at: datetime | None = time_field(nullable=True)


class FirmPreferenceRow(SQLModel, table=True):
    """What the owner wishes; restated rather than changed, so that the history stays."""

    __tablename__ = "firm_preference"
    __table_args__ = (CheckConstraint("text <> ''", name="says_something"),)

    id: str = id_field()
    item_id: str = ref("agenda_item")
    invitation_id: str = ref("guest_invitation")
    position: int
    agency_id: str | None = ref("agency", nullable=True)
    text: str = Field(max_length=1000)
    person_name: str = Field(max_length=80)
    at: datetime = time_field()
