"""Words of a seat said by others, and the rule they are counted by."""

from app.domain.decision_rules import METHOD_LABELS, Method
from app.domain.proxies import Holder
from app.domain.sentences import _
from app.domain.text import Sentence
from app.queries.happenings.base import Body, Happening, Names, Tell


def _given(body: Body, names: Names) -> Happening:
    agency = names.agency(body["agency_id"])
    if body["holder"] == Holder.CHAIR:
        return Happening(Sentence(_("{agency}が意思表示を議長に委任しました"), agency=agency))
    text = _("{agency}が意思表示を委任しました：{name}（{holder}）")
    holder = names.agency(body["holder_agency_id"])
    return Happening(Sentence(text, agency=agency, name=body["holder_name"], holder=holder))


def _taken_back(_body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("意思表示の委任を取り消しました")))


def _rule(body: Body, _names: Names) -> Happening:
    method = Sentence(METHOD_LABELS[Method(body["rule"]["method"])])
    return Happening(Sentence(_("主担当の決め方を定めました：{method}"), method=method))


def _asked(body: Body, names: Names) -> Happening:
    agency = names.agency(body["agency_id"])
    return Happening(Sentence(_("{agency}が本部に照会しました"), agency=agency))


def _link_ended(_body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("本部への照会を取り消しました")))


BY_OTHERS: dict[str, Tell] = {
    "proxy_given": _given,
    "proxy_revoked": _taken_back,
    "decision_rule_set": _rule,
    "head_office_asked": _asked,
    "head_office_link_revoked": _link_ended,
}
