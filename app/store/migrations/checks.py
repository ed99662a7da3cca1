"""Changing the CHECKs of a table that stands, on both engines.

SQLite cannot alter a constraint, and rebuilding a table others refer to would need its foreign
keys switched off, which no transaction allows. A CHECK changes nothing of what is on disk, so its
words are exchanged in the schema itself, the way SQLite's own page on ALTER TABLE describes.
"""

from alembic import op
from sqlalchemy import text


def replace_check(table: str, name: str, condition: str, before: str) -> None:
    """``before`` is the condition as it stands now, to the letter."""
    if op.get_bind().dialect.name == "sqlite":
        _rewrite(table, f"CONSTRAINT {name} CHECK ({before})", _check(name, condition))
    else:
        op.drop_constraint(op.f(name), table, type_="check")
        op.create_check_constraint(op.f(name), table, condition)


def add_check(table: str, name: str, condition: str, after: str) -> None:
    """``after`` is the name of a CHECK the table has already."""
    if op.get_bind().dialect.name == "sqlite":
        _rewrite(table, f"CONSTRAINT {after} ", f"{_check(name, condition)}, CONSTRAINT {after} ")
    else:
        op.create_check_constraint(op.f(name), table, condition)


def drop_check(table: str, name: str, condition: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        _rewrite(table, f"{_check(name, condition)}, ", "")
    else:
        op.drop_constraint(op.f(name), table, type_="check")


def _check(name: str, condition: str) -> str:
    return f"CONSTRAINT {name} CHECK ({condition})"


def _rewrite(table: str, before: str, after: str) -> None:
    connection = op.get_bind()
    words = connection.scalar(
        text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table"),
        {"table": table},
    )
    if not isinstance(words, str) or words.count(before) != 1:
        raise RuntimeError(f"{table} does not stand as this step expects")
    version = connection.scalar(text("PRAGMA schema_version"))
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    connection.execute(
        text("UPDATE sqlite_master SET sql = :words WHERE type = 'table' AND name = :table"),
        {"words": words.replace(before, after), "table": table},
    )
    # Every connection reads the schema anew once its version has moved on.
    connection.exec_driver_sql(f"PRAGMA schema_version = {int(version or 0) + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
