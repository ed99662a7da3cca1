"""Naming who should lead, in silence: two turns, each revealed together."""

from collections.abc import Callable, Iterator
from typing import Any

from app.services.commands import Done
from tests.cast import Cast, Step


def with_capacity(c: Cast) -> Iterator[Step]:
    """Said once for all tables, and said again: the second time it is the one that holds."""

    def says(state: str, note: str) -> Callable[[], Done]:
        return lambda: c.does("cga", "state_capacity", state=state, note=note)

    yield "say open", says("open", "年内に面談できます")
    yield "say waiting", says("waiting", "年明けに面談できます")


def with_nominations(c: Cast, a: dict[str, str], i: dict[str, str]) -> Iterator[Step]:
    def do(who: str, command: str, **body: Any) -> Callable[[], Done]:
        return lambda: c.does(who, command, item_id=i["item"], **body)

    role = {"role": "採算の見直しと、各機関の支援の取りまとめ"}
    yield "ask for nominations", do("yorozu", "open_nominations", **role)
    words = {"nominee_id": a["yorozu"], "reason": "採算の見直しが先"}
    yield "nominate", do("bank", "nominate_lead", **words)
    yield "nominate too", do("cga", "nominate_lead", **words)
    nobody = {"nominee_id": "nobody", "reason": "体制の見通しが立たないため"}
    yield "nominate nobody", do("chamber", "nominate_lead", **nobody)
    again = {"nominee_id": a["council"], "reason": "やはり調整が先"}
    yield "nominate anew", do("bank", "nominate_lead", **again)
    yield "reveal nominations", do("yorozu", "reveal_nominations")
    yield "ask once more", do("yorozu", "open_nominations", **role)
    yield "think again", do("bank", "nominate_lead", **words)
    yield "reveal once more", do("yorozu", "reveal_nominations")
