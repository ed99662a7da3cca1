"""G1 under conflicts of interest: whoever left is not heard after, and is missed by no question."""

import pytest
from sqlmodel import select

from app.services.interests import DeclareRecusal, LiftRecusal, PinRecusal, lift_recusal
from app.services.rounds import OpenRound
from app.services.stances import GiveStance
from app.store import recusals
from app.store.tables.ballots import RoundRow, StanceRow
from app.store.tables.journal import EntryRow
from app.store.tables.recusals import RecusalRow
from tests.factories import op, table
from tests.guarantees.figures import note
from tests.guarantees.racing import racers
from tests.guarantees.test_g1_races import ask

ROUNDS = 100


def lift(database, at):
    agency_id = at.agencies["chamber"].id
    command = LiftRecusal(op_id=op(), item_id=at.item.id, agency_id=agency_id, reason="次の回")
    lift_recusal(database, at["yorozu"], command)


def told(database, at, kinds):
    """The newest entries of these kinds in the item's room, in order."""
    query = select(EntryRow).where(EntryRow.room_id == f"i-{at.item.id}", EntryRow.kind.in_(kinds))
    with database.read() as desk:
        rows = desk.session.exec(query.order_by(EntryRow.seq.desc()).limit(len(kinds))).all()
    return [(row.kind, row.body["round_id"]) for row in rows[::-1]]


@pytest.mark.guarantee
def test_a_stance_against_leaving_is_given_before_it_or_refused(database, database_url):
    at = table(database)
    anomalies = before = 0
    with racers(database_url) as pair:
        for _ in range(ROUNDS):
            round_id = ask(database, at)
            (left, _done), (said, answer) = pair.race(
                (at["chamber"], DeclareRecusal(op_id=op(), item_id=at.item.id, reason="競合")),
                (at["chamber"], GiveStance(op_id=op(), round_id=round_id, stance="agree")),
            )
            both = [("stance_given", round_id), ("agency_recused", round_id)]
            last = told(database, at, ("stance_given", "agency_recused"))
            with database.read() as desk:
                held = desk.session.get(StanceRow, (round_id, at.agencies["chamber"].id))
                lost = recusals.lost_by(desk.session, round_id)
            given = said == "done"
            right = (
                left == "done"
                and lost == [at.agencies["chamber"].id]
                and (held is not None) == given
                and (last == both if given else answer == "not_found" and last[-1] == both[1])
            )
            before += given
            anomalies += not right
            lift(database, at)
    engine = database.engine.dialect.name
    note(f"g1_leaving_against_stance_{engine}", rounds=ROUNDS, before=before, anomalies=anomalies)
    assert anomalies == 0


@pytest.mark.guarantee
def test_a_question_against_taking_an_agency_out_never_waits_for_it(database, database_url):
    at = table(database)
    chamber = at.agencies["chamber"].id
    anomalies = asked_first = 0
    proposal = {"because": "もう一度", "nominee_id": at.agencies["yorozu"].id, "wording": "確認"}
    with racers(database_url) as pair:
        for _ in range(ROUNDS):
            with database.begin() as uow:
                for round_ in uow.session.exec(select(RoundRow).where(RoundRow.state == "open")):
                    round_.state, round_.result = "declared", "continued"
                    uow.session.add(round_)
            pin = PinRecusal(op_id=op(), item_id=at.item.id, agency_id=chamber, reason="競合")
            answers = pair.race(
                (at["yorozu"], pin),
                (at["yorozu"], OpenRound(op_id=op(), item_id=at.item.id, **proposal)),
            )
            with database.read() as desk:
                query = select(RoundRow).where(RoundRow.state == "open")
                round_ = desk.session.exec(query).one()
                standing = select(RecusalRow).where(RecusalRow.state == "standing")
                recusal = desk.session.exec(standing).one()
            asked = chamber in {seat["agency_id"] for seat in round_.seats}
            asked_first += asked
            right = recusal.round_id == (round_.id if asked else None)
            anomalies += not (right and [kind for kind, _answer in answers] == ["done", "done"])
            lift(database, at)
    engine = database.engine.dialect.name
    note(f"g1_pin_against_round_{engine}", rounds=ROUNDS, first=asked_first, anomalies=anomalies)
    assert anomalies == 0
