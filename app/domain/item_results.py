"""議題の結果: how an item leaves the table, who answers for it, and what that still lacks."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.conference import ItemKind, ItemStatus
from app.domain.sentences import _
from app.domain.text import Sentence, listed


class ItemResult(StrEnum):
    """A case is decided, goes on, or is withdrawn; other items were held or passed over."""

    DECIDED = "decided"
    PROVISIONAL = "provisional"
    CONTINUED = "continued"
    WITHDRAWN = "withdrawn"
    HELD = "held"
    PASSED_OVER = "passed_over"


ITEM_RESULT_LABELS = {
    ItemResult.DECIDED: _("決定"),
    ItemResult.PROVISIONAL: _("仮決定"),
    ItemResult.CONTINUED: _("継続"),
    ItemResult.WITHDRAWN: _("取下げ"),
    ItemResult.HELD: _("終了"),
    ItemResult.PASSED_OVER: _("見送り"),
}
OF_CASES = frozenset(
    {ItemResult.DECIDED, ItemResult.PROVISIONAL, ItemResult.CONTINUED, ItemResult.WITHDRAWN}
)
# What goes on says when, or at which conference.
GOES_ON = frozenset({ItemResult.PROVISIONAL, ItemResult.CONTINUED})


@dataclass(frozen=True, slots=True)
class Settled:
    """How an item ended: the agency (and person) that answers for what follows.

    For 取下げ that is the agency that withdrew; ``reason`` says why.
    """

    result: ItemResult
    owner_agency_id: str | None = None
    owner_person: str = ""
    reason: str = ""
    next_date: date | None = None
    next_conference_id: str | None = None


def lacks(kind: ItemKind, status: ItemStatus, settled: Settled | None) -> tuple[str, ...]:
    """What the item still needs before its conference may close, in words; nothing if settled."""
    if status is not ItemStatus.DONE or settled is None:
        if kind is ItemKind.CASE:
            return (Sentence(_("結果（決定・継続・取下げ）")),)
        return (Sentence(_("終了または見送り")),)
    found = []
    goes_on = settled.result in GOES_ON
    if (kind is ItemKind.CASE or goes_on) and settled.owner_agency_id is None:
        found.append(Sentence(_("担当機関")))
    if goes_on and settled.next_date is None and settled.next_conference_id is None:
        found.append(Sentence(_("次に協議する日または会議")))
    if settled.result is ItemResult.WITHDRAWN and not settled.reason:
        found.append(Sentence(_("取下げの理由")))
    return tuple(found)


def told_lack(position: int, lacking: tuple[str, ...]) -> Sentence:
    """議題2（担当機関、次に協議する日または会議）"""
    return Sentence(_("議題{number}（{lacking}）"), number=position, lacking=listed(lacking))
