"""案件の状態: the states of a support case and who may move it (domain dictionary, 3.1)."""

from enum import StrEnum

from app.domain.errors import StateForbids
from app.domain.sentences import _


class CaseStatus(StrEnum):
    DETECTED = "detected"
    CONSENT_PENDING = "consent_pending"
    CONSENTED = "consented"
    REFERRED = "referred"
    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    IN_CONFERENCE = "in_conference"
    PROVISIONAL = "provisional"
    LEAD_DECIDED = "lead_decided"
    PLANNING = "planning"
    PLAN_AGREED = "plan_agreed"
    EXECUTING = "executing"
    MONITORING = "monitoring"
    CLOSED = "closed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    SUSPENDED = "suspended"


CASE_STATUS_LABELS = {
    CaseStatus.DETECTED: _("予兆検知"),
    CaseStatus.CONSENT_PENDING: _("同意取得中"),
    CaseStatus.CONSENTED: _("同意済"),
    CaseStatus.REFERRED: _("紹介済"),
    CaseStatus.ACCEPTED: _("受付"),
    CaseStatus.SCHEDULED: _("付議予定"),
    CaseStatus.IN_CONFERENCE: _("協議中"),
    CaseStatus.PROVISIONAL: _("仮決定（持ち帰り）"),
    CaseStatus.LEAD_DECIDED: _("主担当決定"),
    CaseStatus.PLANNING: _("計画策定中"),
    CaseStatus.PLAN_AGREED: _("計画合意"),
    CaseStatus.EXECUTING: _("支援実行中"),
    CaseStatus.MONITORING: _("モニタリング中"),
    CaseStatus.CLOSED: _("終結"),
    CaseStatus.RETURNED: _("差戻し"),
    CaseStatus.WITHDRAWN: _("取下げ"),
    CaseStatus.SUSPENDED: _("休止"),
}

_S = CaseStatus
MOVES: dict[CaseStatus, frozenset[CaseStatus]] = {
    _S.DETECTED: frozenset({_S.CONSENT_PENDING, _S.CONSENTED}),
    _S.CONSENT_PENDING: frozenset({_S.CONSENTED}),
    _S.CONSENTED: frozenset({_S.REFERRED}),
    _S.REFERRED: frozenset({_S.ACCEPTED, _S.RETURNED}),
    _S.RETURNED: frozenset({_S.REFERRED}),
    # Straight to the table only where it still sits: what was to be continued is asked again.
    _S.ACCEPTED: frozenset({_S.SCHEDULED, _S.IN_CONFERENCE}),
    _S.SCHEDULED: frozenset({_S.IN_CONFERENCE, _S.ACCEPTED}),
    # Back to scheduled: 後回し, the item waits again at the same table.
    _S.IN_CONFERENCE: frozenset({_S.LEAD_DECIDED, _S.PROVISIONAL, _S.ACCEPTED, _S.SCHEDULED}),
    _S.PROVISIONAL: frozenset({_S.LEAD_DECIDED, _S.ACCEPTED}),
    _S.LEAD_DECIDED: frozenset({_S.PLANNING}),
    _S.PLANNING: frozenset({_S.PLAN_AGREED}),
    _S.PLAN_AGREED: frozenset({_S.EXECUTING, _S.PLANNING}),
    _S.EXECUTING: frozenset({_S.MONITORING, _S.PLANNING}),
    _S.MONITORING: frozenset({_S.EXECUTING, _S.LEAD_DECIDED, _S.CLOSED, _S.PLANNING}),
    _S.CLOSED: frozenset(),
    _S.WITHDRAWN: frozenset(),
    _S.SUSPENDED: frozenset(),
}
ENDED = frozenset({_S.CLOSED, _S.WITHDRAWN})
# The bar on the case page shows these; the finer states fall under the one before them.
STAGES: tuple[tuple[str, frozenset[CaseStatus]], ...] = (
    (_("同意"), frozenset({_S.DETECTED, _S.CONSENT_PENDING, _S.CONSENTED})),
    (_("紹介"), frozenset({_S.REFERRED, _S.RETURNED})),
    (_("受付"), frozenset({_S.ACCEPTED})),
    (_("会議"), frozenset({_S.SCHEDULED, _S.IN_CONFERENCE, _S.PROVISIONAL})),
    (_("計画"), frozenset({_S.LEAD_DECIDED, _S.PLANNING, _S.PLAN_AGREED})),
    (_("実行"), frozenset({_S.EXECUTING})),
    (_("モニタリング"), frozenset({_S.MONITORING})),
    (_("終結"), frozenset({_S.CLOSED, _S.WITHDRAWN})),
)


def may_move(frm: CaseStatus, to: CaseStatus) -> bool:
    """Any live case may also be withdrawn, or suspended when its consent ends."""
    if to in {CaseStatus.WITHDRAWN, CaseStatus.SUSPENDED}:
        return frm not in ENDED and frm is not to
    return to in MOVES[frm]


def move(frm: CaseStatus, to: CaseStatus) -> CaseStatus:
    """The new state, or a refusal naming the present one."""
    if not may_move(frm, to):
        raise StateForbids(
            _("案件は現在「{frm}」のため、「{to}」にできません。"),
            frm=CASE_STATUS_LABELS[frm],
            to=CASE_STATUS_LABELS[to],
        )
    return to


def stage_of(status: CaseStatus, before_suspension: CaseStatus | None = None) -> int:
    """Index into STAGES; a suspended case shows the stage it stood in."""
    shown = before_suspension if status is CaseStatus.SUSPENDED and before_suspension else status
    return next((i for i, (_label, members) in enumerate(STAGES) if shown in members), 0)
