"""Nomination, stances, acceptance and declaration: the rule of 総意 carried out."""

from datetime import date

import pytest
from sqlmodel import select

from app.domain.case_life import CaseStatus
from app.domain.errors import Incomplete, Malformed, NotEntitled, NotFound, StateForbids
from app.services.decisions import DeclareResult, declare_result
from app.services.rounds import (
    AnswerLead,
    GiveStance,
    NominateLead,
    OpenRound,
    Supporter,
    answer_lead,
    give_stance,
    nominate_lead,
    open_round,
)
from app.store.tables.ballots import DecisionRow, NominationRow, StanceRow
from app.store.tables.cases import CaseRow
from tests.factories import op, table

ALL = ("bank", "cga", "yorozu", "council", "succession", "chamber")


def opened(database, at, nominee="yorozu"):
    command = OpenRound(
        op_id=op(),
        item_id=at.item.id,
        nominee_id=at.agencies[nominee].id,
        supporters=[Supporter(agency_id=at.agencies["cga"].id, role="経営サポート会議の事務局")],
        wording="よろず支援拠点を主担当とし、店舗別採算の見直しを支援する。",
    )
    return open_round(database, at["yorozu"], command).id


def says(database, at, round_id, who, stance, **more):
    command = GiveStance(op_id=op(), round_id=round_id, stance=stance, **more)
    return give_stance(database, at[who], command)


def accepts(database, at, round_id, who="yorozu", accepted=True, **more):
    words = {"person": "佐藤 健"} if accepted else {"reason": "体制が整わないため"}
    command = AnswerLead(op_id=op(), round_id=round_id, accepted=accepted, **{**words, **more})
    return answer_lead(database, at[who], command)


def declares(database, at, round_id, result, next_date=None):
    command = DeclareResult(op_id=op(), round_id=round_id, result=result, next_date=next_date)
    return declare_result(database, at["yorozu"], command)


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
            [{"agency_id": at.agencies["chamber"].id, "text": "月次で共有すること"}],
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


def test_a_nomination_can_be_changed_and_stays_one_per_agency(database):
    at = table(database)
    for nominee in ("council", "yorozu"):
        command = NominateLead(
            op_id=op(),
            item_id=at.item.id,
            nominee_id=at.agencies[nominee].id,
            reason="飲食の専門家がいるため",
        )
        nominate_lead(database, at["bank"], command)

    with database.read() as desk:
        assert [n.nominee_id for n in desk.session.exec(select(NominationRow))] == [
            at.agencies["yorozu"].id
        ]


def test_only_agencies_at_the_table_can_be_nominated(database):
    at = table(database)

    with pytest.raises(Malformed):
        nominate_lead(
            database,
            at["bank"],
            NominateLead(
                op_id=op(), item_id=at.item.id, nominee_id=at.outsider.agency_id, reason="x"
            ),
        )
