"""Ballots as minutes tell them: what came of each that was closed; of secret ones only counts."""

from typing import Any

from app.domain.ballot import Outcome
from app.domain.choosing import OUTCOME_LABELS, POLL_KIND_LABELS, PollKind, PollState
from app.domain.minutes import Ballot, Choice
from app.queries.room_polls import lines_of
from app.store.pictures.polls import polls_at
from app.store.unit_of_work import Desk

Picture = dict[str, Any]


def ballots_in(desk: Desk, room_id: str) -> tuple[Ballot, ...]:
    """Of a conference's own room, or of an item's that the reader has in hand."""
    told = polls_at(desk, room_id)
    return tuple(_ballot(one) for one in told if one["state"] == PollState.CLOSED)


def _ballot(told: Picture) -> Ballot:
    """What a secret ballot lacked would name those who voted or did not: it is not told."""
    choices = {
        line.key: Choice(line.text, line.is_word, line.day, line.rest, line.number, line.is_chosen)
        for line in lines_of(told)
    }
    result, decided = told["result"] or {}, told["decided"]
    is_secret = bool(told["rule"]["secret"])
    chosen = decided["chosen"] if decided else result.get("chosen")
    outcome = result.get("outcome")
    return Ballot(
        number=told["number"],
        kind=POLL_KIND_LABELS[PollKind(told["kind"])],
        question=told["question"],
        because=told["because"],
        is_secret=is_secret,
        outcome=OUTCOME_LABELS[Outcome(outcome)] if outcome else "",
        chosen=choices.get(chosen) if chosen else None,
        by_chair=decided is not None,
        chair_reason=decided["reason"] if decided else "",
        reasons=() if is_secret else (*result.get("reasons", ()), *result.get("missing", ())),
        choices=tuple(choices.values()) if result.get("counts") else (),
        answered=len(told["answered"]),
        asked=len(told["seats"]),
        votes=() if is_secret else _votes(told, choices),
    )


def _votes(told: Picture, choices: dict[str, Choice]) -> tuple[tuple[str, Choice | None], ...]:
    return tuple(
        (seat["name"], choices.get(told["votes"].get(seat["agency_id"], "")))
        for seat in told["seats"]
    )
