"""Every rule of decision, held against a clerk who counts by hand."""

from datetime import date
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st

from app.domain.ballot import Outcome, VotingSeat, outcome_of
from app.domain.decision_rules import (
    Abstention,
    DecisionRule,
    Denominator,
    Method,
    Quorum,
    digest_of,
    problems_of,
    text_of,
)
from app.domain.stances import Given, Stance
from tests.domain.ballot_oracle import told_by_hand

METHODS = tuple(method for method in Method if method is not Method.PLURALITY)
BY = date(2026, 12, 8)
WORDS: tuple[Given | None, ...] = (None, *(Given(stance, BY) for stance in Stance))
# What one seat can be: what it said, whether it is there, whether it left for an interest.
STATES = [
    *((word, there, False) for word in WORDS for there in (True, False)),
    (Given(Stance.OBJECT), True, True),
]
MARKS = (
    frozenset({"financial_institution", "main_bank"}),
    frozenset({"guarantee_association", "secretariat"}),
    frozenset({"yorozu"}),
    frozenset({"jfc"}),
    frozenset({"chamber"}),
    frozenset({"succession_center"}),
    frozenset({"revitalization_council"}),
)
QUORA = (Quorum(seats=2), Quorum(percent=50))


def rules(quora=QUORA, includes=((), ("main_bank",))):
    for method, quorum, include in product(METHODS, quora, includes):
        for base, abstention in product(Denominator, Abstention):
            for presence, provisional in product((False, True), (False, True)):
                rule = DecisionRule(
                    method=method,
                    quorum=quorum,
                    must_include=include,
                    denominator=base,
                    abstention=abstention,
                    presence=presence,
                    allow_provisional=provisional,
                )
                if not problems_of(rule):
                    yield rule


def staged(states):
    seats = [
        VotingSeat(str(n), f"機関{n}", MARKS[n], there)
        for n, (_word, there, _out) in enumerate(states)
    ]
    words = {str(n): word for n, (word, _there, _out) in enumerate(states) if word is not None}
    return seats, words, [str(n) for n, (_word, _there, out) in enumerate(states) if out]


def disagreements(table_rules, tables):
    found = []
    for states in tables:
        seats, words, out = staged(states)
        for rule in table_rules:
            engine = outcome_of(rule, seats, words, out).outcome
            hand = told_by_hand(rule, seats, words, out)
            if engine is not hand:
                found.append((rule, states, engine, hand))
    return found


def test_every_table_of_two_under_every_rule_is_judged_as_by_hand():
    every = list(rules())
    assert len(every) == 624
    assert disagreements(every, product(STATES, repeat=2)) == []


@settings(max_examples=400, deadline=None)
@over(
    st.sampled_from(list(rules())),
    st.lists(st.sampled_from(STATES), min_size=1, max_size=7),
)
def test_any_table_of_up_to_seven_is_judged_as_by_hand(rule, states):
    assert disagreements([rule], [states]) == []


# A condition counts as an agreement, and who left is as if there were one seat fewer; the tests
# above show that with every state. Without the two there are few enough tables to try them all.
DISTINCT = [
    (word, there, False)
    for word in WORDS
    if word is None or word.stance is not Stance.AGREE_WITH_CONDITION
    for there in (True, False)
]


@pytest.mark.soak
@pytest.mark.parametrize("size", [3, 4, 5, 6, 7])
def test_every_table_of_up_to_seven_is_judged_as_by_hand(size):
    """Seats may change places, so each mixture of states stands for all its orders.

    Not the first one: it alone carries what a rule may ask for.
    """
    plain = list(rules(quora=(Quorum(seats=3),), includes=(("main_bank",),)))
    tables = (
        (first, *rest)
        for first in DISTINCT
        for rest in combinations_with_replacement(DISTINCT, size - 1)
    )
    assert disagreements(plain, tables) == []


@settings(max_examples=200, deadline=None)
@over(
    st.sampled_from(list(rules())),
    st.lists(st.sampled_from(STATES), min_size=1, max_size=7),
    st.data(),
)
def test_another_agreement_never_spoils_what_was_carried(rule, states, data):
    """A silent seat that agrees can only help."""
    silent = [n for n, (word, there, out) in enumerate(states) if word is None and there]
    seats, words, out = staged(states)
    if outcome_of(rule, seats, words, out).outcome is not Outcome.CARRIED or not silent:
        return
    more = {**words, str(data.draw(st.sampled_from(silent))): Given(Stance.AGREE)}
    assert outcome_of(rule, seats, more, out).outcome is Outcome.CARRIED


def three(*stances, there=True):
    seats = [VotingSeat(str(n), f"機関{n}", MARKS[n], there) for n in range(len(stances))]
    return seats, {str(n): Given(s, BY) for n, s in enumerate(stances) if s is not None}


