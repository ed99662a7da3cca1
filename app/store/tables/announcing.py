"""PostgreSQL tells every node, with the commit itself, which room has news and that rights ended.

Triggers do it, so that whoever writes announces: a node, the command line, a restored copy. What
is told is a room's id and number, never content; a transaction that is undone tells nothing.
SQLite can tell nobody; there triggers count, so that one look says whether to ask any further.
"""

from sqlalchemy import DDL, Table, event
from sqlmodel import Field, SQLModel

from app.store.tables.agencies import AgencyRow, ProviderRow
from app.store.tables.journal import RoomRow
from app.store.tables.people import MembershipRow, PersonRow, SessionRow


class EndedRow(SQLModel, table=True):
    """One row: how often on SQLite something changed that may have ended somebody's sign-in."""

    __tablename__ = "ended"

    number: int = Field(primary_key=True)


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
_ONE_MORE = "UPDATE ended SET number = number + 1"
# Columns whose change may end somebody's sign-in or the capacity they act in.
_MAY_END = {
    "session": "revoked_at",
    "membership": "active, role, valid_from, valid_to",
    "person": "active",
    "provider": "enabled",
    "agency": "valid_from, valid_to",
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


def _count(table: str) -> str:
    """What makes SQLite count changes of this table."""
    return (
        f"CREATE TRIGGER counts_ended_{table} AFTER UPDATE OF {_MAY_END[table]} ON {table} "
        f"BEGIN {_ONE_MORE}; END"
    )


def _when_made(table: Table, statement: str, dialect: str) -> None:
    ddl = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
    event.listen(table, "after_create", ddl.execute_if(dialect=dialect))


_TABLES = SQLModel.metadata.tables
for _dialect in ("sqlite", "postgresql"):
    _when_made(_TABLES["ended"], "INSERT INTO ended (number) VALUES (0)", _dialect)
for _row in (RoomRow, SessionRow, MembershipRow, PersonRow, ProviderRow, AgencyRow):
    _name = str(_row.__tablename__)
    for _statement in statements(_name):
        _when_made(_TABLES[_name], _statement, "postgresql")
    if _name in _MAY_END:
        _when_made(_TABLES[_name], _count(_name), "sqlite")
