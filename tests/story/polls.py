"""Ballots at the conference and at an item: in secret, blind, open, and equals decided."""

from collections.abc import Callable, Iterator
from typing import Any

from app.services.commands import Done
from tests.cast import Cast, Step

SIX = ("bank", "cga", "yorozu", "council", "succession", "chamber")


def with_ballots(c: Cast, i: dict[str, str]) -> Iterator[Step]:
    """While the item runs; everything is closed again at the end."""

    def do(who: str, command: str, keep: str | None = None, **body: Any) -> Callable[[], Done]:
        return lambda: c.does(
            who, command, keep, **{k: v() if callable(v) else v for k, v in body.items()}
        )

    here = {"conference_id": lambda: i["conference"]}
    poll = lambda: i["poll"]  # noqa: E731  # read when the step runs, not when it is told
    at_item = lambda: i["item_poll"]  # noqa: E731
    secret: dict[str, Any] = {
        "kind": "other",
        "question": "次回の担当はどちらがよいですか",
        "options": [{"text": "東部"}, {"text": "西部"}],
        "method": "plurality",
        "secret": True,
    }
    yield "open a secret ballot", do("yorozu", "open_poll", "poll", **here, **secret)
    for n, who in enumerate(SIX):
        yield f"{who} votes", do(who, "cast_vote", poll_id=poll, choice=str(1 + n % 2))
    yield "count the secret ballot", do("yorozu", "close_poll", poll_id=poll)
    again: dict[str, Any] = {
        "kind": "date",
        "question": "次回の日程",
        "options": [{"day": "2026-12-15", "time": "14:00"}, {"day": "2026-12-16"}],
        "method": "plurality",
        "tie": "chair",
        "earlier_id": poll,
        "because": "同数だったため",
    }
    yield "ask for a day", do("yorozu", "open_poll", "poll", **here, **again)
    for who, choice in zip(SIX, "112211", strict=True):
        yield f"{who} chooses", do(who, "cast_vote", poll_id=poll, choice=choice)
    yield "the chamber changes its mind", do("chamber", "cast_vote", poll_id=poll, choice="2")
    yield "close the days", do("yorozu", "close_poll", poll_id=poll)
    chosen: dict[str, Any] = {"choice": "1", "reason": "会場の都合"}
    yield "the chair decides the day", do("yorozu", "decide_tie", poll_id=poll, **chosen)
    item = {"item_id": lambda: i["item"]}
    openly: dict[str, Any] = {
        "kind": "other",
        "question": "この方針で進めてよいか",
        "method": "majority",
        "tie": "chair",
        "blind": False,
    }
    yield "ask at the item", do("yorozu", "open_poll", "item_poll", **here, **item, **openly)
    for who, choice in (("bank", "agree"), ("cga", "object"), ("bank", "abstain")):
        yield f"{who} says {choice}", do(who, "cast_vote", poll_id=at_item, choice=choice)
    for who, choice in zip(SIX, ("agree", "agree", "agree", *["object"] * 3), strict=True):
        yield (
            f"{who} says {choice} in the end",
            do(who, "cast_vote", poll_id=at_item, choice=choice),
        )
    yield "close it at the item", do("yorozu", "close_poll", poll_id=at_item)
    so: dict[str, Any] = {"choice": "agree", "reason": "条件を付けて進める"}
    yield "the chair decides it", do("yorozu", "decide_tie", poll_id=at_item, **so)
