"""Ballots with options and with yes and no, held against a teller who counts by hand."""

import random
from collections import Counter
from itertools import product

import pytest

from app.domain.ballot import Outcome, VotingSeat
from app.domain.choosing import (
    ABSTAIN,
    FEWEST_SECRET,
    METHODS,
    YES_AND_NO,
    Option,
    PollKind,
    all_alike,
    judge_named,
    judge_secret,
    problems_of_poll,
)
from app.domain.decision_rules import DecisionRule, Denominator, Method, Quorum, Tie
from app.domain.stances import Given, Stance
from tests.domain.ballot_oracle import told_by_hand
from tests.domain.poll_oracle import told_by_teller

MARKS = ("financial_institution", "guarantee_association", "yorozu", "jfc", "chamber", "council")
QUORA = (Quorum(seats=1), Quorum(seats=3), Quorum(percent=50), Quorum(percent=75))
RULES = [
    DecisionRule(method=method, quorum=quorum, must_include=include, tie=tie, blind=True)
    for method, quorum, include, tie in product(
        (Method.PLURALITY, Method.ADVISORY), QUORA, ((), ("financial_institution",)), Tie
    )
]
YES_OR_NO = [
    DecisionRule(
        method=method, quorum=quorum, denominator=base, blind=True, allow_provisional=False
    )
    for method, quorum, base in product(
        (m for m in METHODS[PollKind.OTHER] if m not in {Method.PLURALITY, Method.ADVISORY}),
        QUORA,
        Denominator,
    )
]


def table(size, away=()):
    marked = [frozenset({MARKS[n % len(MARKS)]}) for n in range(size)]
    return [VotingSeat(str(n), f"機関{n}", marked[n], n not in away) for n in range(size)]


def options(number):
    return [Option(str(n), f"案{n}") for n in range(1, number + 1)]


def agrees(rule, among, seats, said, left):
    verdict = judge_named(rule, among, seats, said, left)
    outcome, front = told_by_teller(rule, [one.key for one in among], seats, said, left)
    assert verdict.outcome is outcome, (rule, said, left)
    if outcome is Outcome.CARRIED:
        assert {verdict.chosen} == front
    assert set(verdict.tied) == (front if outcome is Outcome.TIED else set())
    heard = [word for agency, word in said.items() if agency not in left]
    assert verdict.counts == {key: heard.count(key) for key in verdict.counts}
    assert set(heard) <= set(verdict.counts)
    assert bool(verdict.missing) == (outcome is None)
    return verdict


@pytest.mark.parametrize(("size", "number"), [(1, 2), (2, 3), (3, 3), (4, 2), (4, 3)])
def test_every_small_table_is_judged_as_by_hand(size, number):
    among, seats = options(number), table(size)
    words = [None, ABSTAIN, *(one.key for one in among)]
    for said in product(words, repeat=size):
        given = {str(n): word for n, word in enumerate(said) if word is not None}
        for rule in RULES:
            agrees(rule, among, seats, given, ())


def test_any_larger_table_is_judged_as_by_hand():
    chance = random.Random(20)
    for _ in range(3000):
        size, among = chance.randint(1, 12), options(chance.randint(2, 8))
        seats = table(size)
        words = [None, ABSTAIN, *(one.key for one in among)]
        drawn = {str(n): chance.choice(words) for n in range(size)}
        said = {agency: word for agency, word in drawn.items() if word is not None}
        left = [one for one in drawn if chance.random() < 0.1]
        agrees(chance.choice(RULES), among, seats, said, left)


def test_yes_and_no_are_judged_as_a_round_of_stances_would_be():
    chance = random.Random(21)
    for _ in range(3000):
        size = chance.randint(1, 7)
        seats = table(size, away={n for n in range(size) if chance.random() < 0.3})
        drawn = {str(n): chance.choice(["agree", "object", ABSTAIN, None]) for n in range(size)}
        said = {agency: word for agency, word in drawn.items() if word is not None}
        left = [one for one in drawn if chance.random() < 0.1]
        rule = chance.choice(YES_OR_NO)
        words = {agency: Given(Stance(word)) for agency, word in said.items()}
        assert judge_named(rule, YES_AND_NO, seats, said, left).outcome is told_by_hand(
            rule, seats, words, left
        )


SECRET = [
    rule
    for rule in (*RULES, *YES_OR_NO)
    if rule.method in {Method.PLURALITY, Method.ADVISORY, Method.MAJORITY, Method.TWO_THIRDS}
]


