import pytest
from sqlmodel import select

from app.domain.errors import NotEntitled, NotFound, OpReused, StateForbids
from app.services.plan_drafting import DraftPlan, draft_plan
from app.store.tables.cases import CasePaperRow, CaseRow, ConsentRow
from app.store.tables.plans import PlanRow
from app.store.unit_of_work import Database
from tests.factories import StandingClock, op, table
from tests.plan_steps import (
    CONDITION,
    agreed,
    cell,
    decide,
    decided,
    draft,
    drafted,
    lines,
    outcome,
    plan_of,
)


def test_a_plan_starts_from_the_sheet_and_from_what_was_decided(database: Database) -> None:
    planned = drafted(database)

    plan = plan_of(database, planned.plan_id)
    assert {key: kept["text"] for key, kept in plan.sections.items()} == {
        "situation": "【経営者】創業社長。現場に毎日立ち、数字は税理士任せ。\n"
        "【窮境要因】谷中店の赤字と原価率の上昇。",
        "issues": "1．店舗別の損益が不明（優先度：高）\n2．原価率の上昇（優先度：低）",
        "policy": "店舗別採算の見える化と谷中店の撤退判断を3か月で行う。\n"
        "（会議での決定）返済は6か月据え置く方向で調整する。",
        "cash": "",
        "monitoring": "次回確認日：令和8年12月22日\n報告先：東京都よろず支援拠点",
        "notes": f"【条件】東京都中小企業活性化協議会：{CONDITION}",
    }
    assert {kept["version"] for kept in plan.sections.values()} == {1}
    assert (plan.number, plan.version, plan.status) == ("SP-13-R8-0001-1", 1, "draft")


def test_lead_and_supporters_get_roles_and_tasks_become_actions(database: Database) -> None:
    planned = drafted(database)
    ids = planned.at.agencies

    roles = [(r["agency_id"], r["values"]) for r in lines(database, planned.plan_id, "role")]
    assert roles == [
        (
            ids["yorozu"].id,
            {"role": "支援全体の取りまとめと進捗の管理", "person": "髙橋 﨑太郎", "contact": ""},
        ),
        (ids["council"].id, {"role": "収益力改善支援", "person": "", "contact": ""}),
    ]
    actions = lines(database, planned.plan_id, "action")
    assert [(a["agency_id"], a["values"]) for a in actions] == [
        (
            ids["bank"].id,
            {
                "content": "店舗別損益表を作る。",
                "person": "槗本 一",
                "due": "2026-12-20",
                "deliverable": "",
                "status": "planned",
            },
        )
    ]


def test_lead_supporters_and_referrer_are_asked_in_listing_order(database: Database) -> None:
    plan = plan_of(database, drafted(database).plan_id)

    assert [one["name"] for one in plan.asked] == [
        "つむぎ坂信用金庫",
        "東京都よろず支援拠点",
        "東京都中小企業活性化協議会",
    ]


def test_an_agency_given_a_task_at_the_table_is_asked_as_well(database: Database) -> None:
    at = table(database)
    more = {"agency_id": at.agencies["chamber"].id, "due": "2026-12-25"}
    outcome(database, at, "task", "補助金の申請を手伝う。", **more)
    decide(database, at)

    plan = plan_of(database, draft(database, at["yorozu"], at.case.id).id or "")

    assert [one["name"] for one in plan.asked][-1] == "台東商工会議所"


