"""Ballots put to the table, named and secret."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "poll",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("room_id", sa.String(80), nullable=False),
        sa.Column("conference_id", sa.String(32), nullable=False),
        sa.Column("item_id", sa.String(32), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("question", sa.String(500), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("rule_digest", sa.String(64), nullable=False),
        sa.Column("seats", sa.JSON(), nullable=False),
        sa.Column("earlier_id", sa.String(32), nullable=True),
        sa.Column("because", sa.String(500), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("opened_by", sa.String(80), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("closing", sa.JSON(), nullable=True),
        sa.Column("closed_by", sa.String(80), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('date', 'wording', 'temperature', 'other')", name=op.f("ck_poll_kind_known")
        ),
        sa.CheckConstraint("state IN ('open', 'closed')", name=op.f("ck_poll_state_known")),
        sa.CheckConstraint(
            "outcome IS NULL OR "
            "outcome IN ('carried', 'provisional', 'not_carried', 'tied', 'heard')",
            name=op.f("ck_poll_outcome_known"),
        ),
        sa.CheckConstraint(
            "(state = 'closed') = (closing IS NOT NULL)", name=op.f("ck_poll_closed_has_closing")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_poll_room_id")),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_poll_conference_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_poll_item_id")),
        sa.ForeignKeyConstraint(["earlier_id"], ["poll.id"], name=op.f("fk_poll_earlier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
        sa.UniqueConstraint("room_id", "number", name=op.f("uq_poll_room_id_number")),
    )
    for column in ("conference_id", "item_id", "earlier_id"):
        op.create_index(op.f(f"ix_poll_{column}"), "poll", [column], unique=False)
    op.create_index(
        "uq_poll_one_open",
        "poll",
        ["room_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "poll_vote",
        sa.Column("poll_id", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("choice", sa.String(10), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(12), nullable=False),
        sa.Column("nonce", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_vote_poll_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_poll_vote_agency_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_poll_vote_person_id")),
        sa.PrimaryKeyConstraint("poll_id", "agency_id", name=op.f("pk_poll_vote")),
    )
    op.create_index(op.f("ix_poll_vote_person_id"), "poll_vote", ["person_id"], unique=False)
    op.create_table(
        "poll_turnout",
        sa.Column("poll_id", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_turnout_poll_id")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_poll_turnout_agency_id")
        ),
        sa.PrimaryKeyConstraint("poll_id", "agency_id", name=op.f("pk_poll_turnout")),
    )
    op.create_table(
        "poll_box",
        sa.Column("poll_id", sa.String(32), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("choice", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "id", name=op.f("pk_poll_box")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("poll_box", "poll_turnout", "poll_vote", "poll"):
        op.drop_table(table)
