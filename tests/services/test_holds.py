"""仮決定: head offices answer later, and it becomes a decision or is discussed again."""

from datetime import date

import pytest
from sqlmodel import select

from app.domain.case_life import CaseStatus
from app.domain.errors import Malformed, NotEntitled, NotFound, StateForbids
from app.queries.waiting import what_waits
from app.services.holds import AnswerHold, ReturnProvisional, answer_hold, return_provisional
from app.services.interests import DeclareRecusal, declare_recusal
from app.services.room_life import EndItem, end_item
from app.store.pictures.item import item_picture
from app.store.tables.ballots import DecisionRow
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import AgendaItemRow
from tests.factories import op, table
from tests.round_steps import ALL, accepts, declares, opened, says


def provisional(database, at, holding=("bank",)):
    round_id = opened(database, at)
    for who in ALL:
        if who in holding:
            says(database, at, round_id, who, "hold", reply_by="2026-12-08")
        else:
            says(database, at, round_id, who, "agree")
    accepts(database, at, round_id)
    declares(database, at, round_id, "provisional", date(2026, 12, 15))
    return round_id


def answers(database, at, round_id, who, stance="agree", **more):
    command = AnswerHold(op_id=op(), round_id=round_id, stance=stance, **more)
    return answer_hold(database, at[who], command)


def returned(database, at, round_id, who="cga", day="2026-12-22"):
    command = ReturnProvisional(
        op_id=op(), round_id=round_id, reason="本部の回答がないため", next_date=day
    )
    return return_provisional(database, at[who], command)


def standing(database, at):
    with database.read() as desk:
        case = desk.session.get(CaseRow, at.case.id)
        decision = desk.session.exec(select(DecisionRow)).one()
        return case.status, case.lead_agency_id, (decision.settled or {}).get("result")


def waits(database, who):
    with database.read() as desk:
        return [(one.kind.value, one.due, one.overdue) for one in what_waits(desk, who)]


def test_the_last_agreement_makes_it_a_decision(database):
    at = table(database)
    round_id = provisional(database, at, ("bank", "chamber"))
    yorozu = at.agencies["yorozu"].id
    answers(database, at, round_id, "bank")
    assert standing(database, at) == (CaseStatus.PROVISIONAL, yorozu, None)

    condition = {"stance": "agree_with_condition", "text": "月次で共有すること"}
    assert len(answers(database, at, round_id, "chamber", **condition).receipt) == 12

    assert standing(database, at) == (CaseStatus.LEAD_DECIDED, yorozu, "decided")
    with pytest.raises(StateForbids):
        answers(database, at, round_id, "bank", "object", text="やはり反対")


def test_one_objection_returns_it_without_waiting_for_the_others(database):
    at = table(database)
    round_id = provisional(database, at, ("bank", "chamber"))
    answers(database, at, round_id, "chamber", "object", text="記帳支援が先", alternative="会議所")
    assert standing(database, at) == (CaseStatus.ACCEPTED, None, "continued")
    with database.read() as desk:
        settled = desk.session.exec(select(DecisionRow)).one().settled
        assert settled["reasons"] == ["持ち帰った機関が反対しました：台東商工会議所"]
        assert settled["next_date"] == "2026-12-15"


def test_a_word_may_be_changed_until_it_is_settled(database):
    at = table(database)
    round_id = provisional(database, at, ("bank", "chamber"))
    answers(database, at, round_id, "bank")
    done = answers(database, at, round_id, "bank", "agree_with_condition", text="四半期ごとに報告")
    assert done.version == 2


def test_what_is_said_gives_its_reason(database):
    at = table(database)
    round_id = provisional(database, at)
    with pytest.raises(Malformed) as refused:
        answers(database, at, round_id, "bank", "object")
    assert set(refused.value.fields) == {"text"}


def test_only_who_took_it_home_answers(database):
    at = table(database)
    round_id = provisional(database, at)
    with pytest.raises(NotEntitled):
        answers(database, at, round_id, "cga")
    command = AnswerHold(op_id=op(), round_id=round_id, stance="agree")
    with pytest.raises(NotFound):
        answer_hold(database, at.outsider, command)


