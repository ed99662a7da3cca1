"""G1: a frozen result equals exactly the accepted stances; one agency counts once."""

from datetime import date

import pytest
from sqlmodel import select

from app.services.decisions import DeclareResult
from app.services.rounds import OpenRound, RevealStances, open_round
from app.services.stances import GiveStance
from app.store.tables.ballots import DecisionRow, StanceRow
from app.store.tables.journal import EntryRow
from tests.factories import actor_of, op, table
from tests.gap_record import gap_of
from tests.guarantees.figures import note
from tests.guarantees.racing import racers

ROUNDS = 200
KINDS = ("stance_given", "stance_sealed", "stances_revealed", "result_declared")


def ask(database, at, blind=False):
    """Open the next round of the item, in place of the one that is still asked, if any."""
    proposal = {"nominee_id": at.agencies["yorozu"].id, "wording": "確認", "because": "もう一度"}
    command = OpenRound(op_id=op(), item_id=at.item.id, blind=blind, **proposal)
    return open_round(database, at["yorozu"], command).id


def entries_of(database, round_id):
    with database.read() as desk:
        newest = select(EntryRow).where(EntryRow.kind.in_(KINDS)).order_by(EntryRow.seq.desc())
        rows = desk.session.exec(newest.limit(6)).all()[::-1]
        stances = desk.session.exec(select(StanceRow).where(StanceRow.round_id == round_id)).all()
    return [e for e in rows if (e.body or {}).get("round_id") == round_id], stances


@pytest.mark.guarantee
def test_two_colleagues_answering_at_once_leave_one_stance(database, database_url, request):
    at = table(database)
    with database.begin() as uow:
        colleague = actor_of(uow, at.agencies["bank"], "同僚 二郎")
    anomalies = 0
    with racers(database_url) as pair:
        for _ in range(ROUNDS):
            round_id = ask(database, at)
            answers = pair.race(
                (at["bank"], GiveStance(op_id=op(), round_id=round_id, stance="agree")),
                (colleague, GiveStance(op_id=op(), round_id=round_id, stance="abstain")),
            )
            entries, stances = entries_of(database, round_id)
            given = [e for e in entries if e.kind == "stance_given"]
            right = (
                [kind for kind, _answer in answers] == ["done", "done"]
                and sorted(answer.version for _kind, answer in answers) == [1, 2]
                and len(stances) == 1
                and len(given) == 2
                and given[-1].body["stance"] == stances[0].stance
            )
            anomalies += not right
    engine = database.engine.dialect.name
    note(f"g1_two_colleagues_{engine}", rounds=ROUNDS, anomalies=anomalies)
    assert anomalies == 0


@pytest.mark.guarantee
def test_a_stance_against_the_closing_is_counted_or_refused(database, database_url):
    at = table(database)
    anomalies = counted = 0
    with racers(database_url) as pair:
        for _ in range(ROUNDS):
            round_id = ask(database, at)
            closing = DeclareResult(
                op_id=op(), round_id=round_id, result="continued", next_date=date(2026, 12, 15)
            )
            stance, declared = pair.race(
                (at["bank"], GiveStance(op_id=op(), round_id=round_id, stance="agree")),
                (at["yorozu"], closing),
            )
            entries, stances = entries_of(database, round_id)
            order = [e.kind for e in entries if e.kind in {"stance_given", "result_declared"}]
            counted += stance[0] == "done"
            right = declared[0] == "done" and (
                (stance[0] == "done", len(stances), order)
                in [(True, 1, ["stance_given", "result_declared"]), (False, 0, ["result_declared"])]
            )
            anomalies += not right
    engine = database.engine.dialect.name
    note(f"g1_close_race_{engine}", rounds=ROUNDS, counted=counted, anomalies=anomalies)
    assert anomalies == 0


@pytest.mark.guarantee
def test_two_closings_at_once_leave_one_result(database, database_url):
    at = table(database)
    with database.begin() as uow:
        colleague = actor_of(uow, at.agencies["yorozu"], "議長の同僚 三郎")
    anomalies, gap = 0, gap_of(at.agencies["cga"].id)
    with racers(database_url) as pair:
        for _ in range(ROUNDS):
            round_id = ask(database, at)
            later = {"round_id": round_id, "next_date": date(2026, 12, 15)}
            answers = pair.race(
                (at["yorozu"], DeclareResult(op_id=op(), result="continued", **later)),
                (colleague, DeclareResult(op_id=op(), result="no_taker", **later, **gap)),
            )
            entries, _stances = entries_of(database, round_id)
            told = [e.body["result"] for e in entries if e.kind == "result_declared"]
            with database.read() as desk:
                query = select(DecisionRow.result).where(DecisionRow.round_id == round_id)
                stored = list(desk.session.exec(query))
            right = (
                sorted(kind for kind, _answer in answers) == ["done", "refused"]
                and told == stored
                and len(stored) == 1
            )
            anomalies += not right
    engine = database.engine.dialect.name
    note(f"g1_close_close_{engine}", rounds=ROUNDS, anomalies=anomalies)
    assert anomalies == 0


@pytest.mark.guarantee
def test_a_stance_against_the_reveal_is_sealed_in_it_or_said_openly_after_it(
    database, database_url
):
    at = table(database)
    anomalies = within = 0
    with racers(database_url) as pair:
        for _ in range(ROUNDS):
            round_id = ask(database, at, blind=True)
            stance, revealed = pair.race(
                (at["bank"], GiveStance(op_id=op(), round_id=round_id, stance="agree")),
                (at["yorozu"], RevealStances(op_id=op(), round_id=round_id)),
            )
            entries, stances = entries_of(database, round_id)
            order = [e.kind for e in entries]
            (told,) = [e.body["stances"] for e in entries if e.kind == "stances_revealed"]
            sealed = order == ["stance_sealed", "stances_revealed"]
            within += sealed
            right = (
                (stance[0], revealed[0], len(stances)) == ("done", "done", 1)
                and (sealed or order == ["stances_revealed", "stance_given"])
                and list(told) == ([at.agencies["bank"].id] if sealed else [])
            )
            anomalies += not right
    engine = database.engine.dialect.name
    note(f"g1_reveal_race_{engine}", rounds=ROUNDS, within=within, anomalies=anomalies)
    assert anomalies == 0
