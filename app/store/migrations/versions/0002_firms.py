"""Firms with their figures, loans and guarantees."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "firm",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("name_key", sa.String(240), nullable=False),
        sa.Column("kana", sa.String(200), nullable=False),
        sa.Column("sort_key", sa.String(400), nullable=False),
        sa.Column("legal_form", sa.String(20), nullable=False),
        sa.Column("is_corporation", sa.Boolean(), nullable=False),
        sa.Column("corporate_number", sa.String(13), nullable=True),
        sa.Column("representative", sa.String(80), nullable=False),
        sa.Column("representative_kana", sa.String(120), nullable=False),
        sa.Column("representative_age", sa.Integer(), nullable=True),
        sa.Column("founded", sa.String(7), nullable=False),
        sa.Column("postal_code", sa.String(8), nullable=False),
        sa.Column("prefecture_code", sa.String(2), nullable=False),
        sa.Column("city", sa.String(80), nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("phone", sa.String(20), nullable=False),
        sa.Column("industry_major", sa.String(1), nullable=False),
        sa.Column("industry_major_name", sa.String(80), nullable=False),
        sa.Column("industry_middle", sa.String(2), nullable=False),
        sa.Column("industry_middle_name", sa.String(80), nullable=False),
        sa.Column("employees", sa.Integer(), nullable=True),
        sa.Column("capital", sa.Integer(), nullable=True),
        sa.Column("fiscal_year_end_month", sa.Integer(), nullable=True),
        sa.Column("seasonality", sa.String(400), nullable=False),
        sa.Column("created_by_agency_id", sa.String(32), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_agency_id"], ["agency.id"], name=op.f("fk_firm_created_by_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_firm")),
        sa.UniqueConstraint("corporate_number", name=op.f("uq_firm_corporate_number")),
    )
    op.create_index(
        op.f("ix_firm_created_by_agency_id"), "firm", ["created_by_agency_id"], unique=False
    )
    op.create_index(op.f("ix_firm_name_key"), "firm", ["name_key"], unique=False)
    op.create_index(op.f("ix_firm_prefecture_code"), "firm", ["prefecture_code"], unique=False)
    op.create_index(op.f("ix_firm_sort_key"), "firm", ["sort_key"], unique=False)
    op.create_table(
        "cash_flow_month",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("firm_id", sa.String(32), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('actual', 'estimate', 'forecast')", name=op.f("ck_cash_flow_month_kind_known")
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_cash_flow_month_firm_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_flow_month")),
        sa.UniqueConstraint("firm_id", "month", name=op.f("uq_cash_flow_month_firm_id_month")),
    )
    op.create_index(
        op.f("ix_cash_flow_month_firm_id"), "cash_flow_month", ["firm_id"], unique=False
    )
    op.create_table(
        "fiscal_year",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("firm_id", sa.String(32), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("prior_year_sales", sa.Integer(), nullable=True),
        sa.Column("employees", sa.Integer(), nullable=False),
        sa.Column("capital_expenditure", sa.Integer(), nullable=False),
        sa.Column("profit_and_loss", sa.JSON(), nullable=False),
        sa.Column("balance_sheet", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "period_start < period_end", name=op.f("ck_fiscal_year_period_runs_forward")
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_fiscal_year_firm_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fiscal_year")),
        sa.UniqueConstraint(
            "firm_id", "period_end", name=op.f("uq_fiscal_year_firm_id_period_end")
        ),
    )
    op.create_index(op.f("ix_fiscal_year_firm_id"), "fiscal_year", ["firm_id"], unique=False)
    op.create_table(
        "loan",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("firm_id", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lender_name", sa.String(120), nullable=False),
        sa.Column("lender_kind", sa.String(40), nullable=False),
        sa.Column("lender_agency_id", sa.String(32), nullable=True),
        sa.Column("term", sa.String(5), nullable=False),
        sa.Column("balance", sa.Integer(), nullable=False),
        sa.Column("product", sa.String(120), nullable=True),
        sa.Column("annual_rate", sa.String(12), nullable=False),
        sa.Column("monthly_principal", sa.Integer(), nullable=False),
        sa.Column("repayment_status", sa.String(20), nullable=False),
        sa.Column("is_main_bank", sa.Boolean(), nullable=False),
        sa.CheckConstraint("term IN ('short', 'long')", name=op.f("ck_loan_term_known")),
        sa.CheckConstraint("balance >= 0", name=op.f("ck_loan_balance_not_negative")),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_loan_firm_id")),
        sa.ForeignKeyConstraint(
            ["lender_agency_id"], ["agency.id"], name=op.f("fk_loan_lender_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan")),
    )
    op.create_index(op.f("ix_loan_firm_id"), "loan", ["firm_id"], unique=False)
    op.create_index(op.f("ix_loan_lender_agency_id"), "loan", ["lender_agency_id"], unique=False)
    op.create_table(
        "guarantee",
        sa.Column("loan_id", sa.String(32), nullable=False),
        sa.Column("guarantee_no", sa.String(40), nullable=False),
        sa.Column("association_name", sa.String(120), nullable=False),
        sa.Column("association_id", sa.String(32), nullable=True),
        sa.Column("product", sa.String(120), nullable=False),
        sa.Column("responsibility_sharing", sa.Boolean(), nullable=False),
        sa.Column("ratio", sa.Integer(), nullable=False),
        sa.Column("guaranteed_balance", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.CheckConstraint(
            "guaranteed_balance >= 0", name=op.f("ck_guarantee_guaranteed_not_negative")
        ),
        sa.CheckConstraint("ratio BETWEEN 1 AND 100", name=op.f("ck_guarantee_ratio_percent")),
        sa.ForeignKeyConstraint(
            ["association_id"], ["agency.id"], name=op.f("fk_guarantee_association_id")
        ),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_guarantee_loan_id")),
        sa.PrimaryKeyConstraint("loan_id", name=op.f("pk_guarantee")),
    )
    op.create_index(
        op.f("ix_guarantee_association_id"), "guarantee", ["association_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("guarantee")
    op.drop_table("loan")
    op.drop_table("fiscal_year")
    op.drop_table("cash_flow_month")
    op.drop_table("firm")
