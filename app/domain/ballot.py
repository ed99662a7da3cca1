"""意思表示の判定: what the stances given so far come to under a rule, why, and what is missing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.decision_rules import (
    COUNTED,
    STOPPED_BY_ONE,
    Abstention,
    DecisionRule,
    Denominator,
    Method,
    mark_label,
)
from app.domain.sentences import _
from app.domain.stances import AGREEING, Given, Stance
from app.domain.tally import Found, Tally
from app.domain.text import Sentence, listed
from app.domain.vocabulary import LENDERS


class Outcome(StrEnum):
    CARRIED = "carried"
    PROVISIONAL = "provisional"
    NOT_CARRIED = "not_carried"
    TIED = "tied"
    HEARD = "heard"


@dataclass(frozen=True, slots=True)
class VotingSeat:
    """A seat of the electorate. ``marks``: its kind, and メイン金融機関 or 事務局 if it is that.

    ``takes_part``: it is there, writes, or is represented.
    """

    agency_id: str
    name: str
    marks: frozenset[str] = frozenset()
    takes_part: bool = True


@dataclass(frozen=True, slots=True)
class Verdict(Found):
    """``outcome`` is None while something is missing that the others' word cannot replace."""

    outcome: Outcome | None


def outcome_of(
    rule: DecisionRule,
    seats: Sequence[VotingSeat],
    given: Mapping[str, Given],
    excluded: Collection[str] = (),
) -> Verdict:
    """Judge one proposal.

    A stance from outside the electorate does not count, nor one of an ``excluded`` agency: who
    left for a conflict of interest is neither heard nor missed. Holds are judged by what they
    can still become: where all that comes to the same, they do not matter.
    """
    asked = [seat for seat in seats if seat.agency_id not in excluded]
    names = {seat.agency_id: seat.name for seat in asked}
    heard = {
        seat.agency_id: given[seat.agency_id]
        for seat in asked
        if seat.agency_id in given and (seat.takes_part or not rule.presence)
    }
    deciding = _deciding(rule, asked, heard)
    silent = tuple(one for one in deciding if one not in heard)

    def saying(*stances: Stance) -> tuple[str, ...]:
        return tuple(one for one, word in heard.items() if word.stance in stances)

    objecting, holding = saying(Stance.OBJECT), saying(Stance.HOLD)
    tally = _count(rule, deciding, heard)
    missing = missing_of(rule, asked, heard, silent, names)
    outcome, why = _judged(rule, tally, bool(missing))
    reasons = (*_whose(objecting, holding, names), *why)
    return Verdict(reasons, missing, silent, objecting, holding, tally, outcome)


def outcome_by_count(
    rule: DecisionRule,
    seats: Sequence[VotingSeat],
    voted: Collection[str],
    counts: Mapping[Stance, int],
) -> Verdict:
    """Judge a secret ballot: who has voted is known and what was said how often, never by whom."""
    names = {seat.agency_id: seat.name for seat in seats}
    heard = {one: Given(Stance.ABSTAIN) for one in names if one in voted}
    silent = tuple(one for one in _deciding(rule, seats, heard) if one not in heard)
    tally = _with_share(
        rule,
        Tally(
            agree=counts.get(Stance.AGREE, 0),
            against=counts.get(Stance.OBJECT, 0),
            abstain=counts.get(Stance.ABSTAIN, 0),
            silent=len(silent),
        ),
    )
    missing = missing_of(rule, seats, heard, silent, names)
    outcome, why = _judged(rule, tally, bool(missing))
    return Verdict(tuple(why), missing, silent, (), (), tally, outcome)


def _deciding(
    rule: DecisionRule, asked: Iterable[VotingSeat], heard: Mapping[str, Given]
) -> tuple[str, ...]:
    """The seats whose word makes the result, 対象外 included until it is counted."""

    def takes_part(seat: VotingSeat) -> bool:
        return seat.takes_part or seat.agency_id in heard

    if rule.method is Method.ALL_LENDERS:
        chosen = [seat for seat in asked if seat.marks & LENDERS]
    elif rule.method in COUNTED | {Method.UNANIMITY}:
        part = rule.denominator is not Denominator.ALL
        chosen = [seat for seat in asked if takes_part(seat) or not part]
    else:
        chosen = [seat for seat in asked if takes_part(seat) or not rule.presence]
    return tuple(seat.agency_id for seat in chosen)


def _count(rule: DecisionRule, deciding: Iterable[str], heard: Mapping[str, Given]) -> Tally:
    words = [heard[one].stance if one in heard else None for one in deciding]
    tally = Tally(
        agree=sum(word in AGREEING for word in words),
        hold=words.count(Stance.HOLD),
        against=words.count(Stance.OBJECT),
        abstain=words.count(Stance.ABSTAIN),
        not_applicable=words.count(Stance.NOT_APPLICABLE),
        silent=words.count(None),
    )
    return _with_share(rule, tally)


