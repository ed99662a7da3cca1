"""引受手不在 at an agenda item, in words."""

from app.domain.gaps import GAP_OUTCOME_LABELS, GapOutcome
from app.domain.sentences import _
from app.domain.text import Sentence
from app.queries.happenings.base import Body, Happening, Names, Tell, Weight


def _opened(body: Body, names: Names) -> Happening:
    text = Sentence(
        _("引受手不在を記録しました（担当：{agency} {person}）"),
        agency=names.agency(body["owner_agency_id"]),
        person=body["owner_person"],
    )
    return Happening(text, body["text"], Weight.STEP)


def _moved(body: Body, names: Names) -> Happening:
    text = Sentence(
        _("引受手不在の担当・期限を変更しました：{agency} {person}"),
        agency=names.agency(body["owner_agency_id"]),
        person=body["owner_person"],
    )
    return Happening(text, body["reason"])


def _settled(body: Body, _names: Names) -> Happening:
    outcome = Sentence(GAP_OUTCOME_LABELS[GapOutcome(body["outcome"])])
    return Happening(Sentence(_("引受手不在の結果：{outcome}"), outcome=outcome), body["text"])


ON_GAPS: dict[str, Tell] = {
    "gap_opened": _opened,
    "gap_moved": _moved,
    "gap_settled": _settled,
}
