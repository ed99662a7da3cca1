"""Raised hands and speeches of agenda items."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "speakers",
        sa.Column("item_id", sa.String(32), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("allowance", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "allowance BETWEEN 30 AND 14400", name=op.f("ck_speakers_allowance_sensible")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_speakers_item_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_speakers")),
    )
    op.create_table(
        "speech",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("item_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(15), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("agency_name", sa.String(120), nullable=False),
        sa.Column("speaker", sa.String(80), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=True),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('contribution', 'question', 'order')", name=op.f("ck_speech_kind_known")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'withdrawn', 'speaking', 'spoken')",
            name=op.f("ck_speech_state_known"),
        ),
        sa.CheckConstraint(
            "(state IN ('speaking', 'spoken')) = (turn IS NOT NULL)",
            name=op.f("ck_speech_has_turn"),
        ),
        sa.CheckConstraint(
            "since IS NULL OR state = 'speaking'", name=op.f("ck_speech_runs_while_speaking")
        ),
        sa.CheckConstraint("seconds >= 0", name=op.f("ck_speech_seconds_sensible")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_speech_agency_id")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_speech_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speech")),
        sa.UniqueConstraint("item_id", "place", name=op.f("uq_speech_item_id_place")),
        sa.UniqueConstraint("item_id", "turn", name=op.f("uq_speech_item_id_turn")),
    )
    op.create_index(op.f("ix_speech_agency_id"), "speech", ["agency_id"], unique=False)
    for name, columns, state in (
        ("uq_speech_one_hand", ["item_id", "agency_id", "kind"], "waiting"),
        ("uq_speech_one_floor", ["item_id"], "speaking"),
    ):
        op.create_index(
            name,
            "speech",
            columns,
            unique=True,
            sqlite_where=sa.text(f"state = '{state}'"),
            postgresql_where=sa.text(f"state = '{state}'"),
        )


def downgrade() -> None:
    op.drop_table("speech")
    op.drop_table("speakers")
