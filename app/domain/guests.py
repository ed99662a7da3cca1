"""事業者ゲスト: the firm's owner at the own agenda item, by a link that works once.

The link is given for one item and dies with it. The guest sees the layer shared with the firm
(``firm_layer``), corrects facts and states a preference; it has no seat, no stance and no vote.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.conference import LIVE, ConferenceStatus, ItemStatus
from app.domain.errors import Refused, StateForbids
from app.domain.item_course import ItemStep
from app.domain.sentences import _

# How long after its planned end a conference that runs late still lets the guest stay.
GRACE = timedelta(hours=4)


class InvitationState(StrEnum):
    """``sent`` is a link not yet used; both of the first two are live."""

    SENT = "sent"
    ENTERED = "entered"
    REPLACED = "replaced"  # a newer link was made for the same guest
    REVOKED = "revoked"


LIVE_STATES = frozenset({InvitationState.SENT, InvitationState.ENTERED})
INVITATION_STATE_LABELS = {
    InvitationState.SENT: _("ご案内済み（まだ開かれていません）"),
    InvitationState.ENTERED: _("入室済み"),
    InvitationState.REPLACED: _("新しいリンクに置き換え"),
    InvitationState.REVOKED: _("取消し"),
}


class CorrectionState(StrEnum):
    """What became of a fact the guest wants put right."""

    WAITING = "waiting"
    TAKEN = "taken"
    SET_ASIDE = "set_aside"


CORRECTION_STATE_LABELS = {
    CorrectionState.WAITING: _("確認をお待ちください"),
    CorrectionState.TAKEN: _("反映しました"),
    CorrectionState.SET_ASIDE: _("見送りました"),
}


class Ending(StrEnum):
    """Why a guest sees nothing any more."""

    ITEM_OVER = "item_over"
    CONFERENCE_OVER = "conference_over"
    REVOKED = "revoked"
    CONSENT_OVER = "consent_over"
    TIME_UP = "time_up"
    LEFT = "left"


ENDING_SENTENCES = {
    Ending.ITEM_OVER: _("話し合いが終わりました。ご参加ありがとうございました。"),
    Ending.CONFERENCE_OVER: _("会議が終わりました。ご参加ありがとうございました。"),
    Ending.REVOKED: _("このご案内は、会議の事務局が取り消しました。"),
    Ending.CONSENT_OVER: _("情報提供の同意が終わったため、この画面は閉じました。"),
    Ending.TIME_UP: _("ご案内の有効時間が過ぎたため、この画面は閉じました。"),
    Ending.LEFT: _("この画面を閉じました。ご参加ありがとうございました。"),
}


_STEP_SENTENCES = {
    ItemStep.EXPLANATION: _("いま、ご相談の内容をみんなで確認しています。"),
    ItemStep.QUESTIONS: _("いま、各機関が質問や確認をしています。"),
    ItemStep.MENU: _("いま、どのような支援ができるかを出し合っています。"),
    ItemStep.LEAD: _("いま、支援の中心になる機関を話し合っています。"),
    ItemStep.TASKS: _("いま、次にどの機関が何をするかを決めています。"),
}


def happening(conference: ConferenceStatus, item: ItemStatus, step: ItemStep | None) -> str:
    """What goes on at the table, as one says it to somebody who does not know the procedure."""
    if conference is ConferenceStatus.PAUSED:
        return _("ただいま休憩中です。再開まで、しばらくお待ちください。")
    if item is ItemStatus.RUNNING:
        return _STEP_SENTENCES[step or ItemStep.EXPLANATION]
    if conference is ConferenceStatus.PLANNED:
        return _("会議はまだ始まっていません。始まると、この画面でお知らせします。")
    return _("いまは別の話し合いをしています。順番が来ると、この画面でお知らせします。")


class GuestOver(Refused):
    """The guest's part is over; nothing of the case is told any more."""

    code = "guest_over"
    remedy = _(
        "今後の連絡は、紹介元の金融機関または事務局から差し上げます。ご不明な点はお問い合わせください。"
    )

    def __init__(self, ending: Ending) -> None:
        super().__init__(ENDING_SENTENCES[ending])
        self.ending = ending


class GuestStatementUnaccepted(Refused):
    """Like everybody else a guest first confirms how to keep what it is told."""

    code = "guest_statement_unaccepted"
    remedy = _("画面を読み込み直し、表示された文面を読んで［確認しました］を押してください。")

    def __init__(self) -> None:
        super().__init__(_("お願い事項の確認が済んでいません。"))


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything on which it depends whether a guest is still let in."""

    state: InvitationState
    item: ItemStatus
    conference: ConferenceStatus
    consent_is_live: bool
    expires_at: datetime


def ending_of(at: Situation, now: datetime) -> Ending | None:
    """The first reason that holds; None while the guest is welcome."""
    if at.state not in LIVE_STATES:
        return Ending.REVOKED
    if not at.consent_is_live:
        return Ending.CONSENT_OVER
    if at.item is ItemStatus.DONE:
        return Ending.ITEM_OVER
    if at.conference not in LIVE:
        return Ending.CONFERENCE_OVER
    if now >= at.expires_at:
        return Ending.TIME_UP
    return None


def expiry(starts_at: datetime, minutes: int, now: datetime) -> datetime:
    """A while after the planned end, or after now where the conference runs late."""
    return max(starts_at + timedelta(minutes=minutes), now) + GRACE


def require_invitable(at: Situation, *, is_case: bool, now: datetime) -> None:
    """Only for an item that names a firm under a consent in force, and is not over."""
    if not is_case:
        raise StateForbids(_("事業者の方をお招きできるのは、企業名を示した案件の議題だけです。"))
    match ending_of(at, now):
        case Ending.CONSENT_OVER:
            raise StateForbids(
                _("同意が有効ではないため、事業者の方をお招きできません。"),
                remedy=_("同意の期間を確認し、必要なら新しい同意を登録してください。"),
            )
        case None:
            return
        case _other:
            raise StateForbids(_("この議題は終わっているため、事業者の方をお招きできません。"))


def require_waiting(state: CorrectionState) -> None:
    if state is not CorrectionState.WAITING:
        raise StateForbids(_("この訂正には、すでに回答済みです。"))
