"""Blind rounds: nothing is told before the reveal, and what is revealed is what was sealed."""

from datetime import date

import pytest
from sqlmodel import select

from app.domain.errors import Incomplete, StateForbids
from app.domain.lead_course import SAID
from app.domain.sealing import seal_of
from app.services.rounds import RevealStances, reveal_stances
from app.store.tables.journal import EntryRow
from tests.factories import op, table
from tests.round_steps import ALL, accepts, declares, opened, says


def entries(database, kind):
    with database.read() as desk:
        query = select(EntryRow).where(EntryRow.kind == kind).order_by(EntryRow.seq)
        return [entry.body for entry in desk.session.exec(query)]


def test_a_blind_round_tells_nothing_before_the_reveal(database):
    at = table(database)
    round_id = opened(database, at, blind=True)
    for who in ALL:
        says(database, at, round_id, who, "agree")
    says(database, at, round_id, "bank", "object", text="採算が先", alternative="協議会")
    accepts(database, at, round_id)
    with pytest.raises(StateForbids):
        declares(database, at, round_id, "continued", date(2026, 12, 15))
    sealed = entries(database, "stance_sealed")
    told = frozenset({"round_id", "agency_id", "seal", "manner"})
    assert {frozenset(body) for body in sealed} == {told}
    assert {body["manner"] for body in sealed} == {"own"}
    assert {len(body["seal"]) for body in sealed} == {64}
    assert entries(database, "stance_given") == []

    reveal_stances(database, at["yorozu"], RevealStances(op_id=op(), round_id=round_id))

    (revealed,) = entries(database, "stances_revealed")
    assert revealed["stances"][at.agencies["bank"].id]["text"] == "採算が先"
    with pytest.raises(StateForbids):
        reveal_stances(database, at["yorozu"], RevealStances(op_id=op(), round_id=round_id))


def test_what_is_revealed_is_what_was_sealed(database):
    at = table(database)
    round_id = opened(database, at, blind=True)
    for who in ("bank", "cga"):
        says(database, at, round_id, who, "agree")
    says(database, at, round_id, "bank", "abstain")
    reveal_stances(database, at["yorozu"], RevealStances(op_id=op(), round_id=round_id))
    last = {body["agency_id"]: body["seal"] for body in entries(database, "stance_sealed")}
    (revealed,) = entries(database, "stances_revealed")
    for agency_id, told in revealed["stances"].items():
        content = {"round_id": round_id, "agency_id": agency_id}
        content |= {name: told[name] for name in SAID}
        assert seal_of(content, told["nonce"]) == last[agency_id]
        other = content | {"stance": "object"}
        assert seal_of(other, told["nonce"]) != last[agency_id]


def test_after_the_reveal_who_objected_may_withdraw_it_openly(database):
    at = table(database)
    round_id = opened(database, at, blind=True)
    for who in ALL[:-1]:
        says(database, at, round_id, who, "agree")
    says(database, at, round_id, "chamber", "object", text="記帳支援が先")
    accepts(database, at, round_id)
    reveal_stances(database, at["yorozu"], RevealStances(op_id=op(), round_id=round_id))
    with pytest.raises(Incomplete):
        declares(database, at, round_id, "decided")
    says(database, at, round_id, "chamber", "agree_with_condition", text="記帳支援を先に行う")
    declares(database, at, round_id, "decided")


def test_an_open_round_has_nothing_to_reveal(database):
    at = table(database)
    round_id = opened(database, at)
    with pytest.raises(StateForbids):
        reveal_stances(database, at["yorozu"], RevealStances(op_id=op(), round_id=round_id))