def test_a_plan_that_came_with_an_imported_case_is_taken_up(database: Database) -> None:
    at = table(database)
    imported = {
        "policy": "原価率を下げる。",
        "kpis": ["粗利率 65.3%→67.0%(12か月)", "店舗別損益表の毎月作成"],
        "monitoring_frequency": "毎月",
        "period_months": 12,
    }
    with database.begin() as uow:
        uow.session.add(CasePaperRow(case_id=at.case.id, content={"support_plan": imported}))
    decide(database, at)

    plan_id = draft(database, at["yorozu"], at.case.id).id or ""

    sections = plan_of(database, plan_id).sections
    assert sections["policy"]["text"] == ("原価率を下げる。\n支援期間は12か月を目安とします。")
    assert sections["monitoring"]["text"] == "頻度：毎月\n報告先：東京都よろず支援拠点"
    assert [kpi["values"]["indicator"] for kpi in lines(database, plan_id, "kpi")] == [
        "粗利率",
        "店舗別損益表の毎月作成",
    ]


def test_cells_outside_the_consent_do_not_reach_the_plan(database: Database) -> None:
    """The lead is told nothing through the plan that the sheet keeps from it."""
    at = table(database)
    cell(database, at, "distress_cause", "滞納の経緯。")
    with database.begin() as uow:
        narrower = uow.session.exec(select(ConsentRow)).one()
        narrower.item_groups = ["identity", "support"]
        uow.session.add(narrower)
    decide(database, at)

    plan = plan_of(database, draft(database, at["yorozu"], at.case.id).id or "")

    assert plan.sections["situation"]["text"] == ""


def test_the_case_is_planned_from_then_on(database: Database) -> None:
    planned = drafted(database)

    with database.read() as desk:
        assert desk.session.get_one(CaseRow, planned.at.case.id).status == "planning"


def test_an_agreed_plan_gets_a_next_version_that_starts_with_all_of_it(
    database: Database, clock: StandingClock
) -> None:
    planned = agreed(database)
    clock.advance(days=90)

    second = draft(database, planned["yorozu"], planned.at.case.id).id or ""

    old, new = plan_of(database, planned.plan_id), plan_of(database, second)
    assert (old.status, new.status, new.version) == ("superseded", "draft", 2)
    assert new.number == "SP-13-R8-0001-2"
    assert old.paper is not None
    texts = {key: kept["text"] for key, kept in new.sections.items()}
    assert texts == {key: kept["text"] for key, kept in old.sections.items()}
    for kind in ("role", "action", "kpi"):
        assert [(n["agency_id"], n["values"]) for n in lines(database, second, kind)] == [
            (o["agency_id"], o["values"]) for o in lines(database, planned.plan_id, kind)
        ]


def test_there_is_one_draft_at_a_time(database: Database) -> None:
    planned = drafted(database)

    with pytest.raises(StateForbids) as refused:
        draft(database, planned["yorozu"], planned.at.case.id)

    assert refused.value.detail == {"plan_id": planned.plan_id}


def test_nothing_is_drafted_before_the_lead_is_decided(database: Database) -> None:
    at = table(database)
    with database.begin() as uow:
        case = uow.session.get_one(CaseRow, at.case.id)
        case.lead_agency_id = at.agencies["yorozu"].id
        uow.session.add(case)

    with pytest.raises(StateForbids):
        draft(database, at["yorozu"], at.case.id)

    with database.read() as desk:
        assert desk.session.exec(select(PlanRow)).all() == []


def test_only_the_lead_drafts_and_outsiders_learn_nothing(database: Database) -> None:
    at = decided(database)

    with pytest.raises(NotEntitled):
        draft(database, at["council"], at.case.id)
    for actor in (at.outsider, at.stranger):
        with pytest.raises(NotFound):
            draft(database, actor, at.case.id)
    with pytest.raises(NotFound):
        draft(database, at["yorozu"], op())


def test_the_same_operation_drafts_once(database: Database) -> None:
    at = decided(database)
    command = DraftPlan(op_id=op(), case_id=at.case.id)

    first = draft_plan(database, at["yorozu"], command)

    assert draft_plan(database, at["yorozu"], command) == first
    with pytest.raises(OpReused):
        draft_plan(database, at["council"], command)
    with database.read() as desk:
        assert [p.id for p in desk.session.exec(select(PlanRow))] == [first.id]
