"""G1: a 委任状 counts where it was in force when the question opened, and nowhere else."""

from datetime import date

import pytest
from sqlmodel import select

from app.domain.errors import NotEntitled
from app.services.decisions import DeclareResult, declare_result
from app.services.proxies import RevokeProxy
from app.services.rounds import OpenRound, open_round
from app.services.stances import GiveStance, give_stance
from app.store.tables.ballots import RoundRow, StanceRow
from app.store.tables.proxies import ProxyRow
from tests.factories import op, table
from tests.guarantees.figures import note
from tests.guarantees.racing import racers
from tests.proxy_steps import hands_on

ROUNDS = 200


def asking(at):
    proposal = {"nominee_id": at.agencies["yorozu"].id, "wording": "確認", "because": "もう一度"}
    return OpenRound(op_id=op(), item_id=at.item.id, **proposal)


def ends(database, at, round_id):
    closing = {"result": "continued", "next_date": date(2026, 12, 15)}
    declare_result(database, at["yorozu"], DeclareResult(op_id=op(), round_id=round_id, **closing))


def for_the_chamber(at, round_id, stance="agree"):
    seat = {"agency_id": at.agencies["chamber"].id}
    return GiveStance(op_id=op(), round_id=round_id, stance=stance, **seat)


def kept(database, at, round_id, proxy_id):
    """What the question was opened with, what was said for the seat, and whether it is revoked."""
    with database.read() as desk:
        seats = {s["agency_id"]: s for s in desk.session.get_one(RoundRow, round_id).seats}
        query = select(StanceRow).where(
            StanceRow.round_id == round_id, StanceRow.agency_id == at.agencies["chamber"].id
        )
        stance = desk.session.exec(query).one_or_none()
        revoked = desk.session.get_one(ProxyRow, proxy_id).revoked_at is not None
    return seats[at.agencies["chamber"].id]["proxy"], stance, revoked


@pytest.mark.guarantee
def test_taking_back_against_the_opening_is_before_it_or_refused(database, database_url):
    at = table(database)
    anomalies = before = 0
    with racers(database_url) as pair:
        for _ in range(ROUNDS):
            proxy_id = hands_on(database, at, "chamber", "council").id
            taken, opened = pair.race(
                (at["chamber"], RevokeProxy(op_id=op(), proxy_id=proxy_id)),
                (at["yorozu"], asking(at)),
            )
            round_id = opened[1].id
            try:
                give_stance(database, at["council"], for_the_chamber(at, round_id))
                spoke = True
            except NotEntitled:
                spoke = False
            pinned, stance, revoked = kept(database, at, round_id, proxy_id)
            before += revoked
            right = (
                (taken[0] == "done") == revoked
                and (pinned is None) == revoked
                and spoke != revoked
                and (stance is None) == revoked
            )
            anomalies += not right
            ends(database, at, round_id)
    engine = database.engine.dialect.name
    note(f"g1_proxy_opening_{engine}", rounds=ROUNDS, before=before, anomalies=anomalies)
    assert anomalies == 0


@pytest.mark.guarantee
def test_taking_back_against_the_holder_s_word_is_refused_and_the_word_counts(
    database, database_url
):
    at = table(database)
    anomalies = 0
    with racers(database_url) as pair:
        proxy_id = hands_on(database, at, "chamber", "council").id
        for _ in range(ROUNDS):
            round_id = open_round(database, at["yorozu"], asking(at)).id
            taken, given = pair.race(
                (at["chamber"], RevokeProxy(op_id=op(), proxy_id=proxy_id)),
                (at["council"], for_the_chamber(at, round_id)),
            )
            pinned, stance, revoked = kept(database, at, round_id, proxy_id)
            right = (
                (taken[0], given[0], revoked) == ("refused", "done", False)
                and pinned["id"] == proxy_id
                and (stance.manner, stance.version) == ("proxy", 1)
            )
            anomalies += not right
            ends(database, at, round_id)
    engine = database.engine.dialect.name
    note(f"g1_proxy_revoke_{engine}", rounds=ROUNDS, anomalies=anomalies)
    assert anomalies == 0


@pytest.mark.guarantee
def test_of_the_agency_s_own_word_and_its_holder_s_the_own_one_stays(database, database_url):
    at = table(database)
    hands_on(database, at, "chamber", "council")
    anomalies = replaced = 0
    with racers(database_url) as pair:
        for _ in range(ROUNDS):
            round_id = open_round(database, at["yorozu"], asking(at)).id
            own, held = pair.race(
                (at["chamber"], GiveStance(op_id=op(), round_id=round_id, stance="abstain")),
                (at["council"], for_the_chamber(at, round_id)),
            )
            with database.read() as desk:
                stance = desk.session.get_one(StanceRow, (round_id, at.agencies["chamber"].id))
            replaced += held[0] == "done"
            right = (
                own[0] == "done"
                and (stance.stance, stance.manner) == ("abstain", "own")
                and stance.version == (2 if held[0] == "done" else 1)
            )
            anomalies += not right
            ends(database, at, round_id)
    engine = database.engine.dialect.name
    note(f"g1_proxy_own_word_{engine}", rounds=ROUNDS, replaced=replaced, anomalies=anomalies)
    assert anomalies == 0
