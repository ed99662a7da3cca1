"""The table of versions is made from the journal of a database that did not have it yet."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from app.store.engine import make_engine
from app.store.migrate import downgrade, upgrade
from app.store.tables.sheets import CellVersionRow
from app.store.unit_of_work import Database
from tests import engines
from tests.factories import SECRET, StandingClock, table
from tests.sheet_steps import adds, writes


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        made = make_engine(f"sqlite:///{tmp_path / 'one'}")
        yield made
        made.dispose()
        return
    with engines.database(engines.shared_postgres()) as url:
        made = make_engine(url)
        yield made
        made.dispose()


def held(engine: Engine) -> list[tuple[str, str, str, int, int]]:
    with Session(engine) as session:
        rows = session.exec(select(CellVersionRow).order_by(col(CellVersionRow.seq))).all()
        return [(one.case_id, one.row, one.column, one.version, one.seq) for one in rows]


def test_a_database_from_before_gets_the_versions_its_journal_tells_of(engine: Engine) -> None:
    upgrade(engine)
    database = Database(engine, StandingClock(), SECRET)
    at = table(database)
    for number, value in enumerate(("返済を緩めたい", "雇用を守りたい", None)):
        writes(database, at, "bank", "wishes", value, base_version=number)
    note = adds(database, at, "cga", "note")
    writes(database, at, "cga", "note", "内々の話", row=note)
    before = held(engine)

    downgrade(engine, "0024-1")
    upgrade(engine)
    assert held(engine) == before
    assert len(before) == 4

    # What was erased cannot be found again, and does not keep the rest from being found.
    downgrade(engine, "0024-1")
    erased = before[1]
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE entry SET body = NULL WHERE room_id = :room AND seq = :seq"),
            {"room": f"s-{at.case.id}", "seq": erased[4]},
        )
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:
            connection.execute(
                text("UPDATE entry SET body = 'broken' WHERE room_id = :room AND seq = :seq"),
                {"room": f"s-{at.case.id}", "seq": before[0][4]},
            )
    upgrade(engine)
    assert held(engine) == [one for one in before if one[4] not in lost(engine, before)]


def lost(engine: Engine, before: list[tuple[str, str, str, int, int]]) -> set[int]:
    return {before[1][4]} | ({before[0][4]} if engine.dialect.name == "sqlite" else set())
