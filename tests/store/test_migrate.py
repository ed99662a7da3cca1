from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect
from sqlmodel import SQLModel

from app.settings import ROOT
from app.store.engine import make_engine
from app.store.migrate import downgrade, is_current, upgrade
from app.store.tables.agencies import AgencyRow
from tests import engines

assert AgencyRow.metadata is SQLModel.metadata
STEPS = ROOT / "app" / "store" / "migrations" / "versions"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Engine, Engine]]:
    """Two empty databases of one engine."""
    if request.param == "sqlite":
        yield from _pair(f"sqlite:///{tmp_path / 'one'}", f"sqlite:///{tmp_path / 'two'}")
        return
    cluster = engines.shared_postgres()
    with engines.database(cluster) as one, engines.database(cluster) as two:
        yield from _pair(one, two)


def _pair(one: str, two: str) -> Iterator[tuple[Engine, Engine]]:
    first, second = make_engine(one), make_engine(two)
    yield first, second
    first.dispose()
    second.dispose()


def schema_of(engine: Engine) -> dict[str, Any]:
    """Everything the engine itself knows of each table, in an order that can be compared."""
    found = {}
    inspector = inspect(engine)
    for table in inspector.get_table_names():
        if table == "alembic_version":
            continue
        found[table] = {
            "columns": [
                (c["name"], str(c["type"]), c["nullable"], c["default"])
                for c in inspector.get_columns(table)
            ],
            "primary key": inspector.get_pk_constraint(table),
            "foreign keys": sorted(map(repr, inspector.get_foreign_keys(table))),
            "unique": sorted(map(repr, inspector.get_unique_constraints(table))),
            "checks": sorted(map(repr, inspector.get_check_constraints(table))),
            "indexes": sorted(_index(one) for one in inspector.get_indexes(table)),
        }
    return found


def _index(index: Any) -> str:
    conditions = {k: str(v) for k, v in index.get("dialect_options", {}).items()}
    return repr({**index, "dialect_options": conditions})


def test_the_steps_build_exactly_what_the_tables_say(empty: tuple[Engine, Engine]) -> None:
    migrated, created = empty
    upgrade(migrated)
    SQLModel.metadata.create_all(created)

    assert schema_of(migrated) == schema_of(created)
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_the_steps_can_be_undone_and_done_again(empty: tuple[Engine, Engine]) -> None:
    engine, _other = empty
    assert not is_current(engine)

    upgrade(engine)
    assert is_current(engine)
    built = schema_of(engine)
    upgrade(engine)
    downgrade(engine)
    assert schema_of(engine) == {}
    assert not is_current(engine)
    upgrade(engine)

    assert schema_of(engine) == built


def test_every_single_step_can_be_undone(empty: tuple[Engine, Engine]) -> None:
    engine, _other = empty
    upgrade(engine)
    steps = 0

    while schema_of(engine):
        downgrade(engine, "-1")
        upgrade(engine, "+1")
        downgrade(engine, "-1")
        steps += 1

    assert steps == len(list(STEPS.glob("0*.py")))
