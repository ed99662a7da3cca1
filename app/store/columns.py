"""Column types and checks shared by all tables."""

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, DateTime, Dialect, TypeDecorator
from sqlalchemy import text as sql_text
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC on the way in and out; SQLite itself knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Unreadable(dict[str, Any]):
    """What stands in the place of a JSON value that somebody made unreadable."""


class TamperProofJson(TypeDecorator[dict[str, Any]]):
    """JSON that reads as ``Unreadable`` where it is none any more; SQLite keeps any text."""

    impl = JSON
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        read = super().result_processor(dialect, coltype)

        def value_of(stored: Any) -> Any:
            try:
                value = read(stored) if read else stored
            except ValueError:
                return Unreadable()
            return value if value is None or isinstance(value, dict) else Unreadable()

        return value_of


def new_id() -> str:
    """A random id: nothing can be guessed from it."""
    return uuid.uuid4().hex


def id_field(**kwargs: Any) -> Any:
    return Field(default_factory=new_id, primary_key=True, max_length=32, **kwargs)


def ref(target: str, *, index: bool = True, nullable: bool = False, **kwargs: Any) -> Any:
    """A foreign key to ``table.id``; indexed, since PostgreSQL does not do that by itself."""
    if nullable:
        kwargs.setdefault("default", None)
    return Field(
        foreign_key=f"{target}.id", index=index, nullable=nullable, max_length=32, **kwargs
    )


def added_text(length: int) -> Any:
    """Text of a column that came later to a table others refer to: empty in the rows before."""
    return Field(default="", max_length=length, sa_column_kwargs={"server_default": sql_text("''")})


def json_field(default: Any = dict) -> Any:
    """JSON value; ``default`` is a factory, or None where NULL is meant."""
    if default is None:
        return Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    return Field(default_factory=default, sa_column=Column(JSON, nullable=False))


def time_field(*, nullable: bool = False) -> Any:
    if nullable:
        return Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
    return Field(sa_column=Column(UtcDateTime, nullable=False))


def one_of(column: str, values: type[StrEnum] | Iterable[str], *, null: bool = False) -> Any:
    """CHECK that a text column holds a member of the enum."""
    listed = ", ".join(f"'{v}'" for v in values)
    empty = f"{column} IS NULL OR " if null else ""
    return CheckConstraint(f"{empty}{column} IN ({listed})", name=f"{column}_known")
