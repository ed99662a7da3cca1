"""Breaks, the steps of an item, and how each item ended."""

import sqlalchemy as sa
from alembic import op

from app.store.migrations.checks import add_check, drop_check, replace_check

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_STATUS = ("conference", "ck_conference_status_known")
_BEFORE = "status IN ('planned', 'open', 'closed', 'cancelled')"
_AFTER = "status IN ('planned', 'open', 'paused', 'closed', 'cancelled')"
_STEP = (
    "agenda_item",
    "ck_agenda_item_step_known",
    "step IS NULL OR step IN ('explanation', 'questions', 'menu', 'lead', 'tasks')",
)
# What ended before this step: by its decision, else as going on with whoever runs the case.
_RESULTS_SO_FAR = """
INSERT INTO item_result (item_id, result, owner_agency_id, owner_person, reason, next_date,
                         next_conference_id, settled_by, settled_at)
SELECT i.id,
       CASE WHEN i.kind <> 'case' THEN 'held'
            WHEN d.result IN ('decided', 'provisional') THEN d.result
            ELSE 'continued' END,
       CASE WHEN i.kind = 'case'
            THEN COALESCE(d.lead_agency_id, c.receiver_agency_id, c.referrer_agency_id) END,
       COALESCE(d.lead_person, ''), '', d.next_date, NULL, COALESCE(d.declared_by, ''), i.ended_at
FROM agenda_item i
LEFT JOIN support_case c ON c.id = i.case_id
LEFT JOIN decision d ON d.id = (
    SELECT x.id FROM decision x WHERE x.item_id = i.id ORDER BY x.number DESC LIMIT 1)
WHERE i.status = 'done' AND i.ended_at IS NOT NULL
"""


def upgrade() -> None:
    op.create_table(
        "pause",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("conference_id", sa.String(32), nullable=False),
        sa.Column("reason", sa.String(80), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resumes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resumed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("speech_id", sa.String(32), nullable=True),
        sa.CheckConstraint("resumes_at > paused_at", name=op.f("ck_pause_resumes_later")),
        sa.CheckConstraint(
            "resumed_at IS NULL OR resumed_at >= paused_at", name=op.f("ck_pause_ends_later")
        ),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_pause_conference_id")
        ),
        sa.ForeignKeyConstraint(["speech_id"], ["speech.id"], name=op.f("fk_pause_speech_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause")),
    )
    op.create_index(op.f("ix_pause_conference_id"), "pause", ["conference_id"], unique=False)
    op.create_index(
        "uq_pause_one_at_a_time",
        "pause",
        ["conference_id"],
        unique=True,
        sqlite_where=sa.text("resumed_at IS NULL"),
        postgresql_where=sa.text("resumed_at IS NULL"),
    )
    op.create_table(
        "item_result",
        sa.Column("item_id", sa.String(32), nullable=False),
        sa.Column("result", sa.String(12), nullable=False),
        sa.Column("owner_agency_id", sa.String(32), nullable=True),
        sa.Column("owner_person", sa.String(80), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("next_date", sa.Date(), nullable=True),
        sa.Column("next_conference_id", sa.String(32), nullable=True),
        sa.Column("settled_by", sa.String(80), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "result IN ('decided', 'provisional', 'continued', 'withdrawn', 'held', 'passed_over')",
            name=op.f("ck_item_result_result_known"),
        ),
        sa.CheckConstraint(
            "result IN ('held', 'passed_over') OR owner_agency_id IS NOT NULL",
            name=op.f("ck_item_result_has_owner"),
        ),
        sa.CheckConstraint(
            "result <> 'withdrawn' OR reason <> ''",
            name=op.f("ck_item_result_withdrawn_says_why"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_item_result_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["next_conference_id"],
            ["conference.id"],
            name=op.f("fk_item_result_next_conference_id"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_agency_id"], ["agency.id"], name=op.f("fk_item_result_owner_agency_id")
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_result")),
    )
    for column in ("next_conference_id", "owner_agency_id"):
        op.create_index(op.f(f"ix_item_result_{column}"), "item_result", [column], unique=False)
    op.execute(_RESULTS_SO_FAR)
    op.add_column("conference", sa.Column("preliminary", sa.JSON(), nullable=True))
    op.add_column("agenda_item", sa.Column("step", sa.String(12), nullable=True))
    op.execute(
        "UPDATE agenda_item SET step = 'explanation' WHERE kind = 'case' AND status = 'running'"
    )
    replace_check(*_STATUS, _AFTER, _BEFORE)
    add_check(*_STEP, after="ck_agenda_item_status_known")


def downgrade() -> None:
    """A conference that is having a break is open again: the older version knows no break."""
    drop_check(*_STEP)
    op.execute("UPDATE conference SET status = 'open' WHERE status = 'paused'")
    replace_check(*_STATUS, _BEFORE, _AFTER)
    op.drop_column("agenda_item", "step")
    op.drop_column("conference", "preliminary")
    op.drop_table("item_result")
    op.drop_table("pause")
