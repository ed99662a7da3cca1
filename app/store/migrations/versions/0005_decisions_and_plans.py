"""Nominations, rounds, stances, decisions and support plans."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("lead_agency_id", sa.String(32), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("paper", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("circulated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status = 'draft' OR digest <> ''", name=op.f("ck_plan_circulated_has_digest")
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'circulating', 'agreed', 'superseded')",
            name=op.f("ck_plan_status_known"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["support_case.id"], name=op.f("fk_plan_case_id")),
        sa.ForeignKeyConstraint(
            ["lead_agency_id"], ["agency.id"], name=op.f("fk_plan_lead_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("case_id", "version", name=op.f("uq_plan_case_id_version")),
    )
    op.create_index(op.f("ix_plan_case_id"), "plan", ["case_id"], unique=False)
    op.create_index(op.f("ix_plan_lead_agency_id"), "plan", ["lead_agency_id"], unique=False)
    op.create_table(
        "nomination",
        sa.Column("item_id", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("nominee_id", sa.String(32), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_nomination_agency_id")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_nomination_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["nominee_id"], ["agency.id"], name=op.f("fk_nomination_nominee_id")
        ),
        sa.PrimaryKeyConstraint("item_id", "agency_id", name=op.f("pk_nomination")),
    )
    op.create_index(op.f("ix_nomination_nominee_id"), "nomination", ["nominee_id"], unique=False)
    op.create_table(
        "plan_confirmation",
        sa.Column("plan_id", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("answer", sa.String(12), nullable=False),
        sa.Column("text", sa.String(1000), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "answer = 'approve' OR text <> ''", name=op.f("ck_plan_confirmation_says_why")
        ),
        sa.CheckConstraint(
            "answer IN ('approve', 'conditional', 'return')",
            name=op.f("ck_plan_confirmation_answer_known"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_plan_confirmation_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_plan_confirmation_plan_id")
        ),
        sa.PrimaryKeyConstraint("plan_id", "agency_id", name=op.f("pk_plan_confirmation")),
    )
    op.create_table(
        "plan_line",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("plan_id", sa.String(32), nullable=False),
        sa.Column("list", sa.String(10), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=True),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "list IN ('role', 'action', 'kpi')", name=op.f("ck_plan_line_list_known")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_plan_line_version_counts")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_plan_line_agency_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_line_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_line")),
    )
    op.create_index(op.f("ix_plan_line_agency_id"), "plan_line", ["agency_id"], unique=False)
    op.create_index(op.f("ix_plan_line_plan_id"), "plan_line", ["plan_id"], unique=False)
    op.create_table(
        "round",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("item_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("nominee_id", sa.String(32), nullable=False),
        sa.Column("supporters", sa.JSON(), nullable=False),
        sa.Column("wording", sa.String(500), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("seats", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("lead_person", sa.String(80), nullable=False),
        sa.Column("answer_reason", sa.String(1000), nullable=False),
        sa.Column("result", sa.String(20), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("next_date", sa.Date(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declared_by", sa.String(80), nullable=False),
        sa.CheckConstraint(
            "(state = 'declared') = (result IS NOT NULL)", name=op.f("ck_round_declared_has_result")
        ),
        sa.CheckConstraint(
            "result IS NULL OR result IN ('decided', 'provisional', 'continued', 'no_taker')",
            name=op.f("ck_round_result_known"),
        ),
        sa.CheckConstraint("state IN ('open', 'declared')", name=op.f("ck_round_state_known")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_round_item_id")),
        sa.ForeignKeyConstraint(["nominee_id"], ["agency.id"], name=op.f("fk_round_nominee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_round_item_id_number")),
    )
    op.create_index(op.f("ix_round_item_id"), "round", ["item_id"], unique=False)
    op.create_index(op.f("ix_round_nominee_id"), "round", ["nominee_id"], unique=False)
    op.create_index(
        "uq_round_one_open",
        "round",
        ["item_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("conference_id", sa.String(32), nullable=False),
        sa.Column("item_id", sa.String(32), nullable=False),
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("result", sa.String(20), nullable=False),
        sa.Column("lead_agency_id", sa.String(32), nullable=True),
        sa.Column("lead_person", sa.String(80), nullable=False),
        sa.Column("supporters", sa.JSON(), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("next_date", sa.Date(), nullable=True),
        sa.Column("declared_by", sa.String(80), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "result IN ('decided', 'provisional', 'continued', 'no_taker')",
            name=op.f("ck_decision_result_known"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["support_case.id"], name=op.f("fk_decision_case_id")),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_decision_conference_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_decision_item_id")),
        sa.ForeignKeyConstraint(
            ["lead_agency_id"], ["agency.id"], name=op.f("fk_decision_lead_agency_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_decision_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("round_id", name=op.f("uq_decision_round_id")),
    )
    op.create_index(op.f("ix_decision_case_id"), "decision", ["case_id"], unique=False)
    op.create_index(op.f("ix_decision_conference_id"), "decision", ["conference_id"], unique=False)
    op.create_index(op.f("ix_decision_item_id"), "decision", ["item_id"], unique=False)
    op.create_index(
        op.f("ix_decision_lead_agency_id"), "decision", ["lead_agency_id"], unique=False
    )
    op.create_table(
        "stance",
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("stance", sa.String(30), nullable=False),
        sa.Column("text", sa.String(1000), nullable=False),
        sa.Column("alternative", sa.String(1000), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=True),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "stance <> 'hold' OR reply_by IS NOT NULL", name=op.f("ck_stance_hold_has_date")
        ),
        sa.CheckConstraint(
            "stance IN ('agree', 'agree_with_condition', 'hold', 'object', 'abstain', "
            "'not_applicable')",
            name=op.f("ck_stance_stance_known"),
        ),
        sa.CheckConstraint(
            "stance NOT IN ('agree_with_condition', 'object') OR text <> ''",
            name=op.f("ck_stance_says_why"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_stance_agency_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_stance_person_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_stance_round_id")),
        sa.PrimaryKeyConstraint("round_id", "agency_id", name=op.f("pk_stance")),
    )
    op.create_index(op.f("ix_stance_person_id"), "stance", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("stance")
    op.drop_table("decision")
    op.drop_table("round")
    op.drop_table("plan_line")
    op.drop_table("plan_confirmation")
    op.drop_table("nomination")
    op.drop_table("plan")
