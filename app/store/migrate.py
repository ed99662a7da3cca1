"""Brings a database to the schema this version of the product works with, or takes it back."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

_FOLDER = Path(__file__).resolve().parent / "migrations"
# Any number that is only ours: two nodes that start at once take turns.
_TURN = 5_990_001


def upgrade(engine: Engine, to: str = "head") -> None:
    """Run the steps that are missing; all of them, or in case of an error none."""
    _run(engine, command.upgrade, to)


def downgrade(engine: Engine, to: str = "base") -> None:
    """Undo steps down to ``to``; down to ``base`` nothing of the product is left."""
    _run(engine, command.downgrade, to)


def is_current(engine: Engine) -> bool:
    """Whether the database has every step this version knows."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config


def _run(engine: Engine, act: Callable[[Config, str], None], to: str) -> None:
    config = _config()
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")
        config.attributes["connection"] = connection
        act(config, to)
