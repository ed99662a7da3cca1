from dataclasses import replace

import pytest
from sqlmodel import select

from app.domain.errors import NotEntitled, NotFound
from app.domain.plan_paper import Confirmation, Revision
from app.domain.receipts import receipt_of
from app.domain.vocabulary import Role
from app.queries.plan_papers import paper_for_export, paper_of
from app.store.tables.cases import ConsentRow
from app.store.tables.journal import EntryRow
from app.store.unit_of_work import Database
from tests.factories import StandingClock, op
from tests.figures import give_figures
from tests.plan_steps import (
    CONDITION,
    agreed,
    circulate,
    circulated,
    confirm,
    draft,
    drafted,
    plan_of,
    put,
    write,
)


def test_a_draft_is_printed_as_it_stands_and_marked(database: Database) -> None:
    planned = drafted(database)
    write(database, planned["yorozu"], planned.plan_id, "policy", "書き直した方針")

    with database.read() as desk:
        paper = paper_of(desk, planned["bank"], planned.plan_id)

    assert paper.is_draft
    assert paper.policy == "書き直した方針"
    assert paper.issued_by == "つむぎ坂信用金庫　田中 一郎"
    assert {one.answer for one in paper.confirmations} == {"未確認"}


def test_a_circulated_text_stays_as_it_was_whatever_changes_around_it(
    database: Database, clock: StandingClock
) -> None:
    planned = circulated(database)
    with database.read() as desk:
        before = paper_of(desk, planned["bank"], planned.plan_id)
    give_figures(database, planned.at.firm.id)
    clock.advance(days=3)
    confirm(database, planned["council"], planned.plan_id, "conditional", "条件です。")

    with database.read() as desk:
        assert paper_of(desk, planned["yorozu"], planned.plan_id) == before
        assert paper_for_export(desk, planned.plan_id) == before
    assert before.is_draft


def test_an_agreed_paper_shows_who_confirmed_it(database: Database, clock: StandingClock) -> None:
    planned = circulated(database)
    clock.advance(days=1)
    confirm(database, planned["bank"], planned.plan_id)
    confirm(database, planned["council"], planned.plan_id, "conditional", "期限を守ること。")
    confirm(database, planned["yorozu"], planned.plan_id)

    with database.read() as desk:
        paper = paper_of(desk, planned["chamber"], planned.plan_id)

    assert not paper.is_draft
    day = clock().date()
    assert paper.confirmations == (
        Confirmation("つむぎ坂信用金庫", "承認", "主任　田中 一郎", day, None),
        Confirmation("東京都よろず支援拠点", "承認", "主任　佐藤 健", day, None),
        Confirmation(
            "東京都中小企業活性化協議会", "条件付承認", "主任　高橋 誠", day, "期限を守ること。"
        ),
    )
    assert paper.issued_at == clock()
    assert paper.digest == plan_of(database, planned.plan_id).digest


def test_a_paper_tells_how_the_lead_was_decided(database: Database) -> None:
    planned = drafted(database)
    with database.read() as desk:
        paper = paper_of(desk, planned["yorozu"], planned.plan_id)
        declared = select(EntryRow).where(EntryRow.kind == "result_declared")
        entry = desk.session.exec(declared).one()

    assert paper.decision is not None
    assert paper.decision.receipt == receipt_of(entry.hash)
    assert [(s.agency, s.stance, s.remark) for s in paper.decision.stances][2:4] == [
        ("東京都よろず支援拠点", "賛成", None),
        ("東京都中小企業活性化協議会", "条件付賛成", CONDITION),
    ]
    assert paper.lead_reason == "飲食の専門家がいるため。"
    assert [(c.name, c.outcome) for c in paper.conferences] == [
        ("事業者支援合同カンファレンス 11月", "決定")
    ]


def test_a_condition_taken_out_of_the_text_is_still_printed(database: Database) -> None:
    planned = drafted(database)
    with database.read() as desk:
        assert paper_of(desk, planned["yorozu"], planned.plan_id).conditions == ()

    write(database, planned["yorozu"], planned.plan_id, "notes", "特になし。")

    with database.read() as desk:
        (condition,) = paper_of(desk, planned["yorozu"], planned.plan_id).conditions
    assert (condition.kind, condition.agency, condition.text) == (
        "条件",
        "東京都中小企業活性化協議会",
        CONDITION,
    )


def test_figures_are_printed_and_what_cannot_be_computed_is_explained(database: Database) -> None:
    planned = drafted(database)
    give_figures(database, planned.at.firm.id)

    with database.read() as desk:
        paper = paper_of(desk, planned["yorozu"], planned.plan_id)

    assert [year.label for year in paper.years] == [
        "令和6年3月期",
        "令和7年3月期",
        "令和8年3月期",
    ]
    ratio = next(i for i in paper.indicators if i.name == "EBITDA有利子負債倍率")
    assert (ratio.shown, ratio.values) == (
        ("31.55", "13.38", "算出不能"),
        (31.55, 13.38, None),
    )
    assert paper.indicator_note == (
        "役員借入金は借入金に含めていません。"
        "EBITDA有利子負債倍率（令和8年3月期）：算出不能（EBITDAがマイナス）。"
    )
    assert paper.cash is not None
    assert len(paper.cash.months) == 12


def test_what_one_of_the_asked_may_not_know_is_not_printed(database: Database) -> None:
    planned = drafted(database)
    give_figures(database, planned.at.firm.id)
    with database.begin() as uow:
        consent = uow.session.exec(select(ConsentRow)).one()
        consent.item_groups = ["identity", "issues", "support"]
        uow.session.add(consent)

    with database.read() as desk:
        paper = paper_of(desk, planned["yorozu"], planned.plan_id)

    assert (paper.years, paper.indicators, paper.cash) == ((), (), None)


def test_who_may_not_know_a_printed_part_gets_no_paper(database: Database) -> None:
    planned = drafted(database)
    give_figures(database, planned.at.firm.id)
    watching = replace(planned["chamber"], role=Role.OBSERVER)

    with database.read() as desk:
        with pytest.raises(NotEntitled):
            paper_of(desk, watching, planned.plan_id)
        assert paper_of(desk, planned["chamber"], planned.plan_id).years


def test_outsiders_cannot_tell_a_plan_from_none(database: Database) -> None:
    planned = agreed(database)

    with database.read() as desk:
        for actor in (planned.at.outsider, planned.at.stranger):
            with pytest.raises(NotFound) as hidden:
                paper_of(desk, actor, planned.plan_id)
            with pytest.raises(NotFound) as absent:
                paper_of(desk, actor, op())
            assert str(hidden.value) == str(absent.value)
        with pytest.raises(NotFound):
            paper_for_export(desk, op())


def test_each_version_says_what_it_changed(database: Database, clock: StandingClock) -> None:
    planned = agreed(database)
    clock.advance(days=30)
    lead = planned["yorozu"]
    second = draft(database, lead, planned.at.case.id).id or ""
    write(database, lead, second, "policy", "粗利率を67％へ戻す。")
    put(database, lead, second, "kpi", indicator="粗利率", target="67％")
    circulate(database, lead, second)

    with database.read() as desk:
        first_day = paper_of(desk, lead, planned.plan_id).created_on
        paper = paper_of(desk, lead, second)

    assert paper.revisions == (
        Revision(1, first_day, "東京都よろず支援拠点", "初版"),
        Revision(2, paper.created_on, "東京都よろず支援拠点", "支援方針、KPIを改めました。"),
    )
