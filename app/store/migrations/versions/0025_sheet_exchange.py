"""Exports and imports of the information-sharing sheet."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_REFERS = {"case_id": "support_case", "person_id": "person", "agency_id": "agency"}


def _named(table: str, *more: SchemaItem) -> list[SchemaItem]:
    return [
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("agency_name", sa.String(120), nullable=False),
        *more,
        *(
            sa.ForeignKeyConstraint([name], [f"{of}.id"], name=op.f(f"fk_{table}_{name}"))
            for name, of in _REFERS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def upgrade() -> None:
    op.create_table(
        "sheet_export",
        *_named(
            "sheet_export",
            sa.Column("way", sa.String(12), nullable=False),
            sa.Column("base", sa.JSON(), nullable=False),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        ),
        sa.CheckConstraint(
            "way IN ('xlsx', 'csv_utf8', 'csv_cp932')", name=op.f("ck_sheet_export_way_known")
        ),
    )
    op.create_table(
        "sheet_import",
        *_named(
            "sheet_import",
            sa.Column("file_name", sa.String(160), nullable=False),
            sa.Column("state", sa.String(8), nullable=False),
            sa.Column("export_id", sa.String(32), nullable=False),
            sa.Column("grids", sa.JSON(), nullable=False),
            sa.Column("written", sa.JSON(), nullable=False),
            sa.Column("kept", sa.JSON(), nullable=False),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
            sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        ),
        sa.CheckConstraint(
            "state IN ('read', 'applied', 'undone')", name=op.f("ck_sheet_import_state_known")
        ),
        sa.CheckConstraint(
            "(state = 'read') = (applied_at IS NULL)", name=op.f("ck_sheet_import_applied_dated")
        ),
        sa.CheckConstraint(
            "(state = 'undone') = (undone_at IS NOT NULL)",
            name=op.f("ck_sheet_import_undone_dated"),
        ),
    )
    for table in ("sheet_export", "sheet_import"):
        for name in _REFERS:
            op.create_index(op.f(f"ix_{table}_{name}"), table, [name], unique=False)
    op.create_table(
        "sheet_label",
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("label", sa.String(60), nullable=False),
        sa.Column("column", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_sheet_label_agency_id")
        ),
        sa.PrimaryKeyConstraint("agency_id", "label", name=op.f("pk_sheet_label")),
    )


def downgrade() -> None:
    for table in ("sheet_label", "sheet_import", "sheet_export"):
        op.drop_table(table)
