"""What a table asks stands on the first page of those who owe a voice, and of nobody else."""

import pytest

from app.domain.vocabulary import Role
from app.queries.waiting import what_waits
from app.queries.waiting_shape import WaitingFor
from app.services.interests import DeclareRecusal, declare_recusal
from app.store.unit_of_work import Database
from tests.conference_steps import as_role
from tests.factories import Table, op, table
from tests.poll_steps import all_cast, casts, closes, opened
from tests.room_steps import carry_over, close

SECRET = {"method": "majority", "secret": True}


@pytest.fixture
def at(database: Database) -> Table:
    return table(database)


def votes_waiting(database: Database, at: Table, who: str) -> list[tuple[str, str]]:
    with database.read() as desk:
        found = what_waits(desk, at[who])
    return [(one.subject_id, one.title) for one in found if one.kind is WaitingFor.VOTE]


@pytest.mark.parametrize("how", [{}, SECRET])
def test_a_ballot_waits_for_those_it_asks_until_they_have_voted(database, at, how):
    poll_id = opened(database, at, **how)
    waits = [(at.conference.id, "次回の担当はどちらがよいですか")]
    assert votes_waiting(database, at, "bank") == waits

    casts(database, at, poll_id, "bank", "agree" if how else "1")

    assert votes_waiting(database, at, "bank") == []
    assert votes_waiting(database, at, "chamber") == waits


def test_it_waits_for_nobody_once_it_is_closed_or_the_conference_is_over(database, at):
    poll_id = opened(database, at)
    all_cast(database, at, poll_id, "11----")
    closes(database, at, poll_id)
    assert votes_waiting(database, at, "chamber") == []

    opened(database, at, earlier_id=poll_id, because="回答が少なかったため")
    assert votes_waiting(database, at, "chamber") != []
    carry_over(database, at["yorozu"], at.item.id, next_date="2026-12-15")
    close(database, at["yorozu"], at.conference.id)
    assert votes_waiting(database, at, "chamber") == []


def test_of_an_item_left_for_a_conflict_nothing_is_told(database, at):
    opened(database, at, item_id=at.item.id)
    assert votes_waiting(database, at, "chamber") != []

    recusal = DeclareRecusal(op_id=op(), item_id=at.item.id, reason="取引先のため")
    declare_recusal(database, at["chamber"], recusal)

    assert votes_waiting(database, at, "chamber") == []
    with database.read() as desk:
        for one in (as_role(at["bank"], Role.OBSERVER), as_role(at["bank"], Role.AUDITOR)):
            assert [w for w in what_waits(desk, one) if w.kind is WaitingFor.VOTE] == []
        assert what_waits(desk, at.outsider) == what_waits(desk, at.stranger) == ()