def test_the_reasons_of_a_majority_name_what_was_counted():
    seats, words = three(Stance.AGREE, Stance.AGREE, Stance.OBJECT)
    verdict = outcome_of(DecisionRule(method=Method.MAJORITY), seats, words)
    assert (verdict.outcome, list(verdict.reasons)) == (
        Outcome.CARRIED,
        ["反対があります：機関2", "賛成2・反対1（分母3機関、必要な賛成2機関）。"],
    )


def test_as_many_for_as_against_is_a_tie_and_says_so():
    seats, words = three(Stance.AGREE, Stance.OBJECT)
    verdict = outcome_of(DecisionRule(method=Method.MAJORITY), seats, words)
    assert (verdict.outcome, verdict.reasons[-1]) == (Outcome.TIED, "可否同数です。")


def test_a_hold_that_cannot_change_anything_is_not_waited_for():
    seats, words = three(Stance.AGREE, Stance.AGREE, Stance.HOLD)
    rule = DecisionRule(method=Method.MAJORITY)
    assert outcome_of(rule, seats, words).outcome is Outcome.CARRIED


def test_a_hold_that_could_lead_to_a_tie_is_waited_for():
    seats, words = three(Stance.AGREE, Stance.OBJECT, Stance.HOLD, Stance.HOLD, None, None, None)
    rule = DecisionRule(method=Method.MAJORITY)
    assert outcome_of(rule, seats, words).outcome is Outcome.PROVISIONAL


def test_a_lender_that_stays_away_has_not_agreed():
    seats = [VotingSeat("a", "A銀行", MARKS[3]), VotingSeat("b", "B信金", MARKS[3], False)]
    rule = DecisionRule(method=Method.ALL_LENDERS)
    verdict = outcome_of(rule, seats, {"a": Given(Stance.AGREE)})
    assert (verdict.outcome, verdict.silent) == (None, ("b",))
    assert "未回答の機関があります：B信金" in verdict.missing


def test_who_must_answer_is_named_while_it_has_not():
    seats, words = three(None, Stance.AGREE, Stance.AGREE)
    rule = DecisionRule(must_include=("main_bank", "secretariat"))
    missing = outcome_of(rule, seats, words).missing
    assert "メイン金融機関の回答が必要です。" in missing
    assert "事務局の回答が必要です。" not in missing


def test_silence_is_no_objection_only_where_the_rule_says_so_and_the_agency_is_there():
    seats, words = three(Stance.AGREE, None, None)
    rule = DecisionRule(method=Method.NO_OBJECTION, quorum=Quorum(seats=3))
    assert outcome_of(rule, seats, words).outcome is Outcome.CARRIED
    away, words = three(Stance.AGREE, None, None, there=False)
    assert outcome_of(rule, away, words).outcome is None


@over(st.sampled_from(list(rules())))
def test_a_pinned_rule_reads_back_as_it_was(rule):
    again = DecisionRule.of(rule.as_mapping())
    assert (again, digest_of(again)) == (rule, digest_of(rule))


def test_a_rule_pinned_before_there_were_methods_is_a_consensus():
    rule = DecisionRule.of({"quorum": 3, "allow_provisional": False})
    assert rule == DecisionRule(quorum=Quorum(seats=3), allow_provisional=False)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (DecisionRule(quorum=Quorum()), "定足数は、機関の数か割合のどちらか一つで定めてください。"),
        (DecisionRule(quorum=Quorum(percent=0)), "定足数の割合は1〜100％で定めてください。"),
        (DecisionRule(quorum=Quorum(seats=0)), "定足数は1機関以上で定めてください。"),
        (
            DecisionRule(method=Method.ALL_LENDERS, presence=True),
            "全行同意では、欠席した金融機関の同意も書面で確認します。",
        ),
        (
            DecisionRule(method=Method.MAJORITY, secret=True),
            "無記名では、公開まで回答を伏せる必要があります。",
        ),
        (
            DecisionRule(secret=True, blind=True),
            "無記名は、反対の理由を確かめる決定方法では使えません。",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_rule_that_cannot_hold_together_says_why(rule, sentence):
    assert list(problems_of(rule)) == [sentence]


def test_a_rule_is_told_whole():
    rule = DecisionRule(
        method=Method.MAJORITY,
        quorum=Quorum(percent=50),
        must_include=("main_bank",),
        denominator=Denominator.TAKING_PART,
        presence=True,
        blind=True,
    )
    assert list(text_of(rule)) == [
        "過半数の賛成で決めます。",
        "定足数は対象機関の50％です。",
        "次の機関の回答が必要です（メイン金融機関）。",
        "分母は出席・書面参加・代理の機関です。",
        "棄権は分母から除く扱いです。",
        "同数のときは、継続協議とすることにします。",
        "出席、書面参加、代理のいずれかの機関だけが回答できます。",
        "回答は、議長が公開するまで互いに見えません。",
    ]
