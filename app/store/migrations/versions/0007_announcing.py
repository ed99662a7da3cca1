"""PostgreSQL announces news of rooms and ended rights by itself."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TELL_NEWS = """
CREATE OR REPLACE FUNCTION entaku_tell_news() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('entaku_news', json_build_object('room', NEW.id, 'seq', NEW.last_seq)::text);
    RETURN NULL;
END $$
"""
TELL_ENDED = """
CREATE OR REPLACE FUNCTION entaku_tell_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('entaku_ended', '');
    RETURN NULL;
END $$
"""
MAY_END = {
    "session": "revoked_at",
    "membership": "active, role, valid_from, valid_to",
    "person": "active",
    "provider": "enabled",
}


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.get_bind().exec_driver_sql(TELL_NEWS)
    op.get_bind().exec_driver_sql(TELL_ENDED)
    op.get_bind().exec_driver_sql(
        "CREATE TRIGGER tells_news AFTER UPDATE OF last_seq ON room FOR EACH ROW "
        "WHEN (NEW.last_seq > OLD.last_seq) EXECUTE FUNCTION entaku_tell_news()"
    )
    for table, columns in MAY_END.items():
        op.get_bind().exec_driver_sql(
            f"CREATE TRIGGER tells_ended AFTER UPDATE OF {columns} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION entaku_tell_ended()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in MAY_END:
        op.get_bind().exec_driver_sql(f"DROP TRIGGER tells_ended ON {table}")
    op.get_bind().exec_driver_sql("DROP TRIGGER tells_news ON room")
    op.get_bind().exec_driver_sql("DROP FUNCTION entaku_tell_ended()")
    op.get_bind().exec_driver_sql("DROP FUNCTION entaku_tell_news()")
