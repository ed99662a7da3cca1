import pytest
from pydantic import ValidationError
from sqlmodel import select

from app.domain.errors import (
    Incomplete,
    Malformed,
    NotEntitled,
    NotFound,
    StaleVersion,
    StateForbids,
)
from app.domain.plan import Answer
from app.domain.plan_paper_form import digest_of, from_json
from app.services.consents import WithdrawConsent, withdraw_consent
from app.services.plan_confirming import ConfirmPlan, confirm_plan
from app.store.tables.cases import CaseRow
from app.store.tables.journal import EntryRow
from app.store.tables.plans import PlanConfirmationRow
from app.store.unit_of_work import Database
from tests.factories import op
from tests.plan_steps import (
    ASKED,
    Planned,
    agreed,
    circulate,
    circulated,
    completed,
    confirm,
    drafted,
    plan_of,
    put,
    write,
)


def case_status(database: Database, planned: Planned) -> str:
    with database.read() as desk:
        return desk.session.get_one(CaseRow, planned.at.case.id).status


def answers(database: Database) -> dict[str, str]:
    with database.read() as desk:
        rows = desk.session.exec(select(PlanConfirmationRow))
        return {row.agency_id: row.answer for row in rows}


def test_circulating_fixes_the_paper_and_its_digest(database: Database) -> None:
    planned = circulated(database)

    plan = plan_of(database, planned.plan_id)
    assert plan.status == "circulating"
    assert plan.paper is not None
    assert digest_of(from_json(plan.paper)) == plan.digest
    assert plan.paper["policy"] == plan.sections["policy"]["text"]


def test_what_is_missing_is_named(database: Database) -> None:
    planned = drafted(database)
    lead = planned["yorozu"]
    for section in ("situation", "monitoring"):
        write(database, lead, planned.plan_id, section, "")
    undated = {"agency_id": planned.at.agencies["yorozu"].id, "content": "いつか行う。"}
    put(database, lead, planned.plan_id, "action", **undated)

    with pytest.raises(Incomplete) as refused:
        circulate(database, lead, planned.plan_id)

    assert refused.value.detail == {
        "missing": [
            "現状認識",
            "モニタリング（頻度・方法・報告先・見直し条件）",
            "支援内容の期限",
        ]
    }
    assert plan_of(database, planned.plan_id).status == "draft"


def test_whoever_a_line_gives_work_is_asked_too(database: Database) -> None:
    planned = completed(database)
    chamber = planned.at.agencies["chamber"].id
    values = {"agency_id": chamber, "content": "補助金の申請", "due": "2027/1/31"}
    put(database, planned["yorozu"], planned.plan_id, "action", **values)

    circulate(database, planned["yorozu"], planned.plan_id)

    asked = [one["agency_id"] for one in plan_of(database, planned.plan_id).asked]
    assert asked == [planned.at.agencies[key].id for key in (*ASKED, "chamber")]


def test_only_the_lead_circulates(database: Database) -> None:
    planned = completed(database)

    with pytest.raises(NotEntitled):
        circulate(database, planned["bank"], planned.plan_id)
    for actor in (planned.at.outsider, planned.at.stranger):
        with pytest.raises(NotFound):
            circulate(database, actor, planned.plan_id)
    circulate(database, planned["yorozu"], planned.plan_id)
    with pytest.raises(StateForbids):
        circulate(database, planned["yorozu"], planned.plan_id)


def test_the_last_approval_makes_the_plan_agreed_and_moves_the_case(database: Database) -> None:
    planned = circulated(database)
    for key in ASKED[:-1]:
        confirm(database, planned[key], planned.plan_id)
    assert plan_of(database, planned.plan_id).status == "circulating"
    assert case_status(database, planned) == "planning"

    confirm(database, planned[ASKED[-1]], planned.plan_id, "conditional", "期限を守ること。")

    assert plan_of(database, planned.plan_id).status == "agreed"
    assert case_status(database, planned) == "plan_agreed"


def test_one_answer_per_agency_that_a_colleague_may_replace(database: Database) -> None:
    planned = circulated(database)
    bank = planned.at.agencies["bank"].id
    confirm(database, planned["bank"], planned.plan_id, "conditional", "条件あり")

    confirm(database, planned.at.colleague("bank"), planned.plan_id)

    with database.read() as desk:
        (answer,) = desk.session.exec(select(PlanConfirmationRow)).all()
    assert (answer.agency_id, answer.answer, answer.text) == (bank, "approve", "")
    assert answer.person_name == "同僚 二郎"


