"""Putting a ballot to the table, casting, closing and deciding, a line each."""

from typing import Any

from app.services.commands import Done
from app.services.polls import OpenPoll, open_poll
from app.services.voting import (
    CastVote,
    ClosePoll,
    DecideTie,
    cast_vote,
    close_poll,
    decide_tie,
)
from app.store.tables.polls import PollRow
from app.store.unit_of_work import Database
from tests.factories import Table, op

SIX = ("bank", "cga", "yorozu", "council", "succession", "chamber")
TWO = [{"text": "東部"}, {"text": "西部"}]


def opened(database: Database, at: Table, who: str = "yorozu", **more: Any) -> str:
    values: dict[str, Any] = {
        "op_id": op(),
        "conference_id": at.conference.id,
        "kind": "other",
        "question": "次回の担当はどちらがよいですか",
        "method": "plurality",
    }
    if more.get("method", "plurality") == "plurality":
        values["options"] = TWO
    command = OpenPoll.model_validate(values | more)
    return open_poll(database, at[who], command).id or ""


def casts(database: Database, at: Table, poll_id: str, who: str, choice: str) -> Done:
    return cast_vote(database, at[who], CastVote(op_id=op(), poll_id=poll_id, choice=choice))


def all_cast(database: Database, at: Table, poll_id: str, choices: str) -> None:
    """One letter for each of the six; ``-`` keeps silent."""
    for who, choice in zip(SIX, choices, strict=True):
        if choice != "-":
            casts(database, at, poll_id, who, choice)


def closes(database: Database, at: Table, poll_id: str) -> PollRow:
    close_poll(database, at["yorozu"], ClosePoll(op_id=op(), poll_id=poll_id))
    return poll(database, poll_id)


def decides(database: Database, at: Table, poll_id: str, choice: str, who: str = "yorozu") -> None:
    command = DecideTie(op_id=op(), poll_id=poll_id, choice=choice, reason="会場の都合")
    decide_tie(database, at[who], command)


def poll(database: Database, poll_id: str) -> PollRow:
    with database.read() as desk:
        return desk.session.get_one(PollRow, poll_id)
