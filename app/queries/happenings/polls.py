"""Ballots put to the table, in words."""

from app.domain.ballot import Outcome
from app.domain.choosing import OUTCOME_LABELS, POLL_KIND_LABELS, PollKind
from app.domain.sentences import _
from app.domain.text import Sentence
from app.queries.happenings.base import Body, Happening, Names, Tell, Weight


def _opened(body: Body, _names: Names) -> Happening:
    kind = Sentence(POLL_KIND_LABELS[PollKind(body["poll_kind"])])
    text = _("投票の受付を始めました（{kind}）")
    if body["rule"]["secret"]:
        text = _("無記名の投票の受付を始めました（{kind}）")
    return Happening(Sentence(text, kind=kind), body["question"], Weight.STEP)


def _cast(body: Body, names: Names) -> Happening:
    text = Sentence(_("{agency}が投票しました"), agency=names.agency(body["agency_id"]))
    return Happening(text)


def _closed(body: Body, _names: Names) -> Happening:
    outcome = body["outcome"]
    label = OUTCOME_LABELS[Outcome(outcome)] if outcome else _("成立しませんでした")
    text = Sentence(_("投票を締め切りました：{outcome}"), outcome=Sentence(label))
    return Happening(text, "\n".join(body["reasons"] or body["missing"]), Weight.STEP)


def _decided(body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("同数の投票を議長が裁決しました")), body["reason"], Weight.STEP)


_TOLD: dict[str, Tell] = {
    "poll_opened": _opened,
    "vote_cast": _cast,
    "poll_closed": _closed,
    "tie_decided": _decided,
}
IN_A_POLL: dict[str, Tell] = _TOLD | {f"item_{kind}": tell for kind, tell in _TOLD.items()}
