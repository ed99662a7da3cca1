"""The firm's owner as a guest: invitations, sessions, corrections and preferences."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_LIVE = "state IN ('sent', 'entered')"


def upgrade() -> None:
    op.create_table(
        "guest_invitation",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("item_id", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("agency_name", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_version", sa.Integer(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('sent', 'entered', 'replaced', 'revoked')",
            name=op.f("ck_guest_invitation_state_known"),
        ),
        sa.CheckConstraint("name <> ''", name=op.f("ck_guest_invitation_named")),
        sa.CheckConstraint(
            "state <> 'entered' OR entered_at IS NOT NULL",
            name=op.f("ck_guest_invitation_entry_dated"),
        ),
        sa.CheckConstraint(
            "(state IN ('replaced', 'revoked')) = (closed_at IS NOT NULL)",
            name=op.f("ck_guest_invitation_closing_dated"),
        ),
        sa.CheckConstraint(
            "(accepted_version IS NULL) = (accepted_at IS NULL)",
            name=op.f("ck_guest_invitation_acceptance_dated"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_guest_invitation_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_guest_invitation_token_hash")),
    )
    op.create_index(op.f("ix_guest_invitation_item_id"), "guest_invitation", ["item_id"])
    op.create_index(
        "uq_guest_invitation_one_live",
        "guest_invitation",
        ["item_id", "name"],
        unique=True,
        sqlite_where=sa.text(_LIVE),
        postgresql_where=sa.text(_LIVE),
    )
    op.create_table(
        "guest_session",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("invitation_id", sa.String(32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["guest_invitation.id"],
            name=op.f("fk_guest_session_invitation_id"),
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_guest_session")),
        sa.UniqueConstraint("invitation_id", name=op.f("uq_guest_session_invitation_id")),
    )
    op.create_table(
        "firm_correction",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("item_id", sa.String(32), nullable=False),
        sa.Column("invitation_id", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("column", sa.String(40), nullable=False),
        sa.Column("value", sa.String(2000), nullable=False),
        sa.Column("words", sa.String(500), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("answer", sa.String(500), nullable=False),
        sa.Column("answered_by", sa.String(80), nullable=False),
        sa.Column("answered_agency", sa.String(120), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'taken', 'set_aside')",
            name=op.f("ck_firm_correction_state_known"),
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (answered_at IS NULL)",
            name=op.f("ck_firm_correction_answer_dated"),
        ),
        sa.CheckConstraint(
            "state <> 'set_aside' OR answer <> ''",
            name=op.f("ck_firm_correction_set_aside_says_why"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_firm_correction_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["guest_invitation.id"],
            name=op.f("fk_firm_correction_invitation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_firm_correction")),
    )
    op.create_table(
        "firm_preference",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("item_id", sa.String(32), nullable=False),
        sa.Column("invitation_id", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=True),
        sa.Column("text", sa.String(1000), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_firm_preference_says_something")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_firm_preference_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["guest_invitation.id"],
            name=op.f("fk_firm_preference_invitation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_firm_preference_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_firm_preference")),
    )
    for table in ("firm_correction", "firm_preference"):
        for column in ("item_id", "invitation_id"):
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_index(op.f("ix_firm_preference_agency_id"), "firm_preference", ["agency_id"])


def downgrade() -> None:
    for table in ("firm_preference", "firm_correction", "guest_session", "guest_invitation"):
        op.drop_table(table)
