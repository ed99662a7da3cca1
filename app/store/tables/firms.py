"""Firms (事業者) with their figures, loans and guarantees. Money is in 千円."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.domain.cashflow_form import MonthKind
from app.store.columns import id_field, json_field, one_of, ref, time_field


class FirmRow(SQLModel, table=True):
    """``name_key`` and ``sort_key`` are folded forms for search and for 五十音 order."""

    __tablename__ = "firm"

    id: str = id_field()
    name: str = Field(max_length=120)
    name_key: str = Field(index=True, max_length=240)
    kana: str = Field(default="", max_length=200)
    sort_key: str = Field(default="", index=True, max_length=400)
    legal_form: str = Field(max_length=20)
    is_corporation: bool
    corporate_number: str | None = Field(default=None, unique=True, max_length=13)
    representative: str = Field(default="", max_length=80)
    representative_kana: str = Field(default="", max_length=120)
    representative_age: int | None = None
    founded: str = Field(default="", max_length=7)
    postal_code: str = Field(default="", max_length=8)
    prefecture_code: str = Field(max_length=2, index=True)
    city: str = Field(default="", max_length=80)
    address: str = Field(default="", max_length=200)
    phone: str = Field(default="", max_length=20)
    industry_major: str = Field(default="", max_length=1)
    industry_major_name: str = Field(default="", max_length=80)
    industry_middle: str = Field(default="", max_length=2)
    industry_middle_name: str = Field(default="", max_length=80)
    employees: int | None = None
    capital: int | None = None
    fiscal_year_end_month: int | None = None
    seasonality: str = Field(default="", max_length=400)
    created_by_agency_id: str | None = ref("agency", nullable=True)
    created_at: datetime = time_field()


class FiscalYearRow(SQLModel, table=True):
    """One closed year; the two statements are kept as checked figures by name."""

    __tablename__ = "fiscal_year"
    __table_args__ = (
        UniqueConstraint("firm_id", "period_end"),
        CheckConstraint("period_start < period_end", name="period_runs_forward"),
    )

    id: str = id_field()
    firm_id: str = ref("firm")
    period_start: date
    period_end: date
    prior_year_sales: int | None = None
    employees: int
    capital_expenditure: int = 0
    profit_and_loss: dict[str, int] = json_field()
    balance_sheet: dict[str, int] = json_field()


class LoanRow(SQLModel, table=True):
    """A loan of the firm; ``annual_rate`` is percent as text so that it stays exact."""

    __tablename__ = "loan"
    __table_args__ = (
        CheckConstraint("balance >= 0", name="balance_not_negative"),
        CheckConstraint("term IN ('short', 'long')", name="term_known"),
    )

    id: str = id_field()
    firm_id: str = ref("firm")
    position: int
    lender_name: str = Field(max_length=120)
    lender_kind: str = Field(max_length=40)
    lender_agency_id: str | None = ref("agency", nullable=True)
    term: str = Field(max_length=5)
    balance: int
    product: str | None = Field(default=None, max_length=120)
    annual_rate: str = Field(max_length=12)
    monthly_principal: int = 0
    repayment_status: str = Field(max_length=20)
    is_main_bank: bool = False


class GuaranteeRow(SQLModel, table=True):
    """保証: at most one per loan; the guaranteeing association is named per guarantee."""

    __tablename__ = "guarantee"
    __table_args__ = (
        CheckConstraint("ratio BETWEEN 1 AND 100", name="ratio_percent"),
        CheckConstraint("guaranteed_balance >= 0", name="guaranteed_not_negative"),
    )

    loan_id: str = Field(foreign_key="loan.id", primary_key=True, max_length=32)
    guarantee_no: str = Field(max_length=40)
    association_name: str = Field(max_length=120)
    association_id: str | None = ref("agency", nullable=True)
    product: str = Field(default="", max_length=120)
    responsibility_sharing: bool
    ratio: int
    guaranteed_balance: int
    status: str = Field(max_length=20)


class CashFlowMonthRow(SQLModel, table=True):
    """One month of the 資金繰り表."""

    __tablename__ = "cash_flow_month"
    __table_args__ = (
        UniqueConstraint("firm_id", "month"),
        one_of("kind", MonthKind),
    )

    id: str = id_field()
    firm_id: str = ref("firm")
    month: str = Field(max_length=7)
    kind: str = Field(max_length=10)
    figures: dict[str, Any] = json_field()
