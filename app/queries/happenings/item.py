"""What is said and decided at an agenda item, in words."""

from app.domain.conference import OUTCOME_KIND_LABELS, OutcomeKind
from app.domain.item_results import ITEM_RESULT_LABELS, ItemResult
from app.domain.sentences import _
from app.domain.speaking import SPEECH_KIND_LABELS, SpeechKind
from app.domain.text import Sentence
from app.queries.happenings.base import Body, Happening, Names, Tell


def _said(body: Body, _names: Names) -> Happening:
    text = _("返信しました") if body.get("reply_to") else _("発言を記録しました")
    return Happening(Sentence(text), body["text"])


def _corrected(body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("発言の記録を訂正しました")), body["text"])


def _outcome(body: Body, names: Names) -> Happening:
    kind = Sentence(OUTCOME_KIND_LABELS[OutcomeKind(body["outcome_kind"])])
    if body["agency_id"]:
        text = Sentence(
            _("{kind}を記録しました（担当：{agency}）"),
            kind=kind,
            agency=names.agency(body["agency_id"]),
        )
    else:
        text = Sentence(_("{kind}を記録しました"), kind=kind)
    return Happening(text, body["text"])


def _settled(body: Body, names: Names) -> Happening:
    result = Sentence(ITEM_RESULT_LABELS[ItemResult(body["result"])])
    owner = names.agency(body["owner_agency_id"])
    if not owner:
        return Happening(Sentence(_("議題の結果：{result}"), result=result), body["reason"])
    text = Sentence(_("議題の結果：{result}（担当：{agency}）"), result=result, agency=owner)
    return Happening(text, body["reason"])


def _papers_fixed(_body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("議題の資料を確定しました")))


def _suggested(body: Body, names: Names) -> Happening:
    text = Sentence(
        _("{agency}に利益相反の確認を求めました"), agency=names.agency(body["agency_id"])
    )
    return Happening(text, body["reason"])


def _denied(body: Body, names: Names) -> Happening:
    text = Sentence(
        _("{agency}は利益相反に該当しないと回答しました"), agency=names.agency(body["agency_id"])
    )
    return Happening(text, body["reason"])


def _recused(body: Body, names: Names) -> Happening:
    text = Sentence(
        _("{agency}が議題から離れました（利益相反）"), agency=names.agency(body["agency_id"])
    )
    return Happening(text, body["reason"])


def _lifted(body: Body, names: Names) -> Happening:
    text = Sentence(
        _("{agency}の利益相反による退席を解きました"), agency=names.agency(body["agency_id"])
    )
    return Happening(text, body["reason"])


def _hand(body: Body, _names: Names) -> Happening:
    kind = Sentence(SPEECH_KIND_LABELS[SpeechKind(body["speech_kind"])])
    return Happening(Sentence(_("挙手しました（{kind}）"), kind=kind))


def _lowered(_body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("挙手を取り下げました")))


def _called(body: Body, _names: Names) -> Happening:
    text = Sentence(_("{agency}を指名しました"), agency=body["agency_name"])
    return Happening(text, body["speaker"])


def _held(_body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("発言の時計を止めました")))


def _continued(_body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("発言の時計を動かしました")))


def _spoke(body: Body, _names: Names) -> Happening:
    minutes, seconds = divmod(body["seconds"], 60)
    return Happening(Sentence(_("発言が終わりました（{time}）"), time=f"{minutes}:{seconds:02}"))


def _list_closed(_body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("発言の受付を締め切りました")))


def _list_reopened(_body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("発言の受付を再開しました")))


def _time_set(body: Body, _names: Names) -> Happening:
    minutes, seconds = divmod(body["seconds"], 60)
    return Happening(Sentence(_("発言時間を1機関{time}にしました"), time=f"{minutes}:{seconds:02}"))


AT_AN_ITEM: dict[str, Tell] = {
    "remark_made": _said,
    "remark_corrected": _corrected,
    "outcome_recorded": _outcome,
    "item_settled": _settled,
    "item_papers_fixed": _papers_fixed,
    "recusal_suggested": _suggested,
    "recusal_denied": _denied,
    "agency_recused": _recused,
    "recusal_lifted": _lifted,
    "speech_asked": _hand,
    "request_withdrawn": _lowered,
    "speaker_called": _called,
    "speech_held": _held,
    "speech_continued": _continued,
    "speech_ended": _spoke,
    "speakers_closed": _list_closed,
    "speakers_reopened": _list_reopened,
    "speaking_time_set": _time_set,
}