def test_a_return_makes_it_a_draft_again_and_keeps_the_reason(database: Database) -> None:
    planned = circulated(database)
    council = planned.at.agencies["council"].id

    confirm(database, planned["council"], planned.plan_id, "return", "期限が短すぎます。")

    plan = plan_of(database, planned.plan_id)
    assert (plan.status, plan.digest, plan.paper) == ("draft", "", None)
    assert answers(database) == {council: "return"}
    write(database, planned["yorozu"], planned.plan_id, "policy", "期限を延ばす。", base=1)
    circulate(database, planned["yorozu"], planned.plan_id)
    assert answers(database) == {}
    with database.read() as desk:
        kept = desk.session.exec(select(EntryRow).where(EntryRow.kind == "plan_confirmed")).one()
    assert kept.body is not None
    assert kept.body["text"] == "期限が短すぎます。"


@pytest.mark.parametrize("answer", ["conditional", "return"])
def test_a_condition_and_a_return_say_why(database: Database, answer: str) -> None:
    planned = circulated(database)

    with pytest.raises(Malformed) as refused:
        confirm(database, planned["bank"], planned.plan_id, answer)

    assert set(refused.value.fields) == {"text"}
    assert answers(database) == {}


def test_only_agencies_that_were_asked_answer(database: Database) -> None:
    planned = circulated(database)

    with pytest.raises(NotEntitled):
        confirm(database, planned["chamber"], planned.plan_id)
    for actor in (planned.at.outsider, planned.at.stranger):
        with pytest.raises(NotFound):
            confirm(database, actor, planned.plan_id)


def test_answers_are_taken_only_while_the_plan_circulates(database: Database) -> None:
    planned = completed(database)
    with pytest.raises(StateForbids):
        confirm(database, planned["bank"], planned.plan_id)
    circulate(database, planned["yorozu"], planned.plan_id)
    for key in ASKED:
        confirm(database, planned[key], planned.plan_id)

    with pytest.raises(StateForbids):
        confirm(database, planned["bank"], planned.plan_id, "return", "やはり反対です。")


def test_an_answer_to_a_text_that_was_replaced_is_refused(database: Database) -> None:
    planned = circulated(database)
    seen = plan_of(database, planned.plan_id).digest
    confirm(database, planned["council"], planned.plan_id, "return", "直してください。")
    write(database, planned["yorozu"], planned.plan_id, "policy", "直した方針", base=1)
    circulate(database, planned["yorozu"], planned.plan_id)
    given = {"op_id": op(), "plan_id": planned.plan_id, "answer": "approve"}

    stale = ConfirmPlan.model_validate(given | {"digest": seen})
    with pytest.raises(StaleVersion):
        confirm_plan(database, planned["bank"], stale)

    now = plan_of(database, planned.plan_id).digest
    confirm_plan(database, planned["bank"], ConfirmPlan.model_validate(given | {"digest": now}))
    assert answers(database) == {planned.at.agencies["bank"].id: "approve"}


def test_an_answer_sent_twice_counts_once(database: Database) -> None:
    planned = circulated(database)
    command = ConfirmPlan(op_id=op(), plan_id=planned.plan_id, answer=Answer.APPROVE)

    first = confirm_plan(database, planned["bank"], command)

    assert confirm_plan(database, planned["bank"], command) == first
    with database.read() as desk:
        kept = desk.session.exec(select(EntryRow).where(EntryRow.kind == "plan_confirmed")).all()
    assert len(kept) == 1


def test_an_unknown_answer_or_an_endless_text_is_refused(database: Database) -> None:
    planned = circulated(database)

    for answer, text in (("perhaps", ""), ("conditional", "条" * 1001)):
        with pytest.raises(ValidationError):
            confirm(database, planned["bank"], planned.plan_id, answer, text)


def test_without_consent_the_plan_stands_still(database: Database) -> None:
    planned = circulated(database)
    command = WithdrawConsent(op_id=op(), case_id=planned.at.case.id, reason="事業者の申し出")
    withdraw_consent(database, planned["bank"], command)

    with pytest.raises(NotFound):
        confirm(database, planned["council"], planned.plan_id)
    assert case_status(database, planned) == "suspended"


def test_an_agreed_plan_is_not_circulated_again(database: Database) -> None:
    planned = agreed(database)

    with pytest.raises(StateForbids):
        circulate(database, planned["yorozu"], planned.plan_id)
