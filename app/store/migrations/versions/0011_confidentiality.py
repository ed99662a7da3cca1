"""Who accepted which version of the confidentiality statement."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "confidentiality_acceptance",
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "version >= 1", name=op.f("ck_confidentiality_acceptance_version_counts_from_one")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_confidentiality_acceptance_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_confidentiality_acceptance_agency_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "version", name=op.f("pk_confidentiality_acceptance")),
    )
    op.create_index(
        op.f("ix_confidentiality_acceptance_agency_id"),
        "confidentiality_acceptance",
        ["agency_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("confidentiality_acceptance")
