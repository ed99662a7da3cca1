"""Remarks and outcomes: who may make them, and what a replay or bad text does."""

import pytest
from sqlmodel import select

from app.domain.errors import Malformed, NotFound, OpReused, StateForbids
from app.services.discussion import RecordOutcome, SayRemark, record_outcome, say_remark
from app.store.tables.conferences import RemarkRow
from app.store.tables.journal import EntryRow
from tests.factories import op, table


def test_a_remark_is_stored_and_journalled_once_however_often_it_arrives(database):
    at = table(database)
    command = SayRemark(op_id=op(), item_id=at.item.id, text="𠮷野家と髙橋様の件です。👍")

    first = say_remark(database, at["bank"], command)
    again = say_remark(database, at["bank"], command)

    assert again == first
    with database.read() as desk:
        assert [r.text for r in desk.session.exec(select(RemarkRow))] == [command.text]
        assert [
            (e.kind, e.seq)
            for e in desk.session.exec(select(EntryRow).where(EntryRow.kind == "remark_made"))
        ] == [("remark_made", 1)]


def test_the_same_operation_with_another_body_or_person_is_refused(database):
    at = table(database)
    command = SayRemark(op_id=op(), item_id=at.item.id, text="最初の発言")
    say_remark(database, at["bank"], command)

    with pytest.raises(OpReused):
        say_remark(database, at["bank"], command.model_copy(update={"text": "別の発言"}))
    with pytest.raises(OpReused):
        say_remark(database, at["cga"], command)


def test_an_agency_outside_the_consent_cannot_tell_the_item_from_none(database):
    at = table(database)

    with pytest.raises(NotFound) as outside:
        say_remark(database, at.outsider, SayRemark(op_id=op(), item_id=at.item.id, text="a"))
    with pytest.raises(NotFound) as nowhere:
        say_remark(database, at.outsider, SayRemark(op_id=op(), item_id=op(), text="a"))

    assert str(outside.value) == str(nowhere.value)


def test_nothing_is_said_at_an_item_that_is_not_running(database):
    at = table(database, running=False)

    with pytest.raises(StateForbids):
        say_remark(database, at["bank"], SayRemark(op_id=op(), item_id=at.item.id, text="a"))


def test_a_task_needs_an_agency_and_a_date(database):
    at = table(database)
    task = RecordOutcome(op_id=op(), item_id=at.item.id, kind="task", text="試算表の回収")

    with pytest.raises(Malformed) as refused:
        record_outcome(database, at["yorozu"], task)

    assert set(refused.value.fields) == {"agency_id", "due"}
