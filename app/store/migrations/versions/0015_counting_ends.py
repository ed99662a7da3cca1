"""SQLite counts what may end somebody's sign-in, so that one look tells whether to ask."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ONE_MORE = "UPDATE ended SET number = number + 1"
MAY_END = {
    "session": "revoked_at",
    "membership": "active, role, valid_from, valid_to",
    "person": "active",
    "provider": "enabled",
    "agency": "valid_from, valid_to",
}


def upgrade() -> None:
    op.create_table("ended", sa.Column("number", sa.Integer(), primary_key=True))
    op.get_bind().exec_driver_sql("INSERT INTO ended (number) VALUES (0)")
    if op.get_bind().dialect.name != "sqlite":
        op.get_bind().exec_driver_sql(
            f"CREATE TRIGGER tells_ended AFTER UPDATE OF {MAY_END['agency']} ON agency "
            "FOR EACH STATEMENT EXECUTE FUNCTION entaku_tell_ended()"
        )
        return
    for table, columns in MAY_END.items():
        op.get_bind().exec_driver_sql(
            f"CREATE TRIGGER counts_ended_{table} AFTER UPDATE OF {columns} ON {table} "
            f"BEGIN {ONE_MORE}; END"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in MAY_END:
            op.get_bind().exec_driver_sql(f"DROP TRIGGER counts_ended_{table}")
    else:
        op.get_bind().exec_driver_sql("DROP TRIGGER tells_ended ON agency")
    op.drop_table("ended")
