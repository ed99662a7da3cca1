"""Nomination, stances, acceptance and declaration: the rule of 総意 carried out."""

from datetime import date

import pytest
from sqlmodel import select

from app.domain.case_life import CaseStatus
from app.domain.decision_rules import DecisionRule, digest_of
from app.domain.errors import Incomplete, Malformed, NotEntitled, NotFound, StateForbids
from app.domain.receipts import receipt_of
from app.services.decisions import DeclareResult, declare_result
from app.services.rounds import OpenRound, open_round
from app.services.stances import GiveStance, give_stance
from app.store.tables.ballots import DecisionRow, RoundRow, StanceRow
from app.store.tables.cases import CaseRow
from app.store.tables.journal import EntryRow
from tests.factories import op, table
from tests.round_steps import ALL, accepts, declares, opened, says


def test_the_lead_is_decided_when_nobody_objects_and_the_nominee_accepts(database):
    at = table(database)
    round_id = opened(database, at)
    for who in ALL[:-1]:
        says(database, at, round_id, who, "agree")
    says(database, at, round_id, "chamber", "agree_with_condition", text="月次で共有すること")
    accepts(database, at, round_id)

    declares(database, at, round_id, "decided")

    with database.read() as desk:
        case = desk.session.get(CaseRow, at.case.id)
        decision = desk.session.exec(select(DecisionRow)).one()
        assert (case.status, case.lead_agency_id, case.lead_person) == (
            CaseStatus.LEAD_DECIDED,
            at.agencies["yorozu"].id,
            "佐藤 健",
        )
        assert (decision.number, decision.conditions) == (
            "令和8年度-1",
            [
                {
                    "agency_id": at.agencies["chamber"].id,
                    "text": "月次で共有すること",
                    "owner_id": at.agencies["yorozu"].id,
                    "due": "2026-12-18",
                }
            ],
        )


def test_silence_is_not_consent(database):
    at = table(database)
    round_id = opened(database, at)
    for who in ALL[:-1]:
        says(database, at, round_id, who, "agree")
    accepts(database, at, round_id)

    with pytest.raises(Incomplete) as refused:
        declares(database, at, round_id, "decided")

    assert refused.value.detail["missing"] == ["未回答の機関があります：台東商工会議所"]


def test_five_agreements_do_not_outvote_one_objection(database):
    at = table(database)
    round_id = opened(database, at)
    for who in ALL[:-1]:
        says(database, at, round_id, who, "agree")
    says(database, at, round_id, "chamber", "object", text="記帳支援が先", alternative="商工会議所")
    accepts(database, at, round_id)

    with pytest.raises(Incomplete):
        declares(database, at, round_id, "decided")
    declares(database, at, round_id, "continued", date(2026, 12, 15))

    with database.read() as desk:
        assert desk.session.get(CaseRow, at.case.id).status == CaseStatus.ACCEPTED


def test_an_agency_that_must_ask_its_head_office_makes_the_decision_provisional(database):
    at = table(database)
    round_id = opened(database, at)
    for who in ALL[1:]:
        says(database, at, round_id, who, "agree")
    says(database, at, round_id, "bank", "hold", reply_by="令和8年12月8日")
    accepts(database, at, round_id)

    with pytest.raises(Incomplete):
        declares(database, at, round_id, "decided")
    declares(database, at, round_id, "provisional", date(2026, 12, 8))

    with database.read() as desk:
        assert desk.session.get(CaseRow, at.case.id).status == CaseStatus.PROVISIONAL


def test_a_nominee_that_has_not_accepted_does_not_lead(database):
    at = table(database)
    round_id = opened(database, at)
    for who in ALL:
        says(database, at, round_id, who, "agree")

    with pytest.raises(Incomplete):
        declares(database, at, round_id, "decided")
    accepts(database, at, round_id, accepted=False)
    with pytest.raises(Incomplete):
        declares(database, at, round_id, "decided")


def test_a_colleague_may_replace_the_stance_but_the_seat_keeps_one_voice(database):
    at = table(database)
    round_id = opened(database, at)
    first = says(database, at, round_id, "bank", "agree")
    colleague = at.colleague("bank")

    second = give_stance(
        database, colleague, GiveStance(op_id=op(), round_id=round_id, stance="abstain")
    )

    with database.read() as desk:
        assert [(s.stance, s.person_name) for s in desk.session.exec(select(StanceRow))] == [
            ("abstain", "同僚 二郎")
        ]
    assert (first.version, second.version, len(second.receipt)) == (1, 2, 12)


@pytest.mark.parametrize(
    ("stance", "lacking"),
    [("object", "text"), ("agree_with_condition", "text"), ("hold", "reply_by")],
)
def test_a_stance_says_why_or_by_when(database, stance, lacking):
    at = table(database)
    round_id = opened(database, at)

    with pytest.raises(Malformed) as refused:
        says(database, at, round_id, "bank", stance)

    assert set(refused.value.fields) == {lacking}


