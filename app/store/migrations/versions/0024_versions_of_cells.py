"""Where every version of a cell stands in its journal; reasons of 訂正."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "sheet_cell",
        sa.Column("reason", sa.String(300), nullable=False, server_default=sa.text("''")),
    )
    op.create_table(
        "sheet_cell_version",
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("row", sa.String(40), nullable=False),
        sa.Column("column", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_sheet_cell_version_version_counts")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["support_case.id"], name=op.f("fk_sheet_cell_version_case_id")
        ),
        sa.PrimaryKeyConstraint(
            "case_id", "row", "column", "version", name=op.f("pk_sheet_cell_version")
        ),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_sheet_cell_version_case_id_seq")),
    )
    _rebuild()


def downgrade() -> None:
    op.drop_table("sheet_cell_version")
    op.drop_column("sheet_cell", "reason")


def _rebuild() -> None:
    """From the journal; an entry whose body was erased or broken leaves a gap."""
    room = sa.table("room", sa.column("id"), sa.column("kind"), sa.column("subject_id"))
    entry = sa.table(
        "entry",
        *(sa.column(name) for name in ("room_id", "seq", "kind")),
        sa.column("body", sa.JSON),
    )
    names = ("case_id", "row", "column", "version", "seq")
    version = sa.table("sheet_cell_version", *(sa.column(name) for name in names))
    found = sa.select(
        room.c.subject_id,
        entry.c.body["row"].as_string(),
        entry.c.body["column"].as_string(),
        entry.c.body["version"].as_integer(),
        entry.c.seq,
    ).where(
        room.c.kind == "sheet",
        entry.c.room_id == room.c.id,
        entry.c.kind == "cell_written",
        entry.c.body.is_not(None),
    )
    if op.get_bind().dialect.name == "sqlite":
        body: sa.ColumnClause[str] = sa.literal_column("entry.body")
        usable = (sa.func.json_valid(body) == 1, sa.func.json_type(body, "$.version") == "integer")
        found = found.where(sa.case((usable[0], usable[1]), else_=sa.false()))
    op.get_bind().execute(version.insert().from_select(names, found))
