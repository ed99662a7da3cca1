"""信用保証の一生: the states of a guarantee, which may follow which, and its clocks.

The table and the periods are those of the domain dictionary, section 6. A guarantee is not the
loan (a loan has at most one), and 元金据置 is a flag with an end date, not a state.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.errors import StateForbids
from app.domain.sentences import _
from app.domain.text import Sentence


class GuaranteeState(StrEnum):
    """保証の状態."""

    APPLIED = "applied"
    SCREENING = "screening"
    APPROVED = "approved"
    EXPIRED = "expired"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ACTIVE = "active"
    CHANGE_REQUESTED = "change_requested"
    MODIFIED = "modified"
    OVERDUE = "overdue"
    INCIDENT_REPORTED = "incident_reported"
    CLAIM_FILED = "claim_filed"
    EXEMPTED = "exempted"
    SUBROGATED = "subrogated"
    RECOVERING = "recovering"
    EXTINGUISHED = "extinguished"
    WAIVED = "waived"
    WRITTEN_OFF = "written_off"
    RECOVERED = "recovered"
    COMPLETED = "completed"


_S = GuaranteeState

GUARANTEE_STATE_LABELS = {
    _S.APPLIED: _("保証申込・依頼"),
    _S.SCREENING: _("保証審査中"),
    _S.APPROVED: _("保証承諾（信用保証書交付）"),
    _S.EXPIRED: _("失効"),
    _S.DECLINED: _("否決"),
    _S.WITHDRAWN: _("取下げ"),
    _S.ACTIVE: _("融資実行・返済中"),
    _S.CHANGE_REQUESTED: _("条件変更申込中"),
    _S.MODIFIED: _("条件変更後返済中"),
    _S.OVERDUE: _("延滞"),
    _S.INCIDENT_REPORTED: _("事故報告受付"),
    _S.CLAIM_FILED: _("代位弁済請求"),
    _S.EXEMPTED: _("免責"),
    _S.SUBROGATED: _("代位弁済・求償権取得"),
    _S.RECOVERING: _("求償権回収中"),
    _S.EXTINGUISHED: _("求償権消滅保証による消滅"),
    _S.WAIVED: _("求償権放棄"),
    _S.WRITTEN_OFF: _("償却・管理停止"),
    _S.RECOVERED: _("求償権完済"),
    _S.COMPLETED: _("完済"),
}

# Where a claim is taken back (取下げ) the guarantee is again one with a reported incident; where
# only a part is exempted or waived, the rest goes on.
NEXT_STATES: Mapping[GuaranteeState, frozenset[GuaranteeState]] = {
    _S.APPLIED: frozenset({_S.SCREENING, _S.WITHDRAWN}),
    _S.SCREENING: frozenset({_S.APPROVED, _S.DECLINED, _S.WITHDRAWN}),
    _S.APPROVED: frozenset({_S.ACTIVE, _S.EXPIRED, _S.WITHDRAWN}),
    _S.EXPIRED: frozenset(),
    _S.DECLINED: frozenset(),
    _S.WITHDRAWN: frozenset(),
    _S.ACTIVE: frozenset({_S.CHANGE_REQUESTED, _S.OVERDUE, _S.COMPLETED, _S.INCIDENT_REPORTED}),
    _S.CHANGE_REQUESTED: frozenset({_S.MODIFIED, _S.ACTIVE, _S.OVERDUE}),
    _S.MODIFIED: frozenset(
        {_S.CHANGE_REQUESTED, _S.ACTIVE, _S.OVERDUE, _S.INCIDENT_REPORTED, _S.COMPLETED}
    ),
    _S.OVERDUE: frozenset(
        {_S.ACTIVE, _S.MODIFIED, _S.CHANGE_REQUESTED, _S.INCIDENT_REPORTED, _S.COMPLETED}
    ),
    _S.INCIDENT_REPORTED: frozenset({_S.ACTIVE, _S.MODIFIED, _S.CHANGE_REQUESTED, _S.CLAIM_FILED}),
    _S.CLAIM_FILED: frozenset({_S.SUBROGATED, _S.INCIDENT_REPORTED, _S.EXEMPTED}),
    _S.EXEMPTED: frozenset({_S.SUBROGATED}),
    _S.SUBROGATED: frozenset({_S.RECOVERING}),
    _S.RECOVERING: frozenset({_S.RECOVERED, _S.WAIVED, _S.WRITTEN_OFF, _S.EXTINGUISHED}),
    _S.EXTINGUISHED: frozenset(),
    _S.WAIVED: frozenset({_S.RECOVERING}),
    _S.WRITTEN_OFF: frozenset({_S.RECOVERING}),
    _S.RECOVERED: frozenset(),
    _S.COMPLETED: frozenset(),
}


def may_move(frm: GuaranteeState, to: GuaranteeState) -> bool:
    """Say whether one state may follow another directly."""
    return to in NEXT_STATES[frm]


def refuse_illegal_move(frm: GuaranteeState, to: GuaranteeState) -> None:
    """Raise StateForbids for a jump the table does not know (融資実行中から代位弁済へ …)."""
    if not may_move(frm, to):
        raise StateForbids(
            _("「{frm}」から「{to}」へは進めません。"),
            frm=Sentence(GUARANTEE_STATE_LABELS[frm]),
            to=Sentence(GUARANTEE_STATE_LABELS[to]),
        )


def lending_deadline(issued_on: date, *, permitted: bool = False) -> date:
    """Return the last day to lend after 信用保証書: 30 days, 60 by permission. [found: F14 art. 2]

    After it the guarantee expires.
    """
    return issued_on + timedelta(days=60 if permitted else 30)


def change_deadline(approved_on: date) -> date:
    """Return the last day to carry out a change after its 承認書: 30 days. [found: F14 art. 5]"""
    return approved_on + timedelta(days=30)


def cooling_end(final_due: date) -> date:
    """Return the last day of 冷却期間: 90 days after 最終履行期限. [found: F15]

    最終履行期限 includes the loss of 期限の利益. The period may be shorter where the debt is
    clearly uncollectable, which the association judges.
    """
    return final_due + timedelta(days=90)


def claim_deadline(final_due: date) -> date:
    """Return the last day to claim: 2 years after 最終履行期限. [found: F15]

    It is the same day of the calendar, and 28 February for a 29 February: never too late a day.
    """
    try:
        return final_due.replace(year=final_due.year + 2)
    except ValueError:
        return final_due.replace(year=final_due.year + 2, day=28)


@dataclass(frozen=True, slots=True)
class ClaimClocks:
    """The two clocks that decide urgency; both are to be shown together."""

    cooling_end: date
    claim_deadline: date

    @classmethod
    def after(cls, final_due: date) -> "ClaimClocks":
        return cls(cooling_end(final_due), claim_deadline(final_due))

    def may_claim(self, on: date) -> bool:
        """Say whether a claim falls after the cooling period and within the limit."""
        return self.cooling_end < on <= self.claim_deadline
