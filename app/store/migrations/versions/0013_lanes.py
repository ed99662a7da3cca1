"""Inner lanes of the discussion, and what remarks answer, mention, link to and said before."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _resize_rooms(80, 80, "'conference', 'item', 'sheet', 'case', 'lane'")
    with op.batch_alter_table("remark") as batch:
        batch.add_column(sa.Column("reply_to", sa.String(32), nullable=True))
        batch.add_column(sa.Column("mentions", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("links", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE remark SET mentions = '[]', links = '[]'")
    with op.batch_alter_table("remark") as batch:
        batch.alter_column("mentions", existing_type=sa.JSON(), nullable=False)
        batch.alter_column("links", existing_type=sa.JSON(), nullable=False)
        batch.create_foreign_key(op.f("fk_remark_reply_to"), "remark", ["reply_to"], ["id"])
        batch.create_index(op.f("ix_remark_reply_to"), ["reply_to"], unique=False)
    with op.batch_alter_table("outcome") as batch:
        batch.add_column(sa.Column("remark_id", sa.String(32), nullable=True))
        batch.create_foreign_key(op.f("fk_outcome_remark_id"), "remark", ["remark_id"], ["id"])
        batch.create_index(op.f("ix_outcome_remark_id"), ["remark_id"], unique=False)
    op.create_table(
        "lane_remark",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("item_id", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("lane", sa.String(10), nullable=False),
        sa.Column("author_agency_id", sa.String(32), nullable=False),
        sa.Column("author_agency_name", sa.String(120), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("text", sa.String(4000), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply_to", sa.String(32), nullable=True),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("lane IN ('agency', 'chair')", name=op.f("ck_lane_remark_lane_known")),
        sa.CheckConstraint(
            "lane <> 'agency' OR author_agency_id = agency_id",
            name=op.f("ck_lane_remark_own_lane_own_people"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{target}.id"], name=op.f(f"fk_lane_remark_{column}")
            )
            for column, target in (
                ("item_id", "agenda_item"),
                ("agency_id", "agency"),
                ("author_agency_id", "agency"),
                ("person_id", "person"),
                ("reply_to", "lane_remark"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lane_remark")),
        sa.UniqueConstraint(
            "item_id",
            "agency_id",
            "lane",
            "position",
            name=op.f("uq_lane_remark_item_id_agency_id_lane_position"),
        ),
    )
    for column in ("item_id", "agency_id", "author_agency_id", "person_id", "reply_to"):
        op.create_index(op.f(f"ix_lane_remark_{column}"), "lane_remark", [column], unique=False)
    for table in ("remark", "lane_remark"):
        op.create_table(
            f"{table}_earlier",
            sa.Column("remark_id", sa.String(32), nullable=False),
            sa.Column("number", sa.Integer(), nullable=False),
            sa.Column("text", sa.String(4000), nullable=False),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.CheckConstraint("number >= 1", name=op.f(f"ck_{table}_earlier_counts_from_one")),
            sa.ForeignKeyConstraint(
                ["remark_id"], [f"{table}.id"], name=op.f(f"fk_{table}_earlier_remark_id")
            ),
            sa.PrimaryKeyConstraint("remark_id", "number", name=op.f(f"pk_{table}_earlier")),
        )


def downgrade() -> None:
    """What was said in inner lanes goes with them: the earlier version could not keep it apart."""
    for table in ("lane_remark_earlier", "remark_earlier", "lane_remark"):
        op.drop_table(table)
    with op.batch_alter_table("outcome") as batch:
        batch.drop_index(op.f("ix_outcome_remark_id"))
        batch.drop_constraint(op.f("fk_outcome_remark_id"), type_="foreignkey")
        batch.drop_column("remark_id")
    with op.batch_alter_table("remark") as batch:
        batch.drop_index(op.f("ix_remark_reply_to"))
        batch.drop_constraint(op.f("fk_remark_reply_to"), type_="foreignkey")
        for column in ("corrected_at", "links", "mentions", "reply_to"):
            batch.drop_column(column)
    op.execute("DELETE FROM entry WHERE room_id IN (SELECT id FROM room WHERE kind = 'lane')")
    op.execute("DELETE FROM room WHERE kind = 'lane'")
    _resize_rooms(40, 32, "'conference', 'item', 'sheet', 'case'")


def _resize_rooms(id_length: int, subject_length: int, kinds: str) -> None:
    """SQLite cannot alter a table in place, nor drop one that others point to: there both tables
    are made anew beside the old ones, which go last, the pointing one first."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_room_kind_known"), "room", type_="check")
        for table, column, length in (
            ("entry", "room_id", id_length),
            ("room", "id", id_length),
            ("room", "subject_id", subject_length),
        ):
            op.alter_column(table, column, type_=sa.String(length))
        op.create_check_constraint(op.f("ck_room_kind_known"), "room", f"kind IN ({kinds})")
        return
    op.drop_index(op.f("ix_room_subject_id"), "room")
    op.rename_table("room", "room_before")
    op.rename_table("entry", "entry_before")
    _create_room(id_length, subject_length, kinds)
    _create_entry(id_length)
    op.execute("INSERT INTO room SELECT * FROM room_before")
    op.execute("INSERT INTO entry SELECT * FROM entry_before")
    for table in ("entry", "room"):
        op.drop_table(f"{table}_before")


def _create_room(id_length: int, subject_length: int, kinds: str) -> None:
    op.create_table(
        "room",
        sa.Column("id", sa.String(id_length), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("subject_id", sa.String(subject_length), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("last_hash", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"kind IN ({kinds})", name=op.f("ck_room_kind_known")),
        sa.CheckConstraint("last_seq >= 0", name=op.f("ck_room_counts_up")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
    )
    op.create_index(op.f("ix_room_subject_id"), "room", ["subject_id"], unique=False)


def _create_entry(id_length: int) -> None:
    op.create_table(
        "entry",
        sa.Column("room_id", sa.String(id_length), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.String(32), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(60), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("agency_name", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON(), nullable=True),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("body_digest", sa.String(64), nullable=False),
        sa.Column("prev", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_entry_counts_from_one")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_entry_room_id")),
        sa.PrimaryKeyConstraint("room_id", "seq", name=op.f("pk_entry")),
        sa.UniqueConstraint("room_id", "op_id", "part", name=op.f("uq_entry_room_id_op_id_part")),
    )
