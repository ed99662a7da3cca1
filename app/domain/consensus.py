"""総意: how a conference decides which agency leads the support; never by counting."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.sentences import _
from app.domain.text import Sentence, listed


class Stance(StrEnum):
    """意思表示, in the order it is offered: the hard word comes late."""

    AGREE = "agree"
    AGREE_WITH_CONDITION = "agree_with_condition"
    HOLD = "hold"
    OBJECT = "object"
    ABSTAIN = "abstain"
    NOT_APPLICABLE = "not_applicable"


STANCE_LABELS = {
    Stance.AGREE: _("賛成"),
    Stance.AGREE_WITH_CONDITION: _("条件付賛成"),
    Stance.HOLD: _("留保（持ち帰り）"),
    Stance.OBJECT: _("反対"),
    Stance.ABSTAIN: _("棄権"),
    Stance.NOT_APPLICABLE: _("対象外"),
}


class Result(StrEnum):
    """How an item on the lead ends."""

    DECIDED = "decided"
    PROVISIONAL = "provisional"
    CONTINUED = "continued"
    NO_TAKER = "no_taker"


RESULT_LABELS = {
    Result.DECIDED: _("決定"),
    Result.PROVISIONAL: _("仮決定"),
    Result.CONTINUED: _("継続協議"),
    Result.NO_TAKER: _("引受手不在"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule pinned to a round: least seats that must answer, and whether 仮決定 is allowed."""

    quorum: int = 2
    allow_provisional: bool = True


@dataclass(frozen=True, slots=True)
class Given:
    """One seat's stance; a hold carries the date by which its head office replies."""

    stance: Stance
    reply_by: date | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be declared now, why, and what is still missing for a decision."""

    result: Result | None
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    silent: tuple[str, ...]
    objecting: tuple[str, ...]
    holding: tuple[str, ...]


def outcome_of(
    rule: Rule,
    seats: Mapping[str, str],
    nominee: str,
    accepted: bool | None,
    stances: Mapping[str, Given],
    recused: Collection[str] = (),
) -> Verdict:
    """One objection stops it, silence is not consent, and the nominee must itself accept.

    ``seats`` maps the agency ids of the electorate to their names; a stance from outside it
    does not count, nor does one of ``recused``: an agency that left for a conflict of interest
    is neither heard nor missed, and cannot lead. ``accepted`` is the nominee's own answer, None
    while it has not answered.
    The result is None while something is missing; the chair may then still declare 継続協議.
    """
    asked, seats = seats, {seat: name for seat, name in seats.items() if seat not in recused}
    left = nominee in recused
    heard = {seat: stances[seat] for seat in seats if seat in stances}
    silent = tuple(seat for seat in seats if seat not in heard)
    objecting = tuple(s for s, g in heard.items() if g.stance is Stance.OBJECT)
    holding = tuple(s for s, g in heard.items() if g.stance is Stance.HOLD)
    undated = tuple(s for s in holding if heard[s].reply_by is None)
    missing: list[str] = []
    reasons: list[str] = []

    def names(ids: tuple[str, ...]) -> Sentence:
        return listed(seats[i] for i in ids)

    speaking = tuple(s for s, g in heard.items() if g.stance is not Stance.NOT_APPLICABLE)
    if len(seats) < rule.quorum or (not silent and len(speaking) < rule.quorum):
        missing.append(Sentence(_("定足数（{quorum}機関）に達していません。"), quorum=rule.quorum))
    if silent:
        missing.append(Sentence(_("未回答の機関があります：{names}"), names=names(silent)))
    if accepted is None and not left:
        missing.append(
            Sentence(_("候補機関の受諾がまだありません：{names}"), names=seats.get(nominee, ""))
        )
    if undated:
        missing.append(Sentence(_("留保の回答期限がありません：{names}"), names=names(undated)))
    if objecting:
        reasons.append(Sentence(_("反対があります：{names}"), names=names(objecting)))
    if left:
        reasons.append(
            Sentence(
                _("候補機関が利益相反のため退席しました：{names}"), names=asked.get(nominee, "")
            )
        )
    elif accepted is False:
        reasons.append(Sentence(_("候補機関が受諾しませんでした：{names}"), names=seats[nominee]))
    if holding:
        reasons.append(Sentence(_("留保（持ち帰り）があります：{names}"), names=names(holding)))

    result: Result | None
    if objecting or left or accepted is False:
        result = Result.CONTINUED
    elif missing:
        result = None
    elif holding:
        result = Result.PROVISIONAL if rule.allow_provisional else Result.CONTINUED
    else:
        result = Result.DECIDED
        reasons.append(_("出席したすべての機関に異議がなく、候補機関が受諾しました。"))
    return Verdict(result, tuple(reasons), tuple(missing), silent, objecting, holding)


def may_declare(verdict: Verdict, result: Result) -> bool:
    """継続協議 and 引受手不在 can always be declared; a decision only when the rule yields it."""
    if result in {Result.CONTINUED, Result.NO_TAKER}:
        return True
    return verdict.result is result
