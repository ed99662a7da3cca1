"""利益相反: who may take an agency out of a case's agenda item, who brings it back, and when.

That an agency lends to the firm as others do is no conflict: the records hold nothing from which
the product could tell one, so it suggests none by itself. Chair and secretariat ask (確認の求め),
the agency answers; the agency declares (申出), or the chair decides (議長の判断) and says why.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.conference import ConferenceStatus, ItemStatus
from app.domain.errors import StateForbids
from app.domain.sentences import _


class Origin(StrEnum):
    """How a recusal came about; ``carried``: the case came to another table with it."""

    SUGGESTED = "suggested"
    DECLARED = "declared"
    PINNED = "pinned"
    CARRIED = "carried"


ORIGIN_LABELS = {
    Origin.SUGGESTED: _("確認の求め"),
    Origin.DECLARED: _("機関の申出"),
    Origin.PINNED: _("議長の判断"),
    Origin.CARRIED: _("前回の会議から継続"),
}


class RecusalState(StrEnum):
    """A suggestion is open until the agency denies it, or follows it, or the chair decides."""

    SUGGESTED = "suggested"
    DENIED = "denied"
    FOLLOWED = "followed"
    STANDING = "standing"
    LIFTED = "lifted"


RECUSAL_STATE_LABELS = {
    RecusalState.SUGGESTED: _("回答待ち"),
    RecusalState.DENIED: _("該当しないと回答"),
    RecusalState.FOLLOWED: _("退席となりました"),
    RecusalState.STANDING: _("退席（利益相反）"),
    RecusalState.LIFTED: _("取消し"),
}
OPEN_STATES = frozenset({RecusalState.SUGGESTED, RecusalState.STANDING})


@dataclass(frozen=True, slots=True)
class Situation:
    """An agency at an item; ``state`` is that of its newest recusal there, if any."""

    is_case: bool
    conference: ConferenceStatus
    item: ItemStatus
    agency_id: str
    chair_id: str
    state: RecusalState | None

    @property
    def is_out(self) -> bool:
        return self.state is RecusalState.STANDING

    @property
    def chairs(self) -> bool:
        return self.agency_id == self.chair_id


def require_declarable(at: Situation) -> None:
    """While an item runs its chair must see it, so the chair is handed over before it leaves.

    Before the item begins it may leave at once; the item then waits for another chair.
    """
    _require_under_way(at)
    if at.chairs and at.item is ItemStatus.RUNNING:
        raise StateForbids(
            _("議長の機関は、議長を交代してから申し出てください。"),
            remedy=_("「議長を交代する」でほかの機関に議長を引き継ぎ、もう一度申し出てください。"),
        )


def require_suggestible(at: Situation, own_agency_id: str) -> None:
    _require_under_way(at)
    _require_still_in(at)
    if at.agency_id == own_agency_id:
        raise StateForbids(_("自機関については、確認を求めずに申し出てください。"))
    if at.state is RecusalState.SUGGESTED:
        raise StateForbids(_("この機関には、すでに確認を求めています。回答をお待ちください。"))


def require_deniable(at: Situation) -> None:
    _require_under_way(at)
    if at.state is not RecusalState.SUGGESTED:
        raise StateForbids(_("回答を待っている確認はありません。"))


def require_pinnable(at: Situation) -> None:
    _require_under_way(at)
    _require_still_in(at)
    if at.chairs:
        raise StateForbids(
            _("議長の機関を退席とするには、先に議長を交代してください。"),
            remedy=_("交代したあとの議長が判断するか、交代した機関が申し出てください。"),
        )


def require_liftable(at: Situation) -> None:
    """A mistake can be set right at any time, also after the conference."""
    if not at.is_out:
        raise StateForbids(_("この機関は、退席（利益相反）となっていません。"))


def require_chair_stays(position: int, *, is_out: bool) -> None:
    """An item is chaired by an agency that takes part in it."""
    if is_out:
        raise StateForbids(
            _("議題{number}では議長の機関が退席（利益相反）のため、進行できません。"),
            remedy=_("この議題に参加する機関に議長を交代してから進めてください。"),
            number=position,
        )


def _require_under_way(at: Situation) -> None:
    if not at.is_case:
        raise StateForbids(_("利益相反の扱いは、案件の議題でだけ決められます。"))
    over = at.conference in {ConferenceStatus.CLOSED, ConferenceStatus.CANCELLED}
    if over or at.item is ItemStatus.DONE:
        raise StateForbids(_("この議題は終わっているため、退席の扱いは変えられません。"))


def _require_still_in(at: Situation) -> None:
    if at.is_out:
        raise StateForbids(_("この機関は、すでに退席（利益相反）となっています。"))
