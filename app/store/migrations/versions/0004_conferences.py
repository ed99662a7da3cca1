"""Series, conferences, seats, agendas and what was said."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("host_agency_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("start_time", sa.String(5), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("online_url", sa.String(300), nullable=False),
        sa.Column("template", sa.JSON(), nullable=False),
        sa.Column("agency_ids", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('assist', 'joint_case', 'support_team', 'management_support', 'network', "
            "'liaison', 'consultation', 'workshop', 'training')",
            name=op.f("ck_series_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["host_agency_id"], ["agency.id"], name=op.f("fk_series_host_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
    )
    op.create_index(op.f("ix_series_host_agency_id"), "series", ["host_agency_id"], unique=False)
    op.create_table(
        "conference",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("series_id", sa.String(32), nullable=True),
        sa.Column("occurrence", sa.String(7), nullable=True),
        sa.Column("host_agency_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("online_url", sa.String(300), nullable=False),
        sa.Column("template", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("chair_agency_id", sa.String(32), nullable=False),
        sa.Column("chair_name", sa.String(80), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('assist', 'joint_case', 'support_team', 'management_support', 'network', "
            "'liaison', 'consultation', 'workshop', 'training')",
            name=op.f("ck_conference_kind_known"),
        ),
        sa.CheckConstraint(
            "status IN ('planned', 'open', 'closed', 'cancelled')",
            name=op.f("ck_conference_status_known"),
        ),
        sa.CheckConstraint(
            "minutes BETWEEN 5 AND 600", name=op.f("ck_conference_minutes_sensible")
        ),
        sa.ForeignKeyConstraint(
            ["chair_agency_id"], ["agency.id"], name=op.f("fk_conference_chair_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["host_agency_id"], ["agency.id"], name=op.f("fk_conference_host_agency_id")
        ),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_conference_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference")),
        sa.UniqueConstraint(
            "series_id", "occurrence", name=op.f("uq_conference_series_id_occurrence")
        ),
    )
    op.create_index(
        op.f("ix_conference_chair_agency_id"), "conference", ["chair_agency_id"], unique=False
    )
    op.create_index(
        op.f("ix_conference_host_agency_id"), "conference", ["host_agency_id"], unique=False
    )
    op.create_index(op.f("ix_conference_series_id"), "conference", ["series_id"], unique=False)
    op.create_index(op.f("ix_conference_status"), "conference", ["status"], unique=False)
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("conference_id", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=True),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind = 'case') = (case_id IS NOT NULL)",
            name=op.f("ck_agenda_item_case_item_has_case"),
        ),
        sa.CheckConstraint(
            "kind IN ('case', 'report', 'exchange')", name=op.f("ck_agenda_item_kind_known")
        ),
        sa.CheckConstraint(
            "status IN ('waiting', 'running', 'done')", name=op.f("ck_agenda_item_status_known")
        ),
        sa.CheckConstraint(
            "minutes BETWEEN 1 AND 240", name=op.f("ck_agenda_item_minutes_sensible")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["support_case.id"], name=op.f("fk_agenda_item_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_agenda_item_conference_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint(
            "conference_id", "case_id", name=op.f("uq_agenda_item_conference_id_case_id")
        ),
    )
    op.create_index(op.f("ix_agenda_item_case_id"), "agenda_item", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_agenda_item_conference_id"), "agenda_item", ["conference_id"], unique=False
    )
    op.create_index(
        "uq_agenda_item_one_running",
        "agenda_item",
        ["conference_id"],
        unique=True,
        sqlite_where=sa.text("status = 'running'"),
        postgresql_where=sa.text("status = 'running'"),
    )
    op.create_table(
        "seat",
        sa.Column("conference_id", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reply", sa.String(12), nullable=False),
        sa.Column("attendees", sa.String(200), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("replied_by", sa.String(80), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "reply IN ('waiting', 'attend', 'substitute', 'written', 'absent')",
            name=op.f("ck_seat_reply_known"),
        ),
        sa.CheckConstraint("role IN ('member', 'observer')", name=op.f("ck_seat_role_known")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_seat_agency_id")),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_seat_conference_id")
        ),
        sa.PrimaryKeyConstraint("conference_id", "agency_id", name=op.f("pk_seat")),
    )
    op.create_index(op.f("ix_seat_agency_id"), "seat", ["agency_id"], unique=False)
    op.create_table(
        "outcome",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("item_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.String(2000), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=True),
        sa.Column("person", sa.String(80), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.String(80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('information', 'decision', 'task', 'condition', 'objection', 'continuation')",
            name=op.f("ck_outcome_kind_known"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_outcome_agency_id")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_outcome_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
    )
    op.create_index(op.f("ix_outcome_agency_id"), "outcome", ["agency_id"], unique=False)
    op.create_index(op.f("ix_outcome_item_id"), "outcome", ["item_id"], unique=False)
    op.create_table(
        "remark",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("item_id", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("agency_name", sa.String(120), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("text", sa.String(4000), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_remark_agency_id")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_remark_item_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_remark_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
    )
    op.create_index(op.f("ix_remark_agency_id"), "remark", ["agency_id"], unique=False)
    op.create_index(op.f("ix_remark_item_id"), "remark", ["item_id"], unique=False)
    op.create_index(op.f("ix_remark_person_id"), "remark", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("remark")
    op.drop_table("outcome")
    op.drop_table("seat")
    op.drop_table("agenda_item")
    op.drop_table("conference")
    op.drop_table("series")
