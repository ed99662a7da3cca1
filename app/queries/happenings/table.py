"""What happens around the table itself, in words."""

from datetime import datetime

from app.clock import in_japan
from app.domain.attendance import MODE_LABELS, Mode
from app.domain.conference import REPLY_LABELS, Reply
from app.domain.item_course import ITEM_STEP_LABELS, ItemStep
from app.domain.item_results import ITEM_RESULT_LABELS, ItemResult
from app.domain.sentences import _
from app.domain.text import Sentence
from app.queries.happenings.base import Body, Happening, Names, Tell, Weight


def _clock(at: str) -> str:
    return f"{in_japan(datetime.fromisoformat(at)):%H:%M}"


def _planned(body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("会議を登録しました：{name}"), name=body["name"]))


def _changed(body: Body, _names: Names) -> Happening:
    text = _("会議の予定を変更しました：{name}（{time}開始）")
    return Happening(Sentence(text, name=body["name"], time=_clock(body["starts_at"])))


def _cancelled(body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("会議を中止しました")), body["reason"], Weight.CONFERENCE)


def _invited(body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("参加機関に加えました：{agency}"), agency=body["agency_name"]))


def _sent(_body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("案内を送りました")))


def _replied(body: Body, names: Names) -> Happening:
    reply = Sentence(REPLY_LABELS[Reply(body["reply"])])
    text = Sentence(
        _("{agency}の出欠：{reply}"), agency=names.agency(body["agency_id"]), reply=reply
    )
    return Happening(text, body["attendees"])


def _attendance(body: Body, names: Names) -> Happening:
    mode = Sentence(MODE_LABELS[Mode(body["mode"])])
    text = Sentence(
        _("{agency}の出席を記録しました：{mode}"), agency=names.agency(body["agency_id"]), mode=mode
    )
    return Happening(text, "、".join(one["name"] for one in body["people"]))


def _accepted(body: Body, names: Names) -> Happening:
    return Happening(
        Sentence(
            _("{agency}の方が情報の取扱いを確認しました"), agency=names.agency(body["agency_id"])
        )
    )


def _added(body: Body, names: Names) -> Happening:
    return Happening(
        Sentence(
            _("{item}を加えました（{minutes}分）"),
            item=names.item(body["item_id"]),
            minutes=body["minutes"],
        )
    )


def _reordered(_body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("議題の順序を変えました")))


def _opened(body: Body, names: Names) -> Happening:
    text = _("会議を開始しました（議長：{agency} {name}）")
    if body["preliminary"]:
        text = _("会議を事前協議として開始しました（議長：{agency} {name}）")
    chair = names.agency(body["chair_agency_id"])
    return Happening(
        Sentence(text, agency=chair, name=body["chair_name"]), weight=Weight.CONFERENCE
    )


def _handed_over(body: Body, names: Names) -> Happening:
    return Happening(
        Sentence(
            _("議長を交代しました：{agency} {name}"),
            agency=names.agency(body["chair_agency_id"]),
            name=body["chair_name"],
        )
    )


def _started(body: Body, names: Names) -> Happening:
    text = Sentence(_("{item}を始めました"), item=names.item(body["item_id"]))
    return Happening(text, weight=Weight.ITEM)


def _extended(body: Body, names: Names) -> Happening:
    return Happening(
        Sentence(
            _("{item}を延長しました（{time}まで）"),
            item=names.item(body["item_id"]),
            time=_clock(body["ends_at"]),
        )
    )


def _ended(body: Body, names: Names) -> Happening:
    result = Sentence(ITEM_RESULT_LABELS[ItemResult(body["result"])])
    return Happening(
        Sentence(
            _("{item}を終えました（{result}）"), item=names.item(body["item_id"]), result=result
        )
    )


def _closed(_body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("会議を終了しました")), weight=Weight.CONFERENCE)


def _paused(body: Body, _names: Names) -> Happening:
    text = Sentence(_("休憩に入りました（{time}再開予定）"), time=_clock(body["resumes_at"]))
    return Happening(text, body["reason"], Weight.PAUSE)


def _resumed(_body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("会議を再開しました")), weight=Weight.PAUSE)


def _put_off(body: Body, names: Names) -> Happening:
    return Happening(Sentence(_("{item}を後回しにしました"), item=names.item(body["item_id"])))


def _step(body: Body, names: Names) -> Happening:
    step = Sentence(ITEM_STEP_LABELS[ItemStep(body["step"])])
    text = Sentence(_("{item}の進行：{step}"), item=names.item(body["item_id"]), step=step)
    return Happening(text, weight=Weight.STEP)


def _vacated(body: Body, names: Names) -> Happening:
    return Happening(
        Sentence(
            _("{agency}が{item}から退席しました（利益相反）"),
            agency=names.agency(body["agency_id"]),
            item=names.item(body["item_id"]),
        )
    )


def _retaken(body: Body, names: Names) -> Happening:
    return Happening(
        Sentence(
            _("{agency}が{item}に復席しました"),
            agency=names.agency(body["agency_id"]),
            item=names.item(body["item_id"]),
        )
    )


AT_THE_TABLE: dict[str, Tell] = {
    "conference_planned": _planned,
    "conference_changed": _changed,
    "conference_cancelled": _cancelled,
    "agency_invited": _invited,
    "invitations_sent": _sent,
    "invitation_answered": _replied,
    "attendance_taken": _attendance,
    "confidentiality_accepted": _accepted,
    "item_added": _added,
    "agenda_reordered": _reordered,
    "conference_opened": _opened,
    "chair_handed_over": _handed_over,
    "item_started": _started,
    "item_extended": _extended,
    "item_ended": _ended,
    "conference_closed": _closed,
    "conference_paused": _paused,
    "conference_resumed": _resumed,
    "item_put_off": _put_off,
    "step_taken": _step,
    "seat_vacated": _vacated,
    "seat_retaken": _retaken,
}
