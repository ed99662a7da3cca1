"""Cases that nobody took, with who answers for what comes next; addenda to decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_KINDS = (
    "'cash', 'sales', 'profit', 'improvement_plan', 'repayment', 'succession', 'revitalization', "
    "'exit', 'startup', 'staff', 'it', 'subsidy', 'ip', 'disaster', 'other'"
)
_FIELDS = (
    "'wording', 'lead_person', 'declared_by', 'next_date', 'effective_on', 'review_on', "
    "'action', 'action_person', 'action_due', 'condition_text', 'condition_due'"
)


def upgrade() -> None:
    op.create_table(
        "gap",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("conference_id", sa.String(32), nullable=False),
        sa.Column("item_id", sa.String(32), nullable=False),
        sa.Column("decision_id", sa.String(32), nullable=True),
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.String(1000), nullable=False),
        sa.Column("declined", sa.JSON(), nullable=False),
        sa.Column("owner_agency_id", sa.String(32), nullable=False),
        sa.Column("owner_person", sa.String(80), nullable=False),
        sa.Column("next_step", sa.String(500), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("next_date", sa.Date(), nullable=False),
        sa.Column("declared_by", sa.String(80), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("moves", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=True),
        sa.Column("outcome_text", sa.String(1000), nullable=False),
        sa.Column("closed_by", sa.String(80), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"kind IN ({_KINDS})", name=op.f("ck_gap_kind_known")),
        sa.CheckConstraint(
            "state IN ('open', 'assigned', 'closed')", name=op.f("ck_gap_state_known")
        ),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome IN ('taken', 'kept', 'ended')",
            name=op.f("ck_gap_outcome_known"),
        ),
        sa.CheckConstraint(
            "(state = 'closed') = (outcome IS NOT NULL)",
            name=op.f("ck_gap_closed_has_outcome"),
        ),
        sa.CheckConstraint(
            "owner_person <> '' AND next_step <> ''",
            name=op.f("ck_gap_somebody_does_something"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["support_case.id"], name=op.f("fk_gap_case_id")),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_gap_conference_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_gap_item_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_gap_decision_id")),
        sa.ForeignKeyConstraint(
            ["owner_agency_id"], ["agency.id"], name=op.f("fk_gap_owner_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_gap_decision_id")),
    )
    for column in ("case_id", "conference_id", "item_id", "owner_agency_id"):
        op.create_index(op.f(f"ix_gap_{column}"), "gap", [column])
    op.create_table(
        "decision_addendum",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("decision_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(20), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("was", sa.String(1000), nullable=False),
        sa.Column("says", sa.String(1000), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("agency_name", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"field IN ({_FIELDS})", name=op.f("ck_decision_addendum_field_known")),
        sa.CheckConstraint(
            "says <> '' AND says <> was AND reason <> ''",
            name=op.f("ck_decision_addendum_says_something_else"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_addendum_decision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_addendum")),
        sa.UniqueConstraint(
            "decision_id", "number", name=op.f("uq_decision_addendum_decision_id_number")
        ),
    )
    op.create_index(op.f("ix_decision_addendum_decision_id"), "decision_addendum", ["decision_id"])


def downgrade() -> None:
    op.drop_table("decision_addendum")
    op.drop_table("gap")
