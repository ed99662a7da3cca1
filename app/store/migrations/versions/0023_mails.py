"""Mails to send, and whether a person wants reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "person", sa.Column("reminders", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    op.create_table(
        "mail",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('holds')", name=op.f("ck_mail_kind_known")),
        sa.CheckConstraint(
            "state IN ('waiting', 'sent', 'given_up', 'needless')",
            name=op.f("ck_mail_state_known"),
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (closed_at IS NULL)", name=op.f("ck_mail_closing_dated")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mail_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("person_id", "day", "kind", name=op.f("uq_mail_person_id_day_kind")),
    )
    op.create_index(op.f("ix_mail_person_id"), "mail", ["person_id"], unique=False)
    condition = sa.text("state = 'waiting'")
    op.create_index(
        "ix_mail_waiting",
        "mail",
        ["day"],
        unique=False,
        sqlite_where=condition,
        postgresql_where=condition,
    )


def downgrade() -> None:
    op.drop_table("mail")
    op.drop_column("person", "reminders")
