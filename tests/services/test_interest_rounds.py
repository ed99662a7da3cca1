"""利益相反 and the question who leads: seats that left are neither heard nor missed."""

from datetime import date

import pytest
from sqlmodel import select

from app.domain.errors import Incomplete, Malformed, NotFound
from app.services.decisions import DeclareResult, declare_result
from app.services.discussion import RecordOutcome, record_outcome
from app.services.rounds import OpenRound, Supporter, open_round
from app.store.tables.ballots import DecisionRow
from app.store.tables.cases import CaseAgencyRow
from tests.decision_record import RECORD
from tests.factories import op, table
from tests.round_steps import accepts, declares, opened, says
from tests.services.test_interests import EVERYBODY, leaves, lifts, pins


def test_a_running_question_misses_the_seat_no_longer_and_asks_it_again_after(database):
    at = table(database)
    round_id = opened(database, at)
    for who in EVERYBODY[:-1]:
        says(database, at, round_id, who, "agree")
    accepts(database, at, round_id)
    pins(database, at, "yorozu", "chamber")
    with pytest.raises(NotFound):
        says(database, at, round_id, "chamber", "object", text="反対")
    lifts(database, at, "yorozu", "chamber")
    says(database, at, round_id, "chamber", "object", text="反対します")
    leaves(database, at, "chamber")

    declares(database, at, round_id, "decided")

    with database.read() as desk:
        decision = desk.session.exec(select(DecisionRow)).one()
    assert (decision.result, decision.conditions) == ("decided", [])


def test_a_nominee_that_leaves_cannot_lead(database):
    at = table(database)
    round_id = opened(database, at, nominee="council")
    for who in EVERYBODY:
        says(database, at, round_id, who, "agree")
    accepts(database, at, round_id, "council")
    leaves(database, at, "council")

    with pytest.raises(Incomplete):
        declares(database, at, round_id, "decided")
    declares(database, at, round_id, "continued", date(2026, 12, 1))
    with database.read() as desk:
        reasons = desk.session.exec(select(DecisionRow)).one().reasons
    assert reasons == [f"候補機関が利益相反のため退席しました：{at.agencies['council'].name}"]


def test_a_supporter_that_left_supports_nothing_and_is_put_on_no_case(database):
    at = table(database)
    with database.begin() as uow:
        uow.session.delete(uow.session.get(CaseAgencyRow, (at.case.id, at.agencies["cga"].id)))
    command = OpenRound(
        op_id=op(),
        item_id=at.item.id,
        nominee_id=at.agencies["yorozu"].id,
        supporters=[Supporter(agency_id=at.agencies["cga"].id, role="調整")],
        wording="よろずを主担当とする",
    )
    round_id = open_round(database, at["yorozu"], command).id
    for who in EVERYBODY:
        says(database, at, round_id, who, "agree")
    accepts(database, at, round_id)
    leaves(database, at, "cga")
    declare_result(
        database,
        at["yorozu"],
        DeclareResult(op_id=op(), round_id=round_id, result="decided", **RECORD),
    )
    with database.read() as desk:
        assert desk.session.exec(select(DecisionRow)).one().supporters == []
        held = desk.session.get(CaseAgencyRow, (at.case.id, at.agencies["cga"].id))
    assert held is None


def test_who_left_is_neither_asked_nor_named_nor_given_work(database):
    at = table(database)
    leaves(database, at, "council")
    with pytest.raises(Malformed):
        opened(database, at, nominee="council")
    task = {
        "item_id": at.item.id,
        "kind": "task",
        "text": "資料を作る",
        "agency_id": at.agencies["council"].id,
        "due": date(2026, 12, 5),
    }
    with pytest.raises(Malformed):
        record_outcome(database, at["cga"], RecordOutcome(op_id=op(), **task))
