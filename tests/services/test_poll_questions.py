"""Ballots: what may be put to the table, and who may answer."""

from dataclasses import replace

import pytest
from sqlmodel import select

from app.domain.errors import Malformed, NotEntitled, NotFound
from app.domain.vocabulary import Role
from app.queries.seat_vote import OwnVote, own_vote
from app.services.voting import CastVote, cast_vote
from app.store.pictures.polls import polls_at
from app.store.tables.polls import PollBoxRow
from tests.factories import op, table
from tests.poll_steps import SIX, casts, closes, opened, poll

SECRET = {"secret": True}


def test_only_what_holds_together_is_put_to_the_table(database):
    at = table(database)
    for wrong in (
        {"options": [{"text": "一つ"}]},
        {"options": [{"text": "同じ"}, {"text": "同じ"}]},
        {"kind": "date", "options": [{"text": "日のない案"}, {"day": "2026-12-15"}]},
        {"kind": "temperature"},
        {"quorum": 7},
        {"must_include": ["jfc"]},
        {"method": "consensus", "options": [], "secret": True},
    ):
        with pytest.raises(Malformed):
            opened(database, at, **wrong)
    poll_id = opened(database, at, must_include=["yorozu"])
    with pytest.raises(Malformed):
        casts(database, at, poll_id, "bank", "3")
    casts(database, at, poll_id, "bank", "1")
    casts(database, at, poll_id, "cga", "1")
    row = closes(database, at, poll_id)
    assert (row.outcome, row.result["missing"]) == (
        None,
        ["よろず支援拠点の回答が必要です。"],
    )


def test_days_are_told_with_their_weekday_and_time(database):
    at = table(database)
    days = [{"day": "2026-12-15", "time": "14:00"}, {"day": "令和8年12月16日", "text": "予備日"}]
    row = poll(database, opened(database, at, kind="date", options=days))
    assert [(one["text"], one["day"], one["time"]) for one in row.options] == [
        ("2026年12月15日(火) 14:00", "2026-12-15", "14:00"),
        ("2026年12月16日(水) 予備日", "2026-12-16", ""),
    ]


def test_one_operation_counts_once_whatever_it_says_the_second_time(database):
    at = table(database)
    poll_id = opened(database, at, **SECRET)
    command = CastVote(op_id=op(), poll_id=poll_id, choice="1")
    first = cast_vote(database, at["bank"], command)
    again = cast_vote(database, at["bank"], replace_choice(command, "2"))
    assert again == first
    with database.read() as desk:
        assert [row.choice for row in desk.session.exec(select(PollBoxRow))] == ["1"]


def replace_choice(command, choice):
    return command.model_copy(update={"choice": choice})


def test_another_agency_or_an_observer_casts_nothing(database):
    at = table(database)
    poll_id = opened(database, at)
    command = CastVote(op_id=op(), poll_id=poll_id, choice="1")
    with pytest.raises(NotFound):
        cast_vote(database, at.outsider, command)
    watching = replace(at["bank"], role=Role.OBSERVER)
    with pytest.raises(NotEntitled):
        cast_vote(database, watching, command)


def test_what_the_chair_sets_is_what_it_is_counted_by(database):
    """Two for, one against, one abstains: carried of those who chose, not of all asked."""
    at = table(database)
    of_all = {"method": "majority", "quorum": 50, "share": True}
    of_voices = of_all | {"denominator": "voting", "abstention": "leaves"}
    found = []
    for how in (of_all, of_voices, of_voices | {"abstention": "stays"}):
        poll_id = opened(database, at, **how)
        voices = zip(("bank", "cga", "council", "chamber"), CHOICES, strict=True)
        for who, choice in voices:
            casts(database, at, poll_id, who, choice)
        row = closes(database, at, poll_id)
        assert row.rule["quorum"] == {"seats": None, "percent": 50}
        found.append(row.outcome)
    assert found == ["not_carried", "carried", "not_carried"]


CHOICES = ("agree", "agree", "object", "abstain")


def test_an_agency_reads_its_own_vote_back_and_finds_its_receipt_in_the_result(database):
    at = table(database)
    poll_id = opened(database, at)
    receipts = {who: casts(database, at, poll_id, who, "1").receipt for who in ("bank", "cga")}
    with database.read() as desk:
        read = own_vote(desk, at["bank"], poll_id)
        assert read == OwnVote("1", at["bank"].person_name, receipts["bank"])
        assert own_vote(desk, at["chamber"], poll_id) is None
        assert polls_at(desk, poll(database, poll_id).room_id)[0]["receipts"] == {}
        for nobody in (at.outsider, at.stranger):
            with pytest.raises(NotFound):
                own_vote(desk, nobody, poll_id)
        with pytest.raises(NotEntitled):
            own_vote(desk, replace(at["bank"], role=Role.OBSERVER), poll_id)
    row = closes(database, at, poll_id)
    with database.read() as desk:
        (told,) = polls_at(desk, row.room_id)
    assert told["receipts"] == {at.agencies[who].id: said for who, said in receipts.items()}


def test_a_secret_vote_is_read_back_by_nobody_and_leaves_no_receipt(database):
    at = table(database)
    poll_id = opened(database, at, **SECRET)
    for who in SIX:
        casts(database, at, poll_id, who, "1")
    with database.read() as desk:
        assert own_vote(desk, at["bank"], poll_id) is None
    row = closes(database, at, poll_id)
    with database.read() as desk:
        (told,) = polls_at(desk, row.room_id)
    assert told["receipts"] == {}
