"""Silent nominations, blind rounds, what rounds keep, and what a 仮決定 became."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.store.migrations.checks import replace_check

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_STATE = ("round", "ck_round_state_known")
_BEFORE = "state IN ('open', 'declared')"
_AFTER = "state IN ('open', 'revealed', 'declared', 'replaced')"
_WITH_TURN = """
INSERT INTO nomination (item_id, agency_id, nominee_id, reason, person_name, at, turn, nonce)
SELECT item_id, agency_id, nominee_id, reason, person_name, at, 1, '' FROM nomination_before
"""
_WITHOUT = """
INSERT INTO nomination (item_id, agency_id, nominee_id, reason, person_name, at)
SELECT item_id, agency_id, nominee_id, reason, person_name, at FROM nomination_before
"""


def upgrade() -> None:
    op.create_table(
        "lead_selection",
        sa.Column("item_id", sa.String(32), nullable=False),
        sa.Column("role", sa.String(500), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'revealed')", name=op.f("ck_lead_selection_state_known")
        ),
        sa.CheckConstraint("turn BETWEEN 1 AND 2", name=op.f("ck_lead_selection_turn_known")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_lead_selection_item_id")
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_lead_selection")),
    )
    _nominations(turn=True)
    replace_check(*_STATE, _AFTER, _BEFORE)
    op.drop_index("uq_round_one_open", "round")
    _one_at_a_time("state IN ('open', 'revealed')")
    # Added in place: others refer to these tables, so they cannot be made anew.
    _add_text("round", "because", 500)
    _add_text("round", "rule_digest", 64)
    op.add_column("round", sa.Column("closing", sa.JSON(), nullable=True))
    op.add_column("round", sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True))
    _add_text("stance", "nonce", 32)
    _add_text("stance", "owner_id", 32)
    op.add_column("stance", sa.Column("due", sa.Date(), nullable=True))
    for name in ("settled", "record"):
        op.add_column("decision", sa.Column(name, sa.JSON(), nullable=True))
    op.create_table(
        "hold_reply",
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("stance", sa.String(30), nullable=False),
        sa.Column("text", sa.String(1000), nullable=False),
        sa.Column("alternative", sa.String(1000), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "stance IN ('agree', 'agree_with_condition', 'object')",
            name=op.f("ck_hold_reply_stance_known"),
        ),
        sa.CheckConstraint("stance = 'agree' OR text <> ''", name=op.f("ck_hold_reply_says_why")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_hold_reply_round_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_hold_reply_agency_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hold_reply_person_id")),
        sa.PrimaryKeyConstraint("round_id", "agency_id", name=op.f("pk_hold_reply")),
    )
    op.create_index(op.f("ix_hold_reply_person_id"), "hold_reply", ["person_id"], unique=False)


def downgrade() -> None:
    """What was sealed becomes readable: the earlier version knew no other way."""
    op.drop_table("hold_reply")
    for name in ("record", "settled"):
        op.drop_column("decision", name)
    for name in ("due", "owner_id", "nonce"):
        op.drop_column("stance", name)
    for column in ("revealed_at", "closing", "rule_digest", "because"):
        op.drop_column("round", column)
    op.execute("UPDATE round SET state = 'open' WHERE state = 'revealed'")
    op.execute("UPDATE round SET state = 'declared', result = 'continued' WHERE state = 'replaced'")
    op.drop_index("uq_round_one_open", "round")
    _one_at_a_time("state = 'open'")
    replace_check(*_STATE, _BEFORE, _AFTER)
    op.execute("DELETE FROM nomination WHERE nominee_id IS NULL")
    op.execute(
        "DELETE FROM nomination WHERE turn = 1 AND EXISTS (SELECT 1 FROM nomination AS later "
        "WHERE later.item_id = nomination.item_id AND later.agency_id = nomination.agency_id "
        "AND later.turn = 2)"
    )
    _nominations(turn=False)
    op.drop_table("lead_selection")


def _add_text(table: str, name: str, length: int) -> None:
    """Empty for what stands there already."""
    column = sa.Column(name, sa.String(length), nullable=False, server_default=sa.text("''"))
    op.add_column(table, column)


def _one_at_a_time(condition: str) -> None:
    op.create_index(
        "uq_round_one_open",
        "round",
        ["item_id"],
        unique=True,
        sqlite_where=sa.text(condition),
        postgresql_where=sa.text(condition),
    )


def _nominations(*, turn: bool) -> None:
    """The table anew, with turns or without: its primary key changes, and nothing refers to it."""
    columns: list[sa.Column[Any]] = [
        sa.Column("item_id", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        *([sa.Column("turn", sa.Integer(), nullable=False)] if turn else []),
        sa.Column("nominee_id", sa.String(32), nullable=turn),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        *([sa.Column("nonce", sa.String(32), nullable=False)] if turn else []),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    ]
    op.drop_index(op.f("ix_nomination_nominee_id"), "nomination")
    op.rename_table("nomination", "nomination_before")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "ALTER TABLE nomination_before RENAME CONSTRAINT pk_nomination TO pk_nomination_before"
        )
    op.create_table(
        "nomination",
        *columns,
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_nomination_agency_id")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_nomination_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["nominee_id"], ["agency.id"], name=op.f("fk_nomination_nominee_id")
        ),
        sa.PrimaryKeyConstraint(
            "item_id", "agency_id", *(["turn"] if turn else []), name=op.f("pk_nomination")
        ),
    )
    op.execute(_WITH_TURN if turn else _WITHOUT)
    op.drop_table("nomination_before")
    op.create_index(op.f("ix_nomination_nominee_id"), "nomination", ["nominee_id"], unique=False)
