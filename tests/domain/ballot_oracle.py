"""The rules of decision told a second time, as plainly and slowly as a clerk would count."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product

from app.domain.ballot import Outcome, VotingSeat
from app.domain.decision_rules import Abstention, DecisionRule, Denominator, Method
from app.domain.stances import Given, Stance

YES = {Stance.AGREE, Stance.AGREE_WITH_CONDITION}
LENDERS = {"financial_institution", "jfc"}


def told_by_hand(
    rule: DecisionRule,
    seats: Sequence[VotingSeat],
    given: Mapping[str, Given],
    excluded: Sequence[str],
) -> Outcome | None:
    """The outcome, or None while something is missing."""
    table = [seat for seat in seats if seat.agency_id not in excluded]
    word: dict[str, Stance | None] = {}
    for seat in table:
        may_speak = seat.takes_part or not rule.presence
        said = given.get(seat.agency_id)
        word[seat.agency_id] = said.stance if said and may_speak else None

    group = _who_decides(rule, table, word)
    words = [word[one] for one in group]
    if rule.method in {Method.CONSENSUS, Method.NO_OBJECTION, Method.UNANIMITY, Method.ALL_LENDERS}:
        if Stance.OBJECT in words:
            return Outcome.NOT_CARRIED
        strict = rule.method in {Method.UNANIMITY, Method.ALL_LENDERS}
        if strict and rule.abstention is Abstention.STAYS and Stance.ABSTAIN in words:
            return Outcome.NOT_CARRIED

    if _something_is_missing(rule, table, word, words, given):
        return None
    if rule.method is Method.ADVISORY:
        return Outcome.HEARD

    holds = [at for at, said in enumerate(words) if said is Stance.HOLD]
    outcomes = set()
    for answers in product([Stance.AGREE, Stance.OBJECT], repeat=len(holds)):
        final = list(words)
        for at, answer in zip(holds, answers, strict=True):
            final[at] = answer
        outcomes.add(_counted(rule, final))
    if len(outcomes) == 1:
        return outcomes.pop()
    return Outcome.PROVISIONAL if rule.allow_provisional else Outcome.NOT_CARRIED


def _who_decides(rule, table, word) -> list[str]:
    group = []
    for seat in table:
        silent_and_away = word[seat.agency_id] is None and not seat.takes_part
        if rule.method is Method.ALL_LENDERS:
            if LENDERS & seat.marks:
                group.append(seat.agency_id)
        elif rule.method in {Method.MAJORITY, Method.TWO_THIRDS, Method.UNANIMITY}:
            if rule.denominator is Denominator.ALL or not silent_and_away:
                group.append(seat.agency_id)
        elif not (rule.presence and silent_and_away):
            group.append(seat.agency_id)
    return group


def _something_is_missing(rule, table, word, words, given) -> bool:
    there = set()
    for seat in table:
        said = word[seat.agency_id]
        quiet = rule.method is Method.NO_OBJECTION and said is None and seat.takes_part
        if quiet or (said is not None and said is not Stance.NOT_APPLICABLE):
            there.add(seat.agency_id)
    if rule.quorum.percent is not None:
        if Fraction(len(there)) < Fraction(rule.quorum.percent, 100) * len(table):
            return True
    elif len(there) < rule.quorum.seats:
        return True
    for mark in rule.must_include:
        if not any(seat.agency_id in there and mark in seat.marks for seat in table):
            return True
    if rule.method is Method.ALL_LENDERS and not any(LENDERS & seat.marks for seat in table):
        return True
    waits = {Method.CONSENSUS, Method.UNANIMITY, Method.ALL_LENDERS}
    if rule.method in waits and None in words:
        return True
    return any(
        word[seat.agency_id] is Stance.HOLD and given[seat.agency_id].reply_by is None
        for seat in table
    )


def _counted(rule: DecisionRule, words: Sequence[Stance | None]) -> Outcome:
    yes = sum(said in YES for said in words)
    no = sum(said is Stance.OBJECT for said in words)
    if rule.method in {Method.CONSENSUS, Method.NO_OBJECTION}:
        return Outcome.CARRIED if no == 0 else Outcome.NOT_CARRIED
    base = []
    for said in words:
        if said is Stance.NOT_APPLICABLE:
            continue
        if said is Stance.ABSTAIN and rule.abstention is Abstention.LEAVES:
            continue
        counted = rule.method in {Method.MAJORITY, Method.TWO_THIRDS}
        if said is None and counted and rule.denominator is Denominator.VOTING:
            continue
        base.append(said)
    if yes == 0:
        return Outcome.NOT_CARRIED
    share = Fraction(yes, len(base))
    if rule.method in {Method.UNANIMITY, Method.ALL_LENDERS}:
        return Outcome.CARRIED if share == 1 else Outcome.NOT_CARRIED
    if rule.method is Method.TWO_THIRDS:
        return Outcome.CARRIED if share >= Fraction(2, 3) else Outcome.NOT_CARRIED
    if share > Fraction(1, 2):
        return Outcome.CARRIED
    return Outcome.TIED if yes == no else Outcome.NOT_CARRIED