def _with_share(rule: DecisionRule, tally: Tally) -> Tally:
    denominator = _denominator(rule, tally)
    needed = {
        Method.UNANIMITY: denominator,
        Method.ALL_LENDERS: denominator,
        Method.MAJORITY: denominator // 2 + 1,
        Method.TWO_THIRDS: -(-2 * denominator // 3),
    }.get(rule.method)
    if needed is None:
        return tally
    return replace(tally, denominator=denominator, needed=max(needed, 1))


def _denominator(rule: DecisionRule, tally: Tally) -> int:
    voting = tally.agree + tally.against + tally.hold
    kept = tally.abstain if rule.abstention is Abstention.STAYS else 0
    if rule.method in COUNTED and rule.denominator is Denominator.VOTING:
        return voting + kept
    return voting + kept + tally.silent


def missing_of(
    rule: DecisionRule,
    asked: Sequence[VotingSeat],
    heard: Mapping[str, Given],
    silent: tuple[str, ...],
    names: Mapping[str, str],
) -> tuple[str, ...]:
    """What the rule asks for beside the counting, and is not there."""
    silence_counts = rule.method is Method.NO_OBJECTION
    present = [seat for seat in asked if _attends(seat, heard, silence_counts)]
    found: list[str] = []
    needed = rule.quorum.needed(len(asked))
    if len(present) < needed:
        found.append(
            Sentence(
                _("定足数（{quorum}機関）に達していません（回答{heard}機関）。"),
                quorum=needed,
                heard=len(present),
            )
        )
    for mark in rule.must_include:
        if not any(mark in seat.marks for seat in present):
            label = Sentence(mark_label(mark))
            found.append(Sentence(_("{who}の回答が必要です。"), who=label))
    if rule.method is Method.ALL_LENDERS and not any(seat.marks & LENDERS for seat in asked):
        found.append(Sentence(_("同意を求める金融機関がありません。")))
    if silent and rule.method in STOPPED_BY_ONE and not silence_counts:
        told = listed(names[one] for one in silent)
        found.append(Sentence(_("未回答の機関があります：{names}"), names=told))
    undated = [
        one for one, word in heard.items() if word.stance is Stance.HOLD and not word.reply_by
    ]
    if undated:
        told = listed(names[one] for one in undated)
        found.append(Sentence(_("留保の回答期限がありません：{names}"), names=told))
    return tuple(found)


def _attends(seat: VotingSeat, heard: Mapping[str, Given], silence_counts: bool) -> bool:
    """Whether the quorum has this seat: it answered, or may agree by keeping silent."""
    word = heard.get(seat.agency_id)
    if word is None:
        return silence_counts and seat.takes_part
    return word.stance is not Stance.NOT_APPLICABLE


def _whose(
    objecting: tuple[str, ...], holding: tuple[str, ...], names: Mapping[str, str]
) -> tuple[str, ...]:
    found = []
    if objecting:
        told = listed(names[one] for one in objecting)
        found.append(Sentence(_("反対があります：{names}"), names=told))
    if holding:
        told = listed(names[one] for one in holding)
        found.append(Sentence(_("留保（持ち帰り）があります：{names}"), names=told))
    return tuple(found)


def _judged(rule: DecisionRule, tally: Tally, lacking: bool) -> tuple[Outcome | None, list[str]]:
    if rule.method in STOPPED_BY_ONE and _is_stopped(rule, tally):
        return Outcome.NOT_CARRIED, _why(rule, tally, Outcome.NOT_CARRIED)
    if lacking:
        return None, []
    if rule.method is Method.ADVISORY:
        return Outcome.HEARD, [Sentence(_("各機関の意見を聴きました。決定はしません。"))]
    possible = {_settled(rule, settled) for settled in _ways(tally)}
    outcome = possible.pop()
    if possible:
        outcome = Outcome.PROVISIONAL if rule.allow_provisional else Outcome.NOT_CARRIED
    return outcome, _why(rule, tally, outcome)


def _ways(tally: Tally) -> list[Tally]:
    """Every way in which the holds can still turn out."""
    return [
        replace(
            tally,
            agree=tally.agree + agreeing,
            against=tally.against + tally.hold - agreeing,
            hold=0,
        )
        for agreeing in range(tally.hold + 1)
    ]


def _is_stopped(rule: DecisionRule, tally: Tally) -> bool:
    everyone = rule.method in {Method.UNANIMITY, Method.ALL_LENDERS}
    withheld = tally.abstain if everyone and rule.abstention is Abstention.STAYS else 0
    return tally.against + withheld > 0


def _settled(rule: DecisionRule, tally: Tally) -> Outcome:
    """The result once no hold is left."""
    if tally.needed is None:
        return Outcome.NOT_CARRIED if tally.against else Outcome.CARRIED
    if tally.agree >= tally.needed:
        return Outcome.CARRIED
    if rule.method is Method.MAJORITY and tally.agree == tally.against > 0:
        return Outcome.TIED
    return Outcome.NOT_CARRIED


def _why(rule: DecisionRule, tally: Tally, outcome: Outcome) -> list[str]:
    if tally.needed is None:
        if outcome is not Outcome.CARRIED:
            return []
        if tally.silent and rule.method is Method.NO_OBJECTION:
            return [Sentence(_("異議を述べた機関がありません。"))]
        return [Sentence(_("出席したすべての機関に異議がありません。"))]
    found: list[str] = [
        Sentence(
            _("賛成{agree}・反対{against}（分母{denominator}機関、必要な賛成{needed}機関）。"),
            agree=tally.agree,
            against=tally.against,
            denominator=tally.denominator,
            needed=tally.needed,
        )
    ]
    if outcome is Outcome.TIED:
        found.append(Sentence(_("可否同数です。")))
    return found
