"""How the lead is chosen at an agenda item, in words."""

from app.domain.addenda import FIELD_LABELS, DecisionField
from app.domain.consensus import RESULT_LABELS, Result
from app.domain.proxies import MANNER_LABELS, Manner
from app.domain.sentences import _
from app.domain.stances import STANCE_LABELS, Stance
from app.domain.text import Sentence, listed
from app.queries.happenings.base import Body, Happening, Names, Tell, Weight


def _nominated(body: Body, names: Names) -> Happening:
    text = Sentence(_("主担当に推薦しました：{agency}"), agency=names.agency(body["nominee_id"]))
    return Happening(text, body["reason"])


def _nominations_opened(body: Body, _names: Names) -> Happening:
    text = _("主担当の推薦の受付を始めました")
    if body["turn"] > 1:
        text = _("推薦の変更の受付を始めました")
    return Happening(Sentence(text), body["role"], Weight.STEP)


def _nomination_sealed(body: Body, names: Names) -> Happening:
    text = Sentence(_("{agency}が推薦を提出しました"), agency=names.agency(body["agency_id"]))
    return Happening(text)


def _nominations_revealed(body: Body, names: Names) -> Happening:
    told = [
        Sentence(
            _("{agency}→{nominee}"),
            agency=names.agency(one["agency_id"]),
            nominee=names.agency(one["nominee_id"]) or Sentence(_("推薦なし")),
        )
        for one in body["nominations"]
    ]
    text = Sentence(_("推薦を公開しました：{told}"), told=listed(told))
    return Happening(text, weight=Weight.STEP)


def _asked(body: Body, names: Names) -> Happening:
    text = Sentence(
        _("主担当の案を示し、意思表示の受付を始めました：{agency}"),
        agency=names.agency(body["nominee_id"]),
    )
    return Happening(text, body["wording"], Weight.STEP)


def _stance(body: Body, names: Names) -> Happening:
    agency = names.agency(body["agency_id"])
    stance = Sentence(STANCE_LABELS[Stance(body["stance"])])
    manner = Manner(body.get("manner", Manner.OWN))
    if manner is Manner.OWN:
        text = Sentence(_("{agency}の意思表示：{stance}"), agency=agency, stance=stance)
    else:
        how = Sentence(MANNER_LABELS[manner])
        told = _("{agency}の意思表示（{how}）：{stance}")
        text = Sentence(told, agency=agency, how=how, stance=stance)
    return Happening(text, body["text"])


def _stance_sealed(body: Body, names: Names) -> Happening:
    text = Sentence(_("{agency}が回答しました"), agency=names.agency(body["agency_id"]))
    return Happening(text)


def _stances_revealed(body: Body, names: Names) -> Happening:
    told = [
        Sentence(
            _("{agency}：{stance}"),
            agency=names.agency(agency_id),
            stance=Sentence(STANCE_LABELS[Stance(said["stance"])]),
        )
        for agency_id, said in body["stances"].items()
    ]
    text = Sentence(_("回答を公開しました：{told}"), told=listed(told))
    return Happening(text, weight=Weight.STEP)


def _lead(body: Body, names: Names) -> Happening:
    text = _("{agency}が主担当を受諾しました")
    if not body["accepted"]:
        text = _("{agency}は主担当を受諾しませんでした")
    note = body["person"] if body["accepted"] else body["reason"]
    return Happening(Sentence(text, agency=names.agency(body["agency_id"])), note)


def _declared(body: Body, _names: Names) -> Happening:
    result = Sentence(RESULT_LABELS[Result(body["result"])])
    text = Sentence(_("結果を宣言しました：{result}"), result=result)
    if body["number"]:
        text = Sentence(
            _("結果を宣言しました：{result}（決定番号 {number}）"),
            result=result,
            number=body["number"],
        )
    return Happening(text, weight=Weight.STEP)


def _replaced(_body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("別の案で確認し直すため、受付を終えました")))


def _hold_answered(body: Body, names: Names) -> Happening:
    text = Sentence(
        _("{agency}の持ち帰りの回答：{stance}"),
        agency=names.agency(body["agency_id"]),
        stance=Sentence(STANCE_LABELS[Stance(body["stance"])]),
    )
    return Happening(text, body["text"])


def _provisional_settled(body: Body, _names: Names) -> Happening:
    result = Sentence(RESULT_LABELS[Result(body["result"])])
    return Happening(
        Sentence(_("仮決定が「{result}」になりました"), result=result), weight=Weight.STEP
    )


def _corrected(body: Body, _names: Names) -> Happening:
    field = Sentence(FIELD_LABELS[DecisionField(body["field"])])
    text = Sentence(_("決定の記録を訂正しました：{field}"), field=field)
    return Happening(text, body["reason"])


ON_THE_LEAD: dict[str, Tell] = {
    # Told openly in journals from before nominations were silent.
    "lead_nominated": _nominated,
    "nominations_opened": _nominations_opened,
    "nomination_sealed": _nomination_sealed,
    "nominations_revealed": _nominations_revealed,
    "round_opened": _asked,
    "stance_given": _stance,
    "stance_sealed": _stance_sealed,
    "stances_revealed": _stances_revealed,
    "lead_answered": _lead,
    "round_replaced": _replaced,
    "hold_answered": _hold_answered,
    "provisional_settled": _provisional_settled,
    "result_declared": _declared,
    "decision_corrected": _corrected,
}
