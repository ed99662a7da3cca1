"""総意: how a conference decides which agency leads the support; never by counting."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain import ballot
from app.domain.ballot import Outcome, VotingSeat
from app.domain.decision_rules import DecisionRule
from app.domain.sentences import _
from app.domain.stances import Given, Stance
from app.domain.tally import Found
from app.domain.text import Sentence


class RoundState(StrEnum):
    """A blind round is revealed before it can be declared; another one goes straight there.

    One that is asked anew with another proposal is replaced: it ends without a result.
    """

    OPEN = "open"
    REVEALED = "revealed"
    DECLARED = "declared"
    REPLACED = "replaced"


STILL_ASKED = frozenset({RoundState.OPEN, RoundState.REVEALED})


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
_AFTER = {
    Outcome.CARRIED: Result.DECIDED,
    Outcome.PROVISIONAL: Result.PROVISIONAL,
    Outcome.NOT_CARRIED: Result.CONTINUED,
    Outcome.TIED: Result.CONTINUED,
    Outcome.HEARD: Result.CONTINUED,
}


@dataclass(frozen=True, slots=True)
class Verdict(Found):
    """What may be declared now, why, and what is still missing for a decision."""

    result: Result | None


def outcome_of(
    rule: DecisionRule,
    seats: Sequence[VotingSeat],
    nominee: str,
    accepted: bool | None,
    stances: Mapping[str, Given],
    recused: Collection[str] = (),
) -> Verdict:
    """What the stances come to under the rule, and the nominee must itself accept.

    An agency of ``recused`` left for a conflict of interest: it is neither heard nor missed, and
    cannot lead. ``accepted`` is the nominee's own answer, None while it has not answered.
    The result is None while something is missing; the chair may then still declare 継続協議.
    """
    judged = ballot.outcome_of(rule, seats, stances, recused)
    name = next((seat.name for seat in seats if seat.agency_id == nominee), "")
    missing, reasons = judged.missing, judged.reasons
    result = _AFTER[judged.outcome] if judged.outcome is not None else None
    if (nominee in recused or accepted is False) and judged.outcome is Outcome.CARRIED:
        reasons = reasons[:-1]  # that nobody objects is no reason for what is not decided
    if nominee in recused:
        left = Sentence(_("候補機関が利益相反のため退席しました：{names}"), names=name)
        result, reasons = Result.CONTINUED, (*reasons, left)
    elif accepted is False:
        refused = Sentence(_("候補機関が受諾しませんでした：{names}"), names=name)
        result, reasons = Result.CONTINUED, (*reasons, refused)
    elif accepted is None:
        lacking = Sentence(_("候補機関の受諾がまだありません：{names}"), names=name)
        missing = (*missing, lacking)
        result = result if result is Result.CONTINUED else None
    elif result is Result.DECIDED:
        reasons = (*reasons, Sentence(_("候補機関が受諾しました。")))
    return Verdict(
        reasons, missing, judged.silent, judged.objecting, judged.holding, judged.tally, result
    )


def after_replies(holding: Collection[str], replies: Mapping[str, Stance]) -> Result | None:
    """What a 仮決定 becomes by what the head offices say; None while one has not answered.

    One objection returns it at once, without waiting for the others.
    """
    if any(replies.get(one) is Stance.OBJECT for one in holding):
        return Result.CONTINUED
    return Result.DECIDED if all(one in replies for one in holding) else None


def may_declare(verdict: Verdict, result: Result) -> bool:
    """継続協議 and 引受手不在 can always be declared; a decision only when the rule yields it."""
    if result in {Result.CONTINUED, Result.NO_TAKER}:
        return True
    return verdict.result is result
