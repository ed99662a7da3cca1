"""G1: two tables that declare in the same instant never share a decision number."""

from dataclasses import replace

import pytest
from sqlmodel import select

from app.services.decisions import DeclareResult
from app.services.rounds import OpenRound, open_round
from app.store.tables.ballots import DecisionRow
from tests.case_rows import case_of
from tests.factories import actor_of, conference_on, firm, op, table
from tests.guarantees.figures import note
from tests.guarantees.racing import racers

ROUNDS = 200


def second_table(database, at):
    """The same agencies about another firm, with a colleague in the chair."""
    with database.begin() as uow:
        chair = actor_of(uow, at.agencies["yorozu"], "別室 三郎")
        uow.act_as(at["bank"], op())
        subject = firm(uow, "有限会社隣町製作所")
        case = case_of(uow, at.agencies, subject, True, "13-R8-0002")
        conference, item = conference_on(uow, at.agencies, case, chair, running=True)
    actors = {**at.actors, "yorozu": chair}
    return replace(at, actors=actors, firm=subject, case=case, conference=conference, item=item)


def asked(database, at):
    proposal = {"nominee_id": at.agencies["yorozu"].id, "wording": "確認", "because": "もう一度"}
    command = OpenRound(op_id=op(), item_id=at.item.id, **proposal)
    return open_round(database, at["yorozu"], command).id


@pytest.mark.guarantee
def test_two_tables_that_declare_at_once_have_a_number_each(database, database_url):
    one = table(database)
    other = second_table(database, one)
    with racers(database_url) as pair:
        for _ in range(ROUNDS):
            tasks = [
                (
                    at["yorozu"],
                    DeclareResult(
                        op_id=op(),
                        round_id=asked(database, at),
                        result="continued",
                        next_date="2026-12-15",
                    ),
                )
                for at in (one, other)
            ]
            answers = pair.race(*tasks)
            assert [kind for kind, _answer in answers] == ["done", "done"]
    with database.read() as desk:
        numbers = list(desk.session.exec(select(DecisionRow.number)))
    shared = len(numbers) - len(set(numbers))
    engine = database.engine.dialect.name
    note(f"g1_decision_numbers_{engine}", rounds=ROUNDS, anomalies=shared)
    assert (len(numbers), shared) == (2 * ROUNDS, 0)
