"""Papers of a case with their versions, the sets of agenda items, and who was shown what."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TYPES = "type IN ('pdf', 'png', 'jpeg', 'xlsx')"
SIZES = "size BETWEEN 1 AND 5242880"


def upgrade() -> None:
    op.create_table(
        "upload",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("type", sa.String(8), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(TYPES, name=op.f("ck_upload_type_known")),
        sa.CheckConstraint(SIZES, name=op.f("ck_upload_size_allowed")),
        sa.CheckConstraint("pages >= 1", name=op.f("ck_upload_has_pages")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_upload_person_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_upload_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint(
            "person_id", "agency_id", "digest", name=op.f("uq_upload_person_id_agency_id_digest")
        ),
    )
    op.create_index(op.f("ix_upload_person_id"), "upload", ["person_id"], unique=False)
    op.create_index(op.f("ix_upload_agency_id"), "upload", ["agency_id"], unique=False)
    op.create_table(
        "paper",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("agency_name", sa.String(120), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("item_group", sa.String(20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('statements', 'trial_balance', 'cash_flow', 'loans', 'plan', 'proposal',"
            " 'picture', 'other')",
            name=op.f("ck_paper_kind_known"),
        ),
        sa.CheckConstraint(
            "item_group IN ('identity', 'referral', 'finance', 'exposure', 'issues', 'proposal',"
            " 'decision', 'support', 'monitoring', 'private', 'consent')",
            name=op.f("ck_paper_item_group_known"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["support_case.id"], name=op.f("fk_paper_case_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_paper_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
    )
    op.create_index(op.f("ix_paper_case_id"), "paper", ["case_id"], unique=False)
    op.create_index(op.f("ix_paper_agency_id"), "paper", ["agency_id"], unique=False)
    op.create_table(
        "paper_version",
        sa.Column("paper_id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("type", sa.String(8), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(TYPES, name=op.f("ck_paper_version_type_known")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_paper_version_version_counts")),
        sa.CheckConstraint(SIZES, name=op.f("ck_paper_version_size_allowed")),
        sa.CheckConstraint("pages >= 1", name=op.f("ck_paper_version_has_pages")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_paper_version_digest_whole")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_version_paper_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_paper_version_person_id")
        ),
        sa.PrimaryKeyConstraint("paper_id", "version", name=op.f("pk_paper_version")),
    )
    op.create_index(
        op.f("ix_paper_version_person_id"), "paper_version", ["person_id"], unique=False
    )
    _create_sets()
    _create_views()


def _create_sets() -> None:
    op.create_table(
        "item_paper",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("item_id", sa.String(32), nullable=False),
        sa.Column("paper_id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("agency_name", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("page >= 0", name=op.f("ck_item_paper_page_counts")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_item_paper_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id", "version"],
            ["paper_version.paper_id", "paper_version.version"],
            name=op.f("fk_item_paper_paper_id_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_paper")),
    )
    op.create_index(op.f("ix_item_paper_item_id"), "item_paper", ["item_id"], unique=False)
    op.create_index(op.f("ix_item_paper_paper_id"), "item_paper", ["paper_id"], unique=False)
    op.create_index(
        "uq_item_paper_one_now",
        "item_paper",
        ["item_id", "paper_id"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "item_paper_set",
        sa.Column("item_id", sa.String(32), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("agency_name", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_item_paper_set_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_item_paper_set_agency_id")
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_paper_set")),
    )
    op.create_index(
        op.f("ix_item_paper_set_agency_id"), "item_paper_set", ["agency_id"], unique=False
    )


def _create_views() -> None:
    op.create_table(
        "paper_view",
        sa.Column("paper_id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("way", sa.String(5), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("agency_name", sa.String(120), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("way IN ('shown', 'taken')", name=op.f("ck_paper_view_way_known")),
        sa.CheckConstraint("times >= 1", name=op.f("ck_paper_view_times_counts")),
        sa.ForeignKeyConstraint(
            ["paper_id", "version"],
            ["paper_version.paper_id", "paper_version.version"],
            name=op.f("fk_paper_view_paper_id_version"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_paper_view_person_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_paper_view_agency_id")),
        sa.PrimaryKeyConstraint(
            "paper_id",
            "version",
            "person_id",
            "agency_id",
            "day",
            "way",
            name=op.f("pk_paper_view"),
        ),
    )


def downgrade() -> None:
    for table in ("paper_view", "item_paper_set", "item_paper", "paper_version", "paper", "upload"):
        op.drop_table(table)
