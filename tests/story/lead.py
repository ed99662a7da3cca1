"""Naming who should lead, in silence: two turns, each revealed together."""

from collections.abc import Callable, Iterator
from typing import Any

from app.services.commands import Done
from tests.cast import Cast, Step
from tests.gap_record import gap_of


def with_capacity(c: Cast) -> Iterator[Step]:
    """Said once for all tables, and said again: the second time it is the one that holds."""

    def says(state: str, note: str) -> Callable[[], Done]:
        return lambda: c.does("cga", "state_capacity", state=state, note=note)

    yield "say open", says("open", "年内に面談できます")
    yield "say waiting", says("waiting", "年明けに面談できます")


def with_reminders(c: Cast) -> Iterator[Step]:
    """Each for themselves alone."""
    yield "want no mail", lambda: c.does("bank", "choose_reminders", by_mail=False)
    yield (
        "want mail in English",
        lambda: c.does("bank", "choose_reminders", by_mail=True, language="en"),
    )


def with_nobody(c: Cast, a: dict[str, str], i: dict[str, str]) -> Iterator[Step]:
    """Nobody takes it; the gap changes hands, and in the end somebody is found after all."""

    def do(who: str, command: str, **body: Any) -> Callable[[], Done]:
        return lambda: c.does(who, command, gap_id=i["gap"], **body)

    later = {"next_date": "2026-12-22"} | gap_of(a["cga"])
    yield (
        "nobody takes it",
        lambda: c.does("yorozu", "declare_no_taker", "gap", item_id=i["item"], **later),
    )
    over = {"owner_id": a["council"], "owner_person": "高橋 誠", "due": "2026-12-25"}
    yield "hand the gap over", do("cga", "move_gap", **over, reason="体制を協議会で整えるため")
    found = {"outcome": "taken", "text": "よろず支援拠点が体制を整えた"}
    yield "settle the gap", do("council", "settle_gap", **found)


def with_nominations(c: Cast, a: dict[str, str], i: dict[str, str]) -> Iterator[Step]:
    def do(who: str, command: str, **body: Any) -> Callable[[], Done]:
        return lambda: c.does(who, command, item_id=i["item"], **body)

    role = {"role": "採算の見直しと、各機関の支援の取りまとめ"}
    yield "ask for nominations", do("yorozu", "open_nominations", **role)
    nobody = {"nominee_id": "nobody", "reason": "体制の見通しが立たないため"}
    words = {"nominee_id": a["yorozu"], "reason": "採算の見直しが先"}
    yield "nominate", do("bank", "nominate_lead", **words)
    for who in ("cga", "chamber"):
        yield f"{who} nominates nobody", do(who, "nominate_lead", **nobody)
    yield "nominate anew", do("bank", "nominate_lead", **nobody)
    yield "reveal nominations", do("yorozu", "reveal_nominations")
    yield from with_nobody(c, a, i)
    yield "ask once more", do("yorozu", "open_nominations", **role)
    yield "think again", do("bank", "nominate_lead", **words)
    yield "reveal once more", do("yorozu", "reveal_nominations")
