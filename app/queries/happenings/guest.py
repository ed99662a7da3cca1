"""What the firm's owner was told of and said at the own item, in words."""

from app.domain.sentences import _
from app.domain.sheet_columns import COLUMN
from app.domain.text import Sentence
from app.queries.happenings.base import Body, Happening, Names, Tell


def _invited(body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("事業者の方を招きました：{name} 様"), name=body["name"]))


def _revoked(_body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("事業者の方へのご案内を取り消しました")))


def _entered(_body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("事業者の方が入室しました")))


def _accepted(_body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("事業者の方が取扱いの確認をしました")))


def _put_right(body: Body, _names: Names) -> Happening:
    label = Sentence(COLUMN[body["column"]].label)
    text = Sentence(_("事業者の方が「{label}」の訂正を申し出ました"), label=label)
    return Happening(text, "\n".join(filter(None, (body["value"], body["words"]))))


def _taken(_body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("事業者の方の訂正をシートに反映しました")))


def _set_aside(body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("事業者の方の訂正を見送りました")), body["reason"])


def _wished(body: Body, names: Names) -> Happening:
    if body["agency_id"]:
        text = Sentence(
            _("事業者の方が希望を伝えました（{agency}）"), agency=names.agency(body["agency_id"])
        )
    else:
        text = Sentence(_("事業者の方が希望を伝えました"))
    return Happening(text, body["text"])


BY_THE_FIRM: dict[str, Tell] = {
    "guest_invited": _invited,
    "guest_revoked": _revoked,
    "guest_entered": _entered,
    "guest_accepted": _accepted,
    "fact_corrected": _put_right,
    "correction_taken": _taken,
    "correction_set_aside": _set_aside,
    "preference_stated": _wished,
}
