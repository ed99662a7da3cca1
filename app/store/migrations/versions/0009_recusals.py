"""Conflicts of interest: agencies that are out of a case's agenda item."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recusal",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("item_id", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("agency_name", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("round_id", sa.String(32), nullable=True),
        sa.Column("answer", sa.String(500), nullable=False),
        sa.Column("answered_by", sa.String(80), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('suggested', 'denied', 'followed', 'standing', 'lifted')",
            name=op.f("ck_recusal_state_known"),
        ),
        sa.CheckConstraint(
            "origin IN ('suggested', 'declared', 'pinned', 'carried')",
            name=op.f("ck_recusal_origin_known"),
        ),
        sa.CheckConstraint(
            "(origin = 'suggested') = (state IN ('suggested', 'denied', 'followed'))",
            name=op.f("ck_recusal_suggestions_never_stand"),
        ),
        sa.CheckConstraint(
            "(state IN ('denied', 'lifted')) = (answered_at IS NOT NULL)",
            name=op.f("ck_recusal_answer_dated"),
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_recusal_says_why")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_recusal_agency_id")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_recusal_item_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_recusal_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusal")),
    )
    for column in ("agency_id", "item_id", "round_id"):
        op.create_index(op.f(f"ix_recusal_{column}"), "recusal", [column], unique=False)
    op.create_index(
        "uq_recusal_one_open",
        "recusal",
        ["item_id", "agency_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('suggested', 'standing')"),
        postgresql_where=sa.text("state IN ('suggested', 'standing')"),
    )


def downgrade() -> None:
    op.drop_table("recusal")
