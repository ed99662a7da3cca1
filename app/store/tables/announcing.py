"""PostgreSQL tells every node, with the commit itself, which room has news and that rights ended.

Triggers do it, so that whoever writes announces: a node, the command line, a restored copy. What
is told is a room's id and number, never content; a transaction that is undone tells nothing.
"""

from sqlalchemy import DDL, Table, event

from app.store.tables.agencies import ProviderRow
from app.store.tables.journal import RoomRow
from app.store.tables.people import MembershipRow, PersonRow, SessionRow

NEWS = "entaku_news"
ENDED = "entaku_ended"

_TELL_NEWS = f"""
CREATE OR REPLACE FUNCTION entaku_tell_news() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('{NEWS}', json_build_object('room', NEW.id, 'seq', NEW.last_seq)::text);
    RETURN NULL;
END $$
"""
_TELL_ENDED = f"""
CREATE OR REPLACE FUNCTION entaku_tell_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('{ENDED}', '');
    RETURN NULL;
END $$
"""
# Columns whose change may end somebody's sign-in or the capacity they act in.
_MAY_END = {
    "session": "revoked_at",
    "membership": "active, role, valid_from, valid_to",
    "person": "active",
    "provider": "enabled",
}


def statements(table: str) -> tuple[str, ...]:
    """What makes PostgreSQL announce changes of this table."""
    if table == "room":
        return (
            _TELL_NEWS,
            "CREATE TRIGGER tells_news AFTER UPDATE OF last_seq ON room FOR EACH ROW "
            "WHEN (NEW.last_seq > OLD.last_seq) EXECUTE FUNCTION entaku_tell_news()",
        )
    return (
        _TELL_ENDED,
        f"CREATE TRIGGER tells_ended AFTER UPDATE OF {_MAY_END[table]} ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION entaku_tell_ended()",
    )


def _announce(table: Table) -> None:
    for statement in statements(table.name):
        ddl = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
        event.listen(table, "after_create", ddl.execute_if(dialect="postgresql"))


for _row in (RoomRow, SessionRow, MembershipRow, PersonRow, ProviderRow):
    _announce(_row.metadata.tables[str(_row.__tablename__)])
