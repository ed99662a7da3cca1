"""Ballots: what may be put to the table, and who may answer."""

from dataclasses import replace

import pytest
from sqlmodel import select

from app.domain.errors import Malformed, NotEntitled, NotFound
from app.domain.vocabulary import Role
from app.services.voting import CastVote, cast_vote
from app.store.tables.polls import PollBoxRow
from tests.factories import op, table
from tests.poll_steps import casts, closes, opened, poll

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
