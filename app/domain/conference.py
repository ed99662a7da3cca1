"""会議の進み方: states of a conference, its agenda items, seats and replies."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.confidentiality import CURRENT_VERSION
from app.domain.decision_rules import Method
from app.domain.errors import StateForbids
from app.domain.sentences import _


class ConferenceStatus(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    CANCELLED = "cancelled"


CONFERENCE_STATUS_LABELS = {
    ConferenceStatus.PLANNED: _("予定"),
    ConferenceStatus.OPEN: _("開催中"),
    ConferenceStatus.PAUSED: _("休憩中"),
    ConferenceStatus.CLOSED: _("終了"),
    ConferenceStatus.CANCELLED: _("中止"),
}
# The table has been opened and not closed again; during a break (休憩・中断) it rests.
UNDER_WAY = frozenset({ConferenceStatus.OPEN, ConferenceStatus.PAUSED})
LIVE = UNDER_WAY | {ConferenceStatus.PLANNED}


class ItemStatus(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"


class ItemKind(StrEnum):
    CASE = "case"
    REPORT = "report"
    EXCHANGE = "exchange"


ITEM_KIND_LABELS = {
    ItemKind.CASE: _("案件協議"),
    ItemKind.REPORT: _("報告"),
    ItemKind.EXCHANGE: _("意見交換"),
}


class SeatRole(StrEnum):
    MEMBER = "member"
    OBSERVER = "observer"


class Reply(StrEnum):
    """出欠: the reply of an agency, not of a person."""

    WAITING = "waiting"
    ATTEND = "attend"
    SUBSTITUTE = "substitute"
    WRITTEN = "written"
    ABSENT = "absent"


REPLY_LABELS = {
    Reply.WAITING: _("未回答"),
    Reply.ATTEND: _("出席"),
    Reply.SUBSTITUTE: _("代理出席"),
    Reply.WRITTEN: _("書面参加"),
    Reply.ABSENT: _("欠席"),
}


class OutcomeKind(StrEnum):
    """What was said becomes a typed outcome while the item runs."""

    INFORMATION = "information"
    DECISION = "decision"
    TASK = "task"
    CONDITION = "condition"
    OBJECTION = "objection"
    CONTINUATION = "continuation"


OUTCOME_KIND_LABELS = {
    OutcomeKind.INFORMATION: _("情報"),
    OutcomeKind.DECISION: _("決定"),
    OutcomeKind.TASK: _("宿題"),
    OutcomeKind.CONDITION: _("条件"),
    OutcomeKind.OBJECTION: _("異議"),
    OutcomeKind.CONTINUATION: _("継続"),
}


class ReferralStatus(StrEnum):
    SENT = "sent"
    ACCEPTED = "accepted"
    RETURNED = "returned"


REFERRAL_STATUS_LABELS = {
    ReferralStatus.SENT: _("回答待ち"),
    ReferralStatus.ACCEPTED: _("受付"),
    ReferralStatus.RETURNED: _("差戻し"),
}


@dataclass(frozen=True, slots=True)
class Template:
    """Rules of a kind of conference, pinned to each conference when it is planned.

    ``required``: kinds of agency of which one must come; without it, or below the quorum, the
    chair may still open as 事前協議 where ``allow_preliminary`` says so, and nothing is decided.
    ``method`` and ``must_answer`` rule how the lead is chosen (``decision_rules``).
    """

    quorum: int = 2
    consent_required: bool = True
    allow_provisional: bool = True
    slot_minutes: int = 20
    confidentiality_version: int | None = CURRENT_VERSION
    required: tuple[str, ...] = ()
    allow_preliminary: bool = True
    method: Method = Method.CONSENSUS
    must_answer: tuple[str, ...] = ()

    def as_mapping(self) -> dict[str, object]:
        return {
            "quorum": self.quorum,
            "consent_required": self.consent_required,
            "allow_provisional": self.allow_provisional,
            "slot_minutes": self.slot_minutes,
            "confidentiality_version": self.confidentiality_version,
            "required": list(self.required),
            "allow_preliminary": self.allow_preliminary,
            "method": self.method.value,
            "must_answer": list(self.must_answer),
        }


def require_open(status: ConferenceStatus) -> None:
    """During a break the table rests: what needs it waits until the chair goes on."""
    if status is ConferenceStatus.PAUSED:
        raise StateForbids(
            _("会議は休憩中のため、この操作はできません。"),
            remedy=_("会議が再開してから、もう一度操作してください。"),
        )
    if status is not ConferenceStatus.OPEN:
        raise StateForbids(
            _("会議は「{status}」のため、この操作はできません。"),
            status=CONFERENCE_STATUS_LABELS[status],
        )


def require_running(status: ItemStatus) -> None:
    if status is not ItemStatus.RUNNING:
        raise StateForbids(_("この議題は進行中ではありません。"))
