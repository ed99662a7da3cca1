"""The picture of the ballots of a room; before one closes only who has answered is in it."""

from typing import Any

from app.store import polls
from app.store.tables.polls import PollRow
from app.store.unit_of_work import Desk

Picture = dict[str, Any]


def polls_at(desk: Desk, room_id: str) -> list[Picture]:
    return [_poll(desk, row) for row in polls.polls_in(desk.session, room_id)]


def _poll(desk: Desk, row: PollRow) -> Picture:
    rule = polls.rule_of(row)
    return {
        "id": row.id,
        "number": row.number,
        "kind": row.kind,
        "question": row.question,
        "options": row.options,
        "rule": rule.as_mapping(),
        "rule_digest": row.rule_digest,
        "seats": row.seats,
        "earlier_id": row.earlier_id,
        "because": row.because,
        "state": row.state,
        "opened_by": row.opened_by,
        "answered": polls.answered(desk.session, row),
        "votes": _votes(desk, row),
        "receipts": {} if row.closing is None else _of_each(row.closing, "receipt"),
        "result": row.result,
        "closed_by": row.closed_by,
        "decided": row.decided,
    }


def _votes(desk: Desk, row: PollRow) -> Picture:
    """Agency → choice, as far as the journal has told it."""
    if row.closing is not None:
        return _of_each(row.closing, "choice")
    rule = polls.rule_of(row)
    if rule.secret or rule.blind:
        return {}
    return {vote.agency_id: vote.choice for vote in polls.votes_on(desk.session, row.id)}


def _of_each(closing: Picture, part: str) -> Picture:
    return {agency_id: vote[part] for agency_id, vote in closing["votes"].items()}
