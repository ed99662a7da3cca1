"""PostgreSQL announces with the commit; both ways of building the tables make it do so."""

import contextlib
import json
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel

from app.services.discussion import SayRemark, say_remark
from app.store.engine import make_engine
from app.store.migrate import downgrade, upgrade
from app.store.tables.announcing import ENDED, NEWS
from app.store.unit_of_work import Database
from auth import session
from tests import engines
from tests.factories import SECRET, StandingClock, op, table

TRIGGERS = "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
FUNCTIONS = "SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'entaku%'"


@pytest.fixture
def url() -> Iterator[str]:
    with engines.database(engines.shared_postgres()) as made:
        yield made


def announcers(engine) -> list[list[tuple[str, str]]]:
    with engine.connect() as connection:
        return [sorted(connection.execute(text(q)).all()) for q in (TRIGGERS, FUNCTIONS)]


def test_the_steps_and_the_tables_announce_alike(url: str) -> None:
    engine = make_engine(url)
    upgrade(engine)
    migrated = announcers(engine)
    downgrade(engine)
    assert announcers(engine) == [[], []]
    SQLModel.metadata.create_all(engine)

    assert migrated == announcers(engine)
    assert len(migrated[0]) == 6
    engine.dispose()


def test_an_announcement_names_room_and_number_and_nothing_else(url: str) -> None:
    engine = make_engine(url)
    SQLModel.metadata.create_all(engine)
    database = Database(engine, StandingClock(), SECRET)
    at = table(database)
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as listening:
        listening.execute(f"LISTEN {NEWS}; LISTEN {ENDED}")

        command = SayRemark(op_id=op(), item_id=at.item.id, text="発言の中身")
        say_remark(database, at["bank"], command)
        with database.begin() as uow:
            session.revoke_all(uow, at["bank"].person_id)
        with contextlib.suppress(ZeroDivisionError), database.begin() as undone:
            session.revoke_all(undone, at["cga"].person_id)
            raise ZeroDivisionError

        told = [(n.channel, n.payload) for n in listening.notifies(timeout=1, stop_after=3)]
    assert [(c, json.loads(p) if p else p) for c, p in told] == [
        (NEWS, {"room": f"i-{at.item.id}", "seq": 1}),
        (ENDED, ""),
    ]
    engine.dispose()
