"""利益相反: agencies are asked, leave an item, are taken out of it, and come back."""

from collections.abc import Callable, Iterator
from typing import Any

from app.services.commands import Done
from tests.cast import Cast, Step


def with_an_interest(c: Cast, a: dict[str, str], i: dict[str, str]) -> Iterator[Step]:
    """Before any question is put to the table: the chamber is asked twice, and leaves."""
    do = _doing(c, i)
    asked = {"agency_id": a["chamber"], "reason": "取引先に競合する会員はいませんか"}
    yield "ask the chamber", do("cga", "suggest_recusal", **asked)
    yield "the chamber denies it", do("chamber", "deny_recusal", reason="該当する会員はいません")
    yield "ask the chamber again", do("yorozu", "suggest_recusal", **asked)
    yield "the chamber leaves", do("chamber", "declare_recusal", reason="会員に競合する企業がある")
    back = {"agency_id": a["chamber"], "reason": "別の企業と取り違えていた"}
    yield "the chamber comes back", do("yorozu", "lift_recusal", **back)


def while_it_is_asked(c: Cast, a: dict[str, str], i: dict[str, str]) -> Iterator[Step]:
    """While every seat is asked: one that leaves is missed no longer, and asked again after."""
    do = _doing(c, i)
    pinned = {"agency_id": a["succession"], "reason": "承継先の候補と契約がある"}
    yield "take the succession centre out", do("yorozu", "pin_recusal", **pinned)
    back = {"agency_id": a["succession"], "reason": "契約は終わっていた"}
    yield "let the succession centre back in", do("yorozu", "lift_recusal", **back)


def _doing(c: Cast, i: dict[str, str]) -> Callable[..., Callable[[], Done]]:
    def do(who: str, command: str, **body: Any) -> Callable[[], Done]:
        return lambda: c.does(who, command, item_id=i["item"], **body)

    return do
