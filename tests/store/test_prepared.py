from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from app.domain.facts import RoomKind
from app.store.prepared import Prepared
from app.store.tables.journal import EntryRow, OperationRow, RoomRow
from tests.factories import NOW

INSERT = Prepared.insert_into(OperationRow)
BY_ID = Prepared(
    select(OperationRow.answer, OperationRow.at, OperationRow.command).where(
        OperationRow.id == bindparam("id")
    )
)
RENAME = Prepared(
    update(OperationRow).where(col(OperationRow.id) == bindparam("which")).values(command="renamed")
)


def values(**changed):
    return {
        "id": "a" * 32,
        "person_id": "b" * 32,
        "agency_id": "c" * 32,
        "command": "say_remark",
        "digest": "d" * 64,
        "answer": {"ok": "はい", "n": 3, "none": None},
        "at": NOW,
    } | changed


def test_a_row_written_so_is_the_row_the_rest_of_the_store_reads(database):
    with database.begin() as uow:
        assert INSERT.run(uow.session, **values()) == 1
    with database.read() as desk:
        row = desk.session.get_one(OperationRow, "a" * 32)
        assert row.model_dump() == values()


def test_a_row_is_read_with_the_types_of_its_columns(database):
    with database.begin() as uow:
        uow.session.add(OperationRow(**values()))
    with database.read() as desk:
        found = BY_ID.first(desk.session, id="a" * 32)
        assert found == ({"ok": "はい", "n": 3, "none": None}, NOW, "say_remark")
        assert BY_ID.rows(desk.session, id="a" * 32) == [found]
        assert BY_ID.first(desk.session, id="0" * 32) is None
        assert BY_ID.rows(desk.session, id="0" * 32) == []


def test_an_update_tells_how_many_rows_it_touched(database):
    with database.begin() as uow:
        INSERT.run(uow.session, **values())
        assert RENAME.run(uow.session, which="a" * 32) == 1
        assert RENAME.run(uow.session, which="0" * 32) == 0
    with database.read() as desk:
        assert desk.session.get_one(OperationRow, "a" * 32).command == "renamed"


def test_a_refused_row_is_refused_in_sqlalchemys_own_words(database):
    with database.begin() as uow:
        INSERT.run(uow.session, **values())
    with pytest.raises(IntegrityError), database.begin() as uow:
        INSERT.run(uow.session, **values())


def test_a_time_without_a_zone_is_refused_here_too(database):
    with pytest.raises(ValueError, match="without a zone"), database.begin() as uow:
        INSERT.run(uow.session, **values(at=datetime(2026, 1, 1)))  # noqa: DTZ001  (on purpose)


def test_null_and_json_null_stay_apart(database):
    room = RoomRow(id="i-" + "a" * 32, kind=RoomKind.ITEM, subject_id="a" * 32, created_at=NOW)
    entry = {
        "room_id": room.id,
        "seq": 1,
        "op_id": "a" * 32,
        "part": 0,
        "kind": "remark_made",
        "visibility": "",
        "person_id": "",
        "person_name": "",
        "agency_id": "",
        "agency_name": "",
        "at": datetime(2026, 11, 25, tzinfo=UTC),
        "body": None,
        "salt": "",
        "body_digest": "",
        "prev": "",
        "hash": "",
    }
    with database.begin() as uow:
        uow.session.add(room)
        uow.session.flush()
        Prepared.insert_into(EntryRow).run(uow.session, **entry)
    with database.read() as desk:
        query = select(EntryRow).where(col(EntryRow.body).is_(None))
        assert desk.session.exec(query).one().model_dump() == entry
