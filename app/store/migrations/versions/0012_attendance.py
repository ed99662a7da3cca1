"""How each agency takes part in a conference."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attendance",
        sa.Column("conference_id", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("mode", sa.String(10), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("arrived", sa.String(5), nullable=False),
        sa.Column("left", sa.String(5), nullable=False),
        sa.Column("noted_by", sa.String(80), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "mode IN ('on_site', 'online', 'written', 'proxy', 'absent')",
            name=op.f("ck_attendance_mode_known"),
        ),
        sa.ForeignKeyConstraint(
            ["conference_id", "agency_id"],
            ["seat.conference_id", "seat.agency_id"],
            name=op.f("fk_attendance_seat"),
        ),
        sa.PrimaryKeyConstraint("conference_id", "agency_id", name=op.f("pk_attendance")),
    )


def downgrade() -> None:
    op.drop_table("attendance")
