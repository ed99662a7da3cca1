"""What the writer keeps is what it would read: after each way in which anybody may change it."""

from contextlib import contextmanager

import pytest
from sqlalchemy import bindparam, delete, text, update
from sqlmodel import SQLModel, col, select

from app.store import kept
from app.store.engine import make_engine
from app.store.prepared import Prepared
from app.store.tables.agencies import AgencyRow
from app.store.unit_of_work import Database
from tests.factories import SECRET
from tests.store.test_writer import agency

NAMES = Prepared(
    select(AgencyRow.name).where(col(AgencyRow.key) == bindparam("key")),
    keeps=True,
)
RENAME = Prepared(
    update(AgencyRow).where(col(AgencyRow.key) == bindparam("which")).values(name="prepared")
)


@pytest.fixture
def database(tmp_path, clock):
    engine = make_engine(f"sqlite:///{tmp_path / 'kept.sqlite3'}")
    SQLModel.metadata.create_all(engine)
    made = Database(engine, clock, SECRET)
    made.carry_out(lambda uow: uow.session.add(agency("a")))
    yield made
    engine.dispose()


@contextmanager
def asked(database):
    """The questions that reach the database meanwhile."""
    seen: list[str] = []
    driver = database._writer._driver
    driver.set_trace_callback(lambda sql: seen.append(sql) if "SELECT" in sql else None)
    yield seen
    driver.set_trace_callback(None)


def name(database, key="a"):
    return database.carry_out(lambda uow: NAMES.first(uow.session, key=key))


def test_what_nobody_changed_is_not_asked_again(database):
    assert name(database) == ("a",)
    with asked(database) as questions:
        assert [name(database), name(database)] == [("a",), ("a",)]
    assert questions == []


def test_each_value_is_a_question_of_its_own(database):
    assert (name(database), name(database, "b")) == (("a",), None)
    database.carry_out(lambda uow: uow.session.add(agency("b")))
    assert (name(database), name(database, "b")) == (("a",), ("b",))


def by_row(uow):
    row = uow.session.exec(select(AgencyRow)).one()
    row.name = "changed"
    uow.session.add(row)


def by_update(uow):
    uow.session.execute(update(AgencyRow).values(name="changed"))


def by_words(uow):
    uow.session.execute(text("UPDATE agency SET name = 'changed'"))


def by_prepared(uow):
    RENAME.run(uow.session, which="a")


def by_deletion(uow):
    uow.session.execute(delete(AgencyRow))


WAYS = {
    by_row: ("changed",),
    by_update: ("changed",),
    by_words: ("changed",),
    by_prepared: ("prepared",),
    by_deletion: None,
}


@pytest.mark.parametrize("way", WAYS)
def test_a_change_of_ones_own_is_seen_at_once_and_afterwards(database, way):
    name(database)

    def change_and_read(uow):
        way(uow)
        return NAMES.first(uow.session, key="a")

    assert database.carry_out(change_and_read) == WAYS[way]
    assert name(database) == WAYS[way]


@pytest.mark.parametrize("way", WAYS)
def test_a_change_of_somebody_else_is_seen(database, way):
    name(database)
    with database.begin() as uow:
        way(uow)
    assert name(database) == WAYS[way]


def test_what_was_undone_is_not_kept(database):
    def change_and_fail(uow):
        by_row(uow)
        assert NAMES.first(uow.session, key="a") == ("changed",)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        database.carry_out(change_and_fail)
    assert name(database) == ("a",)


def test_other_tables_do_not_matter(database):
    name(database)
    held = kept.of(database._writer._session)
    held.forget("person")
    with asked(database) as questions:
        name(database)
    assert questions == []
    held.forget("agency")
    with asked(database) as questions:
        name(database)
    assert len(questions) == 1


def test_a_row_at_hand_is_the_sessions_own(database):
    def twice(uow):
        row = uow.session.exec(select(AgencyRow)).one()
        assert kept.row(uow.session, AgencyRow, row.id) is row
        return row.id

    row_id = database.carry_out(twice)
    with asked(database) as questions:
        database.carry_out(lambda uow: kept.row(uow.session, AgencyRow, row_id))
    assert questions == []
    with database.begin() as uow:
        uow.session.execute(delete(AgencyRow))
    assert database.carry_out(lambda uow: kept.row(uow.session, AgencyRow, row_id)) is None


def test_values_belong_to_their_names_in_whatever_order_they_are_given(database):
    both = Prepared(
        select(AgencyRow.name).where(
            col(AgencyRow.key) == bindparam("key"), col(AgencyRow.kind) == bindparam("kind")
        ),
        keeps=True,
    )

    def ask(**values):
        return database.carry_out(lambda uow: both.first(uow.session, **values))

    assert ask(key="a", kind="chamber") == ("a",)
    assert ask(kind="a", key="chamber") is None
    assert ask(kind="chamber", key="a") == ("a",)
