"""経過記録: a list of the sheet more."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_BEFORE = "'case', 'issue', 'proposal', 'note'"
_AFTER = "'case', 'issue', 'proposal', 'progress', 'note'"


def upgrade() -> None:
    _kinds(_AFTER)


def downgrade() -> None:
    """What was written into the list goes with it; its entries stay in the journal."""
    line = sa.table("sheet_row", sa.column("case_id"), sa.column("row"), sa.column("kind"))
    lines = sa.select(line.c.case_id, line.c.row).where(line.c.kind == "progress")
    for table in (sa.table("sheet_cell_version"), sa.table("sheet_cell")):
        of_line = sa.tuple_(sa.column("case_id"), sa.column("row"))
        op.execute(sa.delete(table).where(of_line.in_(lines)))
    op.execute("DELETE FROM sheet_row WHERE kind = 'progress'")
    _kinds(_BEFORE)


def _kinds(known: str) -> None:
    name = op.f("ck_sheet_row_kind_known")
    with op.batch_alter_table("sheet_row") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"kind IN ({known})")
