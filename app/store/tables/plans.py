"""Support plans (支援方針・支援計画書), their lines, and each agency's confirmation."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.domain.plan import Answer, PlanStatus
from app.store.columns import id_field, json_field, one_of, ref, time_field


class PlanRow(SQLModel, table=True):
    """One version of a case's plan; ``sections`` holds text and version per section key."""

    __tablename__ = "plan"
    __table_args__ = (
        UniqueConstraint("case_id", "version"),
        one_of("status", PlanStatus),
        CheckConstraint("status = 'draft' OR digest <> ''", name="circulated_has_digest"),
    )

    id: str = id_field()
    case_id: str = ref("support_case")
    version: int
    number: str = Field(max_length=30)
    status: str = Field(max_length=20)
    lead_agency_id: str = ref("agency")
    sections: dict[str, dict[str, Any]] = json_field()
    asked: list[dict[str, str]] = json_field(list)
    digest: str = Field(default="", max_length=64)
    paper: dict[str, Any] | None = json_field(None)
    created_at: datetime = time_field()
    circulated_at: datetime | None = time_field(nullable=True)
    agreed_at: datetime | None = time_field(nullable=True)


class PlanLineRow(SQLModel, table=True):
    """A row of one of the plan's tables: roles, actions, KPIs."""

    __tablename__ = "plan_line"
    __table_args__ = (
        CheckConstraint("list IN ('role', 'action', 'kpi')", name="list_known"),
        CheckConstraint("version >= 1", name="version_counts"),
    )

    id: str = id_field()
    plan_id: str = ref("plan")
    list: str = Field(max_length=10)
    position: int
    agency_id: str | None = ref("agency", nullable=True)
    values: dict[str, Any] = json_field()
    version: int = 1


class PlanConfirmationRow(SQLModel, table=True):
    """確認: one answer per agency and plan version."""

    __tablename__ = "plan_confirmation"
    __table_args__ = (
        one_of("answer", Answer),
        CheckConstraint("answer = 'approve' OR text <> ''", name="says_why"),
    )

    plan_id: str = Field(foreign_key="plan.id", primary_key=True, max_length=32)
    agency_id: str = Field(foreign_key="agency.id", primary_key=True, max_length=32)
    answer: str = Field(max_length=12)
    text: str = Field(default="", max_length=1000)
    person_name: str = Field(max_length=80)
    title: str = Field(default="", max_length=60)
    at: datetime = time_field()
