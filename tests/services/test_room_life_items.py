from datetime import date, timedelta

import pytest
from pydantic import ValidationError
from sqlmodel import select

from app.domain.errors import (
    Incomplete,
    OpReused,
    StateForbids,
)
from app.domain.facts import RoomKind
from app.services.decisions import DeclareResult, declare_result
from app.services.room_life import ExtendItem, StartItem, start_item
from app.store.tables.cases import ConsentRow
from app.store.unit_of_work import Database
from tests.conference_steps import (
    added,
    case,
    entries,
    item,
    kinds,
    opened,
)
from tests.factories import NOW, StandingClock, op, table
from tests.room_steps import (
    LATER,
    carry_over,
    close,
    end,
    extend,
    pass_over,
    propose,
    start,
)


def test_a_started_item_runs_for_its_minutes_and_its_case_is_discussed(
    database: Database, clock: StandingClock
) -> None:
    at = table(database, running=False)
    _conference_id, case_item, _report = opened(database, at)
    clock.advance(minutes=3)
    start(database, at["cga"], case_item)
    row = item(database, case_item)
    begun = NOW + timedelta(minutes=3)
    assert (row.status, row.started_at) == ("running", begun)
    assert row.ends_at == begun + timedelta(minutes=30)
    assert case(database, row.case_id).status == "in_conference"
    told = entries(database, RoomKind.CASE, row.case_id)[-1]
    assert told.kind == "case_discussed"
    assert told.body is not None
    assert (told.body["result"], told.body["case_status"]) == (None, "in_conference")


def test_starting_the_next_item_ends_the_one_before(database: Database) -> None:
    at = table(database, running=False)
    conference_id, _case_item, report = opened(database, at)
    last = added(database, at, conference_id, "その他")
    start(database, at["cga"], report)
    start(database, at["cga"], last)
    assert item(database, report).status == "done"
    assert kinds(database, RoomKind.CONFERENCE, conference_id)[-3:] == [
        "item_started",
        "item_ended",
        "item_started",
    ]
    for again in (report, last):
        with pytest.raises(StateForbids):
            start(database, at["cga"], again)


def test_a_case_without_result_is_neither_ended_nor_passed_over(database: Database) -> None:
    at = table(database, running=False)
    conference_id, case_item, report = opened(database, at)
    start(database, at["cga"], case_item)
    with pytest.raises(Incomplete) as refusal:
        end(database, at["cga"], case_item)
    assert str(refusal.value) == "議題1の結果がまだ宣言されていません。"
    with pytest.raises(Incomplete):
        start(database, at["cga"], report)
    with pytest.raises(StateForbids) as running:
        close(database, at["cga"], conference_id)
    assert str(running.value) == "議題1が進行中です。"
    assert item(database, case_item).status == "running"


def test_a_declared_case_ends(database: Database) -> None:
    at = table(database, running=False)
    conference_id, case_item, report = opened(database, at)
    pass_over(database, at["cga"], report)
    start(database, at["cga"], case_item)
    round_id = propose(database, at, case_item)
    values = {"op_id": op(), "round_id": round_id, "result": "continued"}
    declared = DeclareResult.model_validate(values | {"next_date": "2027-01-19"})
    declare_result(database, at["cga"], declared)
    end(database, at["cga"], case_item)
    close(database, at["cga"], conference_id)
    assert item(database, case_item).status == "done"
    assert case(database, item(database, case_item).case_id).status == "accepted"


def test_a_case_there_was_no_time_for_is_carried_over(database: Database) -> None:
    at = table(database, running=False)
    conference_id, case_item, report = opened(database, at)
    pass_over(database, at["cga"], report)
    carry_over(database, at["cga"], case_item, next_date=LATER)
    row = item(database, case_item)
    assert (row.status, row.started_at) == ("done", None)
    told = entries(database, RoomKind.CASE, row.case_id)[-1]
    assert told.body is not None
    assert (told.body["result"], told.body["case_status"]) == ("continued", "accepted")
    with pytest.raises(StateForbids):
        carry_over(database, at["cga"], case_item)
    close(database, at["cga"], conference_id)


def test_an_item_with_an_open_round_waits_for_the_declaration(database: Database) -> None:
    at = table(database, running=False)
    _conference_id, case_item, _report = opened(database, at)
    start(database, at["cga"], case_item)
    propose(database, at, case_item)
    with pytest.raises(StateForbids):
        carry_over(database, at["cga"], case_item)
    assert item(database, case_item).status == "running"


def test_an_extension_counts_from_the_planned_end_or_from_now(
    database: Database, clock: StandingClock
) -> None:
    at = table(database, running=False)
    _conference_id, _case_item, report = opened(database, at)
    with pytest.raises(StateForbids):
        extend(database, at["cga"], report)
    start(database, at["cga"], report)
    extend(database, at["cga"], report)
    assert item(database, report).ends_at == NOW + timedelta(minutes=15)
    clock.advance(minutes=40)
    extend(database, at["cga"], report, 10)
    assert item(database, report).ends_at == NOW + timedelta(minutes=50)


@pytest.mark.parametrize("minutes", [0, 121, "五分"])
def test_an_extension_is_some_minutes(minutes: object) -> None:
    with pytest.raises(ValidationError):
        ExtendItem.model_validate({"op_id": op(), "item_id": op(), "minutes": minutes})


def test_a_case_whose_consent_has_ended_is_not_taken_up_but_does_not_block(
    database: Database,
) -> None:
    at = table(database, running=False)
    conference_id, case_item, report = opened(database, at)
    pass_over(database, at["cga"], report)
    case_id = item(database, case_item).case_id
    with database.begin() as uow:
        row = uow.session.exec(select(ConsentRow).where(ConsentRow.case_id == case_id)).one()
        row.valid_until = date(2026, 11, 23)
        uow.session.add(row)
    with pytest.raises(StateForbids):
        start(database, at["cga"], case_item)
    assert case(database, case_id).status == "scheduled"
    carry_over(database, at["cga"], case_item, next_date=LATER)
    close(database, at["cga"], conference_id)


def test_a_replay_starts_an_item_once(database: Database) -> None:
    at = table(database, running=False)
    conference_id, _case_item, report = opened(database, at)
    command = StartItem(op_id=op(), item_id=report)
    first = start_item(database, at["cga"], command)
    assert start_item(database, at["cga"], command) == first
    with pytest.raises(OpReused):
        start_item(database, at["cga"], command.model_copy(update={"item_id": op()}))
    assert kinds(database, RoomKind.CONFERENCE, conference_id).count("item_started") == 1
