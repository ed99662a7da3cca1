"""A ballot with options judged a second time, as a teller with paper and pencil would."""

from collections.abc import Mapping, Sequence

from app.domain.ballot import Outcome, VotingSeat
from app.domain.decision_rules import DecisionRule, Method


def told_by_teller(
    rule: DecisionRule,
    keys: Sequence[str],
    seats: Sequence[VotingSeat],
    said: Mapping[str, str],
    left: Sequence[str],
) -> tuple[Outcome | None, set[str]]:
    """The outcome, None while something is missing, and the options that lie in front."""
    papers = []
    there = []
    table = 0
    for seat in seats:
        if seat.agency_id in left:
            continue
        table += 1
        if seat.agency_id in said:
            papers.append(said[seat.agency_id])
            there.append(seat)
    if rule.quorum.percent is None:
        enough = len(papers) >= (rule.quorum.seats or 0)
    else:
        enough = len(papers) * 100 >= rule.quorum.percent * table
    for mark in rule.must_include:
        if all(mark not in seat.marks for seat in there):
            enough = False
    if not enough:
        return None, set()
    if rule.method is Method.ADVISORY:
        return Outcome.HEARD, set()
    piles = {key: [paper for paper in papers if paper == key] for key in keys}
    in_front = {
        key
        for key, pile in piles.items()
        if pile and all(len(pile) >= len(other) for other in piles.values())
    }
    if not in_front:
        return Outcome.NOT_CARRIED, set()
    return (Outcome.CARRIED if len(in_front) == 1 else Outcome.TIED), in_front
