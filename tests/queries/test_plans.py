from dataclasses import replace

import pytest

from app.domain.errors import NotFound
from app.domain.plan import Answer, PlanList, PlanStatus
from app.domain.vocabulary import Role
from app.queries.plans import PlanPage, plan_page
from app.services.consents import WithdrawConsent, withdraw_consent
from app.store.unit_of_work import Database
from tests.factories import op
from tests.plan_steps import (
    ASKED,
    Planned,
    agreed,
    circulate,
    circulated,
    confirm,
    draft,
    drafted,
    put,
    write,
)


def page_of(database: Database, planned: Planned, key: str) -> PlanPage:
    with database.read() as desk:
        return plan_page(desk, planned[key], planned.plan_id)


def rights(page: PlanPage) -> tuple[bool, bool, bool]:
    return page.may_write, page.may_add, page.may_answer


def test_the_lead_writes_asked_agencies_add_and_others_read(database: Database) -> None:
    planned = drafted(database)

    assert rights(page_of(database, planned, "yorozu")) == (True, True, False)
    assert rights(page_of(database, planned, "council")) == (False, True, False)
    assert rights(page_of(database, planned, "chamber")) == (False, False, False)


def test_while_it_circulates_those_asked_answer_and_nobody_writes(database: Database) -> None:
    planned = circulated(database)

    assert rights(page_of(database, planned, "yorozu")) == (False, False, True)
    assert rights(page_of(database, planned, "bank")) == (False, False, True)
    assert rights(page_of(database, planned, "chamber")) == (False, False, False)


def test_an_observer_of_an_asked_agency_only_reads(database: Database) -> None:
    planned = circulated(database)
    watching = replace(planned["bank"], role=Role.OBSERVER)

    with database.read() as desk:
        page = plan_page(desk, watching, planned.plan_id)

    assert rights(page) == (False, False, False)


def test_an_agency_may_edit_its_own_lines(database: Database) -> None:
    planned = drafted(database)
    page = page_of(database, planned, "council")

    assert [(line.agency, line.may_edit) for line in page.lines[PlanList.ROLE]] == [
        ("東京都よろず支援拠点", False),
        ("東京都中小企業活性化協議会", True),
    ]
    assert [choice.name for choice in page.choices] == ["東京都中小企業活性化協議会"]
    assert len(page_of(database, planned, "yorozu").choices) == 6


def test_who_is_asked_follows_the_lines_until_it_is_circulated(database: Database) -> None:
    planned = drafted(database)
    assert [one.agency_id for one in page_of(database, planned, "bank").asked] == [
        planned.at.agencies[key].id for key in ASKED
    ]

    chamber = {"agency_id": planned.at.agencies["chamber"].id, "role": "補助金の支援"}
    put(database, planned["yorozu"], planned.plan_id, "role", **chamber)

    page = page_of(database, planned, "chamber")
    assert [one.name for one in page.asked][-1] == "台東商工会議所"
    assert page.may_add


def test_the_lead_sees_what_is_missing(database: Database) -> None:
    planned = drafted(database)
    assert page_of(database, planned, "yorozu").missing == ()

    write(database, planned["yorozu"], planned.plan_id, "issues", "")

    assert page_of(database, planned, "yorozu").missing == ("経営課題と優先順位",)
    assert page_of(database, planned, "bank").missing == ()


def test_a_returned_plan_tells_who_returned_it_and_why(database: Database) -> None:
    planned = circulated(database)
    confirm(database, planned["council"], planned.plan_id, "return", "期限が短すぎます。")

    page = page_of(database, planned, "yorozu")

    assert page.status is PlanStatus.DRAFT
    assert [(one.name, one.text) for one in page.returned] == [
        ("東京都中小企業活性化協議会", "期限が短すぎます。")
    ]
    circulate(database, planned["yorozu"], planned.plan_id)
    page = page_of(database, planned, "council")
    assert (page.returned, page.answered) == ((), 0)


def test_ones_own_answer_is_found(database: Database) -> None:
    planned = circulated(database)
    confirm(database, planned["bank"], planned.plan_id, "conditional", "期限を守ること。")

    page = page_of(database, planned, "bank")

    assert page.mine is not None
    assert (page.mine.answer, page.mine.text) == (Answer.CONDITIONAL, "期限を守ること。")
    assert page_of(database, planned, "chamber").mine is None


def test_an_older_version_leads_to_the_newest(database: Database) -> None:
    planned = agreed(database)
    second = draft(database, planned["yorozu"], planned.at.case.id).id or ""

    page = page_of(database, planned, "bank")

    assert [(one.id, one.status) for one in page.versions] == [
        (second, PlanStatus.DRAFT),
        (planned.plan_id, PlanStatus.SUPERSEDED),
    ]
    assert not page.is_newest
    assert rights(page_of(database, planned, "yorozu")) == (False, False, False)


def test_when_the_consent_ends_only_the_referrer_still_reads(database: Database) -> None:
    planned = drafted(database)
    command = WithdrawConsent(op_id=op(), case_id=planned.at.case.id, reason="事業者の申し出")
    withdraw_consent(database, planned["bank"], command)

    assert rights(page_of(database, planned, "bank")) == (False, False, False)
    for key in ("yorozu", "council"):
        with pytest.raises(NotFound):
            page_of(database, planned, key)


def test_outsiders_find_no_plan(database: Database) -> None:
    planned = agreed(database)

    with database.read() as desk:
        for actor in (planned.at.outsider, planned.at.stranger):
            with pytest.raises(NotFound):
                plan_page(desk, actor, planned.plan_id)
