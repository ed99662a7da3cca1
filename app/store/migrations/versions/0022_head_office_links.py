"""Links by which head offices answer a 仮決定."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_REFERS = {"round_id": "round", "agency_id": "agency", "membership_id": "membership"}


def upgrade() -> None:
    op.create_table(
        "head_office_link",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("membership_id", sa.String(32), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(80), nullable=False),
        sa.Column("op_id", sa.String(32), nullable=False),
        sa.CheckConstraint(
            "state IN ('sent', 'answered', 'replaced', 'revoked')",
            name=op.f("ck_head_office_link_state_known"),
        ),
        sa.CheckConstraint(
            "(state = 'sent') = (closed_at IS NULL)",
            name=op.f("ck_head_office_link_closing_dated"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [name], [f"{table}.id"], name=op.f(f"fk_head_office_link_{name}")
            )
            for name, table in _REFERS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_head_office_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_head_office_link_token_hash")),
    )
    for name in _REFERS:
        op.create_index(
            op.f(f"ix_head_office_link_{name}"), "head_office_link", [name], unique=False
        )
    condition = sa.text("state = 'sent'")
    op.create_index(
        "uq_head_office_link_one_live",
        "head_office_link",
        ["round_id", "agency_id"],
        unique=True,
        sqlite_where=condition,
        postgresql_where=condition,
    )


def downgrade() -> None:
    op.drop_table("head_office_link")