def test_a_decision_has_no_head_office_to_wait_for(database):
    at = table(database)
    round_id = opened(database, at)
    for who in ALL:
        says(database, at, round_id, who, "agree")
    accepts(database, at, round_id)
    declares(database, at, round_id, "decided")
    with pytest.raises(StateForbids):
        answers(database, at, round_id, "bank")


def test_an_agency_that_leaves_for_an_interest_is_not_waited_for(database):
    at = table(database)
    round_id = provisional(database, at, ("bank", "chamber"))
    command = DeclareRecusal(op_id=op(), item_id=at.item.id, reason="役員を兼ねているため")
    declare_recusal(database, at["chamber"], command)
    answers(database, at, round_id, "bank")
    assert standing(database, at)[2] == "decided"


def test_it_is_returned_only_after_its_date_and_by_who_keeps_the_dates(database):
    at = table(database)
    round_id = provisional(database, at)
    with pytest.raises(StateForbids):
        returned(database, at, round_id)
    database.clock.advance(days=15)
    with pytest.raises(NotEntitled):
        returned(database, at, round_id, "bank")
    with pytest.raises(Malformed) as refused:
        returned(database, at, round_id, day="2026-12-01")
    assert set(refused.value.fields) == {"next_date"}

    returned(database, at, round_id)

    assert standing(database, at) == (CaseStatus.ACCEPTED, None, "continued")
    with pytest.raises(StateForbids):
        answers(database, at, round_id, "bank")


def test_it_waits_at_home_for_the_agency_and_when_late_for_the_secretariat(database):
    at = table(database)
    round_id = provisional(database, at)
    day = date(2026, 12, 8)
    assert ("hold", day, False) in waits(database, at["bank"])
    assert "overdue_hold" not in [kind for kind, *_rest in waits(database, at["cga"])]
    database.clock.advance(days=15)
    assert ("hold", day, True) in waits(database, at["bank"])
    assert ("overdue_hold", day, True) in waits(database, at["cga"])
    answers(database, at, round_id, "bank")
    for who in ("bank", "cga"):
        assert not {kind for kind, *_rest in waits(database, at[who])} & {"hold", "overdue_hold"}


def test_the_item_ends_as_what_the_provisional_decision_became(database):
    at = table(database)
    round_id = provisional(database, at)
    answers(database, at, round_id, "bank", "object", text="担保の扱いを先に")
    end_item(database, at["yorozu"], EndItem(op_id=op(), item_id=at.item.id))
    with database.read() as desk:
        told = item_picture(desk, desk.session.get(AgendaItemRow, at.item.id))
    assert (told["settled"]["result"], told["settled"]["next_date"]) == ("continued", "2026-12-15")


def test_what_came_back_is_asked_again_at_the_same_table(database):
    at = table(database)
    round_id = provisional(database, at)
    with pytest.raises(StateForbids):
        opened(database, at, because="代案がまとまったため")
    answers(database, at, round_id, "bank", "object", text="担保の扱いを先に")
    again = opened(database, at, because="代案がまとまったため")
    for who in ALL:
        says(database, at, again, who, "agree")
    accepts(database, at, again)
    declares(database, at, again, "decided")
    with database.read() as desk:
        assert desk.session.get(CaseRow, at.case.id).status == CaseStatus.LEAD_DECIDED


def test_where_everybody_who_took_it_home_has_left_it_is_returned_at_once(database):
    at = table(database)
    round_id = provisional(database, at, ("chamber",))
    command = DeclareRecusal(op_id=op(), item_id=at.item.id, reason="役員を兼ねているため")
    declare_recusal(database, at["chamber"], command)
    database.clock.advance(days=15)
    assert "overdue_hold" not in [kind for kind, *_rest in waits(database, at["cga"])]
    returned(database, at, round_id)
    assert standing(database, at) == (CaseStatus.ACCEPTED, None, "continued")
