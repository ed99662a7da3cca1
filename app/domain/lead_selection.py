"""主担当の推薦: each agency names in silence who should lead; all are revealed together."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from app.domain.errors import StateForbids
from app.domain.sentences import _

# After the first reveal everybody may think again once, knowing what the others said.
TURNS = 2


class Nominating(StrEnum):
    OPEN = "open"
    REVEALED = "revealed"


def next_turn(turn: int | None, state: Nominating | None) -> int:
    """The turn that may begin now; ``turn`` and ``state`` are None before the first one."""
    if turn is None:
        return 1
    if state is Nominating.OPEN:
        raise StateForbids(_("推薦を受付中です。公開してから、もう一度受け付けられます。"))
    if turn >= TURNS:
        raise StateForbids(
            _("推薦の変更を受け付けられるのは1回だけです。"),
            remedy=_("討議のうえ、主担当を提案してください。"),
        )
    return turn + 1


def not_begun() -> StateForbids:
    return StateForbids(
        _("推薦の受付はまだ始まっていません。"),
        remedy=_("議長が受付を始めてから、もう一度操作してください。"),
    )


def require_open(state: Nominating) -> None:
    if state is not Nominating.OPEN:
        raise StateForbids(_("推薦はすでに公開されています。"))


def content_of(
    item_id: str, agency_id: str, turn: int, nominee_id: str | None, reason: str
) -> Mapping[str, Any]:
    """What the seal of a nomination stands for; no nominee means: nobody here can lead."""
    return {
        "item_id": item_id,
        "agency_id": agency_id,
        "turn": turn,
        "nominee_id": nominee_id,
        "reason": reason,
    }
