"""会議の進み方: states of a conference, its agenda items, seats and replies."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.confidentiality import CURRENT_VERSION
from app.domain.errors import StateForbids
from app.domain.sentences import _


class ConferenceStatus(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


CONFERENCE_STATUS_LABELS = {
    ConferenceStatus.PLANNED: _("予定"),
    ConferenceStatus.OPEN: _("開催中"),
    ConferenceStatus.CLOSED: _("終了"),
    ConferenceStatus.CANCELLED: _("中止"),
}


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
    """Rules of a kind of conference, pinned to each conference when it is planned."""

    quorum: int = 2
    consent_required: bool = True
    allow_provisional: bool = True
    slot_minutes: int = 20
    confidentiality_version: int | None = CURRENT_VERSION

    def as_mapping(self) -> dict[str, int | bool | None]:
        return {
            "quorum": self.quorum,
            "consent_required": self.consent_required,
            "allow_provisional": self.allow_provisional,
            "slot_minutes": self.slot_minutes,
            "confidentiality_version": self.confidentiality_version,
        }


def require_open(status: ConferenceStatus) -> None:
    if status is not ConferenceStatus.OPEN:
        raise StateForbids(
            _("会議は「{status}」のため、この操作はできません。"),
            status=CONFERENCE_STATUS_LABELS[status],
        )


def require_running(status: ItemStatus) -> None:
    if status is not ItemStatus.RUNNING:
        raise StateForbids(_("この議題は進行中ではありません。"))