def test_a_secret_ballot_comes_to_the_same_as_a_named_one_and_names_nobody():
    chance = random.Random(22)
    for _ in range(3000):
        rule = chance.choice(SECRET)
        chosen_among = rule.method in {Method.PLURALITY, Method.ADVISORY}
        among = options(3) if chosen_among else YES_AND_NO
        size = chance.randint(FEWEST_SECRET, 9)
        seats = table(size, away={n for n in range(size) if chance.random() < 0.2})
        voters = chance.sample(range(size), chance.randint(FEWEST_SECRET, size))
        keys = [ABSTAIN, *(one.key for one in among)]
        said = {str(n): chance.choice(keys) for n in voters}
        named = judge_named(rule, among, seats, said)
        secret = judge_secret(rule, among, seats, set(said), Counter(said.values()))
        assert (secret.outcome, secret.chosen, secret.tied, secret.counts) == (
            named.outcome,
            named.chosen,
            named.tied,
            named.counts,
        )
        silent = {seat.name for seat in seats if seat.agency_id not in said}
        spoken = {seat.name for seat in seats} - silent
        assert not any(name in told for name in spoken for told in secret.reasons)


def test_the_box_stays_shut_over_four_voices_and_over_one_that_had_to_leave():
    rule = DecisionRule(method=Method.PLURALITY, blind=True, secret=True)
    among, seats = options(2), table(6)
    four = judge_secret(rule, among, seats, {"0", "1", "2", "3"}, {"1": 3, "2": 1})
    assert (four.outcome, four.counts) == (None, {})
    assert four.missing == ("投票が5機関に満たないため、開票しません（投票4機関）。",)
    everybody = {str(n) for n in range(6)}
    one_left = judge_secret(rule, among, seats, everybody, {"1": 4, "2": 2}, excluded=("3",))
    assert (one_left.outcome, one_left.counts) == (None, {})
    assert "機関3" in one_left.missing[0]


def test_a_tie_says_what_comes_of_it():
    told = {
        tie: judge_named(
            DecisionRule(method=Method.PLURALITY, tie=tie),
            options(3),
            table(4),
            {"0": "1", "1": "1", "2": "3", "3": "3"},
        )
        for tie in Tie
    }
    assert {one.tied for one in told.values()} == {("1", "3")}
    assert {one.reasons[0] for one in told.values()} == {"最多が同数です：案1、案3（各2機関）"}
    assert {tie: one.reasons[1] for tie, one in told.items()} == {
        Tie.CHAIR: "議長が裁決します。",
        Tie.AGAIN: "改めて投票を行います。",
        Tie.CONTINUE: "協議を続けます。",
    }


def test_what_nobody_chose_is_not_carried():
    verdict = judge_named(
        DecisionRule(method=Method.PLURALITY), options(2), table(2), {"0": ABSTAIN, "1": ABSTAIN}
    )
    assert (verdict.outcome, verdict.reasons) == (
        Outcome.NOT_CARRIED,
        ("どの選択肢も選ばれませんでした。",),
    )


def problems(kind, rule, among, asked=6):
    return [str(one) for one in problems_of_poll(kind, rule, among, asked)]


def test_under_five_seats_nothing_can_be_secret():
    rule = DecisionRule(method=Method.PLURALITY, blind=True, secret=True)
    assert problems(PollKind.OTHER, rule, options(2), asked=5) == []
    (told,) = problems(PollKind.OTHER, rule, options(2), asked=4)
    assert told.startswith("無記名の投票は、対象が5機関以上のときに行えます（現在4機関）。")


def test_a_question_that_does_not_hold_together_is_told():
    plurality, majority = DecisionRule(method=Method.PLURALITY), DecisionRule(Method.MAJORITY)
    assert problems(PollKind.OTHER, plurality, YES_AND_NO)
    assert problems(PollKind.OTHER, majority, options(2))
    assert problems(PollKind.OTHER, plurality, options(1))
    assert problems(PollKind.OTHER, plurality, options(9))
    assert problems(PollKind.OTHER, plurality, [Option("1", "同じ"), Option("2", "同じ")])
    assert problems(PollKind.TEMPERATURE, plurality, options(2))
    assert problems(PollKind.DATE, majority, YES_AND_NO)
    assert problems(PollKind.OTHER, plurality, options(2), asked=0)
    secret = DecisionRule(method=Method.CONSENSUS, blind=True, secret=True)
    assert problems(PollKind.OTHER, secret, YES_AND_NO)
    assert problems(PollKind.OTHER, majority, YES_AND_NO) == []
    assert problems(PollKind.TEMPERATURE, DecisionRule(Method.ADVISORY), YES_AND_NO) == []


def test_all_alike_is_told_only_where_one_was_chosen_by_all():
    assert all_alike({"1": 5, "2": 0, ABSTAIN: 0})
    assert not all_alike({"1": 4, "2": 0, ABSTAIN: 1})
    assert not all_alike({"1": 0, "2": 0, ABSTAIN: 0})
