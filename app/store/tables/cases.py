"""Support cases (案件), who takes part, consents and referrals."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.domain.case_life import CaseStatus
from app.domain.conference import ReferralStatus
from app.domain.consent import ConsentStatus, SignMethod
from app.store.columns import id_field, json_field, one_of, ref, time_field


class CaseRow(SQLModel, table=True):
    __tablename__ = "support_case"
    __table_args__ = (
        one_of("status", CaseStatus),
        CheckConstraint(
            "(status = 'suspended') = (status_before IS NOT NULL)", name="suspension_remembers"
        ),
    )

    id: str = id_field()
    case_no: str = Field(unique=True, max_length=20)
    source_key: str | None = Field(default=None, unique=True, max_length=60)
    firm_id: str = ref("firm")
    status: str = Field(max_length=20, index=True)
    status_before: str | None = Field(default=None, max_length=20)
    conference_kind: str | None = Field(default=None, max_length=30)
    referrer_agency_id: str = ref("agency")
    receiver_agency_id: str | None = ref("agency", nullable=True)
    lead_agency_id: str | None = ref("agency", nullable=True)
    lead_person: str = Field(default="", max_length=80)
    created_at: datetime = time_field()


class CaseAgencyRow(SQLModel, table=True):
    """An agency that takes part in a case; sight of it still needs a live consent."""

    __tablename__ = "case_agency"

    case_id: str = Field(foreign_key="support_case.id", primary_key=True, max_length=32)
    agency_id: str = Field(foreign_key="agency.id", primary_key=True, max_length=32, index=True)
    since: datetime = time_field()


class ConsentRow(SQLModel, table=True):
    """One version of a consent; never deleted."""

    __tablename__ = "consent"
    __table_args__ = (
        UniqueConstraint("case_id", "version"),
        one_of("status", ConsentStatus),
        one_of("method", SignMethod, null=True),
        CheckConstraint(
            "valid_from IS NULL OR valid_until IS NULL OR valid_from <= valid_until",
            name="period_runs_forward",
        ),
        CheckConstraint(
            "(status = 'withdrawn') = (withdrawn_on IS NOT NULL)", name="withdrawal_dated"
        ),
    )

    id: str = id_field()
    case_id: str = ref("support_case")
    version: int
    status: str = Field(max_length=20)
    method: str | None = Field(default=None, max_length=20)
    purpose: str = Field(default="", max_length=1000)
    item_groups: list[str] = json_field(list)
    valid_from: date | None = None
    valid_until: date | None = None
    withdrawn_on: date | None = None
    withdrawn_reason: str = Field(default="", max_length=500)
    explained_by: str = Field(default="", max_length=120)
    note: str = Field(default="", max_length=500)
    file_id: str | None = Field(default=None, max_length=32)
    recorded_by_agency_id: str = ref("agency")
    recorded_at: datetime = time_field()


class ConsentAgencyRow(SQLModel, table=True):
    """提供先機関, ticked one by one."""

    __tablename__ = "consent_agency"

    consent_id: str = Field(foreign_key="consent.id", primary_key=True, max_length=32)
    agency_id: str = Field(foreign_key="agency.id", primary_key=True, max_length=32, index=True)


class ReferralRow(SQLModel, table=True):
    """紹介: handed to one agency, which accepts or returns it with a reason."""

    __tablename__ = "referral"
    __table_args__ = (
        one_of("status", ReferralStatus),
        CheckConstraint("status <> 'returned' OR reason_returned <> ''", name="return_has_reason"),
        Index(
            "uq_referral_one_open",
            "case_id",
            unique=True,
            sqlite_where=text("status = 'sent'"),
            postgresql_where=text("status = 'sent'"),
        ),
    )

    id: str = id_field()
    case_id: str = ref("support_case")
    from_agency_id: str = ref("agency")
    to_agency_id: str = ref("agency")
    status: str = Field(max_length=20)
    reason: str = Field(max_length=1000)
    reason_returned: str = Field(default="", max_length=500)
    sent_at: datetime = time_field()
    answered_at: datetime | None = time_field(nullable=True)


class OpinionRow(SQLModel, table=True):
    """意見: an agency's view on who should lead, before or at the conference."""

    __tablename__ = "opinion"
    __table_args__ = (
        UniqueConstraint("case_id", "agency_id", "stage"),
        CheckConstraint("stage IN ('first', 'final')", name="stage_known"),
    )

    id: str = id_field()
    case_id: str = ref("support_case")
    agency_id: str = ref("agency")
    stage: str = Field(max_length=5)
    preferred_agency_id: str | None = ref("agency", nullable=True)
    stance: str = Field(max_length=30)
    reason: str = Field(default="", max_length=1000)


class CasePaperRow(SQLModel, table=True):
    """What came with an imported case and is read, not edited: signs, suggestions, source."""

    __tablename__ = "case_paper"

    case_id: str = Field(foreign_key="support_case.id", primary_key=True, max_length=32)
    content: dict[str, Any] = json_field()
