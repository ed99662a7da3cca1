"""Support cases, consents, referrals and opinions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "support_case",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_no", sa.String(20), nullable=False),
        sa.Column("source_key", sa.String(60), nullable=True),
        sa.Column("firm_id", sa.String(32), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("status_before", sa.String(20), nullable=True),
        sa.Column("conference_kind", sa.String(30), nullable=True),
        sa.Column("referrer_agency_id", sa.String(32), nullable=False),
        sa.Column("receiver_agency_id", sa.String(32), nullable=True),
        sa.Column("lead_agency_id", sa.String(32), nullable=True),
        sa.Column("lead_person", sa.String(80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(status = 'suspended') = (status_before IS NOT NULL)",
            name=op.f("ck_support_case_suspension_remembers"),
        ),
        sa.CheckConstraint(
            "status IN ('detected', 'consent_pending', 'consented', 'referred', 'accepted', "
            "'scheduled', 'in_conference', 'provisional', 'lead_decided', 'planning', "
            "'plan_agreed', 'executing', 'monitoring', 'closed', 'returned', 'withdrawn', "
            "'suspended')",
            name=op.f("ck_support_case_status_known"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_support_case_firm_id")),
        sa.ForeignKeyConstraint(
            ["lead_agency_id"], ["agency.id"], name=op.f("fk_support_case_lead_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["receiver_agency_id"], ["agency.id"], name=op.f("fk_support_case_receiver_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["referrer_agency_id"], ["agency.id"], name=op.f("fk_support_case_referrer_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_case")),
        sa.UniqueConstraint("case_no", name=op.f("uq_support_case_case_no")),
        sa.UniqueConstraint("source_key", name=op.f("uq_support_case_source_key")),
    )
    op.create_index(op.f("ix_support_case_firm_id"), "support_case", ["firm_id"], unique=False)
    op.create_index(
        op.f("ix_support_case_lead_agency_id"), "support_case", ["lead_agency_id"], unique=False
    )
    op.create_index(
        op.f("ix_support_case_receiver_agency_id"),
        "support_case",
        ["receiver_agency_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_support_case_referrer_agency_id"),
        "support_case",
        ["referrer_agency_id"],
        unique=False,
    )
    op.create_index(op.f("ix_support_case_status"), "support_case", ["status"], unique=False)
    op.create_table(
        "case_agency",
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_case_agency_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["support_case.id"], name=op.f("fk_case_agency_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", "agency_id", name=op.f("pk_case_agency")),
    )
    op.create_index(op.f("ix_case_agency_agency_id"), "case_agency", ["agency_id"], unique=False)
    op.create_table(
        "case_paper",
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["support_case.id"], name=op.f("fk_case_paper_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_paper")),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("method", sa.String(20), nullable=True),
        sa.Column("purpose", sa.String(1000), nullable=False),
        sa.Column("item_groups", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(500), nullable=False),
        sa.Column("explained_by", sa.String(120), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("file_id", sa.String(32), nullable=True),
        sa.Column("recorded_by_agency_id", sa.String(32), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(status = 'withdrawn') = (withdrawn_on IS NOT NULL)",
            name=op.f("ck_consent_withdrawal_dated"),
        ),
        sa.CheckConstraint(
            "method IS NULL OR method IN ('handwritten', 'electronic', 'entered_for')",
            name=op.f("ck_consent_method_known"),
        ),
        sa.CheckConstraint(
            "status IN ('explained', 'granted', 'granted_limited', 'declined', 'expired', "
            "'withdrawn')",
            name=op.f("ck_consent_status_known"),
        ),
        sa.CheckConstraint(
            "valid_from IS NULL OR valid_until IS NULL OR valid_from <= valid_until",
            name=op.f("ck_consent_period_runs_forward"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["support_case.id"], name=op.f("fk_consent_case_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_agency_id"], ["agency.id"], name=op.f("fk_consent_recorded_by_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("case_id", "version", name=op.f("uq_consent_case_id_version")),
    )
    op.create_index(op.f("ix_consent_case_id"), "consent", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_consent_recorded_by_agency_id"), "consent", ["recorded_by_agency_id"], unique=False
    )
    op.create_table(
        "opinion",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("stage", sa.String(5), nullable=False),
        sa.Column("preferred_agency_id", sa.String(32), nullable=True),
        sa.Column("stance", sa.String(30), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.CheckConstraint("stage IN ('first', 'final')", name=op.f("ck_opinion_stage_known")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_opinion_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["support_case.id"], name=op.f("fk_opinion_case_id")),
        sa.ForeignKeyConstraint(
            ["preferred_agency_id"], ["agency.id"], name=op.f("fk_opinion_preferred_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
        sa.UniqueConstraint(
            "case_id", "agency_id", "stage", name=op.f("uq_opinion_case_id_agency_id_stage")
        ),
    )
    op.create_index(op.f("ix_opinion_agency_id"), "opinion", ["agency_id"], unique=False)
    op.create_index(op.f("ix_opinion_case_id"), "opinion", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_opinion_preferred_agency_id"), "opinion", ["preferred_agency_id"], unique=False
    )
    op.create_table(
        "referral",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("from_agency_id", sa.String(32), nullable=False),
        sa.Column("to_agency_id", sa.String(32), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("reason_returned", sa.String(500), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status <> 'returned' OR reason_returned <> ''",
            name=op.f("ck_referral_return_has_reason"),
        ),
        sa.CheckConstraint(
            "status IN ('sent', 'accepted', 'returned')", name=op.f("ck_referral_status_known")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["support_case.id"], name=op.f("fk_referral_case_id")),
        sa.ForeignKeyConstraint(
            ["from_agency_id"], ["agency.id"], name=op.f("fk_referral_from_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_agency_id"], ["agency.id"], name=op.f("fk_referral_to_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index(op.f("ix_referral_case_id"), "referral", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_referral_from_agency_id"), "referral", ["from_agency_id"], unique=False
    )
    op.create_index(op.f("ix_referral_to_agency_id"), "referral", ["to_agency_id"], unique=False)
    op.create_index(
        "uq_referral_one_open",
        "referral",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("status = 'sent'"),
        postgresql_where=sa.text("status = 'sent'"),
    )
    op.create_table(
        "sheet_cell",
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("row", sa.String(40), nullable=False),
        sa.Column("column", sa.String(40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("agency_name", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_sheet_cell_version_counts")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_sheet_cell_agency_id")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["support_case.id"], name=op.f("fk_sheet_cell_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", "row", "column", name=op.f("pk_sheet_cell")),
    )
    op.create_index(op.f("ix_sheet_cell_agency_id"), "sheet_cell", ["agency_id"], unique=False)
    op.create_table(
        "sheet_row",
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("row", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("owner_agency_id", sa.String(32), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('case', 'issue', 'proposal', 'note')", name=op.f("ck_sheet_row_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["support_case.id"], name=op.f("fk_sheet_row_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_agency_id"], ["agency.id"], name=op.f("fk_sheet_row_owner_agency_id")
        ),
        sa.PrimaryKeyConstraint("case_id", "row", name=op.f("pk_sheet_row")),
    )
    op.create_index(
        op.f("ix_sheet_row_owner_agency_id"), "sheet_row", ["owner_agency_id"], unique=False
    )
    op.create_table(
        "consent_agency",
        sa.Column("consent_id", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_consent_agency_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consent.id"], name=op.f("fk_consent_agency_consent_id")
        ),
        sa.PrimaryKeyConstraint("consent_id", "agency_id", name=op.f("pk_consent_agency")),
    )
    op.create_index(
        op.f("ix_consent_agency_agency_id"), "consent_agency", ["agency_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("consent_agency")
    op.drop_table("sheet_row")
    op.drop_table("sheet_cell")
    op.drop_table("referral")
    op.drop_table("opinion")
    op.drop_table("consent")
    op.drop_table("case_paper")
    op.drop_table("case_agency")
    op.drop_table("support_case")
