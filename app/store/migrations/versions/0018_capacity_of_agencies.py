"""What agencies say about taking cases on."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency_capacity",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("op_id", sa.String(32), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'waiting', 'needs_talk', 'closed')",
            name=op.f("ck_agency_capacity_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_agency_capacity_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_agency_capacity_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_capacity")),
        sa.UniqueConstraint(
            "agency_id", "number", name=op.f("uq_agency_capacity_agency_id_number")
        ),
        sa.UniqueConstraint("op_id", name=op.f("uq_agency_capacity_op_id")),
    )
    op.create_index(op.f("ix_agency_capacity_agency_id"), "agency_capacity", ["agency_id"])
    op.create_index(op.f("ix_agency_capacity_person_id"), "agency_capacity", ["person_id"])


def downgrade() -> None:
    op.drop_table("agency_capacity")
