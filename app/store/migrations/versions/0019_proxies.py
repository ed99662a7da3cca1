"""委任状, and how a stance was given."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_ADDED = {"manner": 10, "manner_reason": 500, "file_digest": 64, "file_name": 160}
_REFERS = {
    "conference_id": "conference",
    "agency_id": "agency",
    "item_id": "agenda_item",
    "holder_agency_id": "agency",
    "holder_person_id": "person",
}


def upgrade() -> None:
    # Added in place: others refer to this table, so it cannot be made anew.
    for name, length in _ADDED.items():
        column = sa.Column(name, sa.String(length), nullable=False, server_default=sa.text("''"))
        op.add_column("stance", column)
    op.create_table(
        "proxy",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("conference_id", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=False),
        sa.Column("item_id", sa.String(32), nullable=True),
        sa.Column("holder", sa.String(10), nullable=False),
        sa.Column("holder_agency_id", sa.String(32), nullable=True),
        sa.Column("holder_person_id", sa.String(32), nullable=True),
        sa.Column("holder_name", sa.String(80), nullable=False),
        sa.Column("instruction", sa.String(500), nullable=False),
        sa.Column("given_by", sa.String(80), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_by", sa.String(80), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("holder IN ('person', 'chair')", name=op.f("ck_proxy_holder_known")),
        sa.CheckConstraint(
            "(holder = 'person') = (holder_person_id IS NOT NULL) "
            "AND (holder = 'person') = (holder_agency_id IS NOT NULL)",
            name=op.f("ck_proxy_person_named"),
        ),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_proxy_{name}"))
            for name, table in _REFERS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proxy")),
    )
    for name in _REFERS:
        op.create_index(op.f(f"ix_proxy_{name}"), "proxy", [name], unique=False)
    _one_in_force("uq_proxy_conference", "conference_id", "item_id IS NULL")
    _one_in_force("uq_proxy_item", "item_id", "item_id IS NOT NULL")


def downgrade() -> None:
    op.drop_table("proxy")
    for name in reversed(_ADDED):
        op.drop_column("stance", name)


def _one_in_force(name: str, scope: str, which: str) -> None:
    condition = sa.text(f"revoked_at IS NULL AND {which}")
    op.create_index(
        name,
        "proxy",
        [scope, "agency_id"],
        unique=True,
        sqlite_where=condition,
        postgresql_where=condition,
    )