def test_nothing_changes_after_the_declaration(database):
    at = table(database)
    round_id = opened(database, at)
    declares(database, at, round_id, "continued", date(2026, 12, 15))

    with pytest.raises(StateForbids):
        says(database, at, round_id, "bank", "agree")
    with pytest.raises(StateForbids):
        accepts(database, at, round_id)
    with pytest.raises(StateForbids):
        declares(database, at, round_id, "continued", date(2026, 12, 16))


def test_only_the_chair_opens_and_declares_and_only_the_nominee_accepts(database):
    at = table(database)
    with pytest.raises(NotEntitled):
        open_round(
            database,
            at["bank"],
            OpenRound(
                op_id=op(),
                item_id=at.item.id,
                nominee_id=at.agencies["bank"].id,
                wording="当金庫が主担当",
            ),
        )
    round_id = opened(database, at)
    with pytest.raises(NotEntitled):
        declare_result(
            database, at["bank"], DeclareResult(op_id=op(), round_id=round_id, result="continued")
        )
    with pytest.raises(NotEntitled):
        accepts(database, at, round_id, who="bank")


def test_an_outsider_finds_no_round(database):
    at = table(database)
    round_id = opened(database, at)

    with pytest.raises(NotFound):
        give_stance(
            database, at.outsider, GiveStance(op_id=op(), round_id=round_id, stance="agree")
        )


def test_asking_again_says_why(database):
    at = table(database)
    first = opened(database, at)
    declares(database, at, first, "continued", date(2026, 12, 15))
    with pytest.raises(Malformed) as refused:
        opened(database, at)
    assert set(refused.value.fields) == {"because"}
    opened(database, at, because="代案がまとまったため")
    with database.read() as desk:
        rounds = desk.session.exec(select(RoundRow).order_by(RoundRow.number)).all()
        assert [(r.number, r.because) for r in rounds] == [(1, ""), (2, "代案がまとまったため")]


def test_a_round_keeps_its_rule_and_whom_it_asked(database):
    at = table(database)
    opened(database, at)
    with database.read() as desk:
        row = desk.session.exec(select(RoundRow)).one()
        rule = DecisionRule.of(row.rule)
        assert (rule.method, rule.quorum.seats, digest_of(rule)) == (
            "consensus",
            2,
            row.rule_digest,
        )
        assert [seat["marks"] for seat in row.seats if seat["agency_id"] == at.agencies["cga"].id]


def test_the_declaration_keeps_what_it_was_reached_from(database):
    at = table(database)
    round_id = opened(database, at)
    for who in ALL:
        says(database, at, round_id, who, "agree")
    accepts(database, at, round_id)
    declares(database, at, round_id, "decided")
    with database.read() as desk:
        row = desk.session.exec(select(RoundRow)).one()
        closing = row.closing
        assert {one["stance"] for one in closing["stances"].values()} == {"agree"}
        assert closing["tally"]["agree"] == len(closing["seats"]) == 6
        assert closing["rule_digest"] == row.rule_digest


def test_a_receipt_is_the_beginning_of_its_entry_in_the_chain(database):
    at = table(database)
    round_id = opened(database, at)
    done = says(database, at, round_id, "bank", "agree")
    with database.read() as desk:
        hashes = desk.session.exec(
            select(EntryRow.hash).where(EntryRow.kind == "stance_given")
        ).all()
    assert [receipt_of(one) for one in hashes] == [done.receipt]
    assert len(done.receipt) == 12


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"effective_on": "2026-11-23"}, "effective_on"),
        ({"review_on": "2026-11-27"}, "review_on"),
        ({"action": ""}, "action"),
        ({"action_person": ""}, "action_person"),
        ({"action_due": "2026-12-12"}, "action_due"),
        ({"action_due": ""}, "action_due"),
        ({"action_due": "2026-11-26"}, "action_due"),
    ],
)
def test_a_decision_is_refused_until_its_record_is_whole(database, wrong, field):
    at = table(database)
    round_id = opened(database, at)
    for who in ALL:
        says(database, at, round_id, who, "agree")
    accepts(database, at, round_id)
    with pytest.raises(Malformed) as refused:
        declares(database, at, round_id, "decided", **wrong)
    assert set(refused.value.fields) == {field}
    declares(database, at, round_id, "decided", action_due="2026-12-11")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"owner_id": None}, "owner_id"),
        ({"owner_id": "f" * 32}, "owner_id"),
        ({"due": None}, "due"),
        ({"due": "2026-11-23"}, "due"),
    ],
)
def test_a_condition_says_who_sees_to_it_and_by_when(database, wrong, field):
    at = table(database)
    round_id = opened(database, at)
    with pytest.raises(Malformed) as refused:
        says(database, at, round_id, "bank", "agree_with_condition", text="月次で", **wrong)
    assert set(refused.value.fields) == {field}
