import json
from dataclasses import replace

import pytest
from sqlmodel import select

from app.domain.errors import NotEntitled, NotFound
from app.domain.people import Actor
from app.domain.vocabulary import Role
from app.queries.case_page import case_page
from app.queries.firms import firm_page, search_firms
from app.services.case_import import import_cases
from app.services.consents import WithdrawConsent, record_consent, withdraw_consent
from app.settings import ROOT
from app.store.tables.cases import CaseRow
from app.store.unit_of_work import Database
from tests.factories import op
from tests.services.case_paths import (
    consent_command,
    network,
    new_case,
    new_firm,
    referred_case,
)


def found(database: Database, actor: Actor, text: str) -> list[tuple[str, bool]]:
    with database.read() as desk:
        return [(line.name, line.known) for line in search_firms(desk, actor, text)]


NAME = "株式会社灯夜ダイニング"


@pytest.mark.parametrize(
    "text",
    ["灯夜", "㈱灯夜ダイニング", "トウヤダ", "とうや", "ﾄｳﾔﾀﾞｲ", "５９９０００１１００００１"],
)
def test_whoever_knows_a_firm_finds_it_by_any_way_of_writing(database: Database, text: str) -> None:
    at = network(database)
    new_firm(database, at.bank)

    assert found(database, at.bank, text) == [(NAME, True)]


@pytest.mark.parametrize("text", ["灯夜", "トウヤ", "%", "_", "ン", "5990001", ""])
def test_others_cannot_look_around_among_registered_firms(database: Database, text: str) -> None:
    at = network(database)
    new_firm(database, at.bank)

    assert found(database, at.outsider, text) == []


@pytest.mark.parametrize("text", [NAME, "灯夜ダイニング（株）", "5990001100001"])
def test_others_find_a_firm_whose_whole_name_or_number_they_hold(
    database: Database, text: str
) -> None:
    at = network(database)
    new_firm(database, at.bank)

    assert found(database, at.outsider, text) == [(NAME, False)]


def test_knowing_a_firm_follows_the_consent(database: Database) -> None:
    at = network(database)
    case_id, _referral = referred_case(database, at)
    assert found(database, at.cga, "灯夜") == [(NAME, True)]

    withdraw_consent(
        database, at.bank, WithdrawConsent(op_id=op(), case_id=case_id, reason="撤回の申出")
    )

    assert found(database, at.cga, "灯夜") == []
    assert found(database, at.bank, "灯夜") == [(NAME, True)]


def test_auditors_do_not_search(database: Database) -> None:
    at = network(database)

    with pytest.raises(NotEntitled):
        found(database, replace(at.bank, role=Role.AUDITOR), NAME)


def imported(database: Database) -> tuple[str, str]:
    """The ids of case C01 and of its firm."""
    content = json.loads((ROOT / "app" / "data" / "demo_cases.json").read_bytes())
    content["cases"] = content["cases"][:1]
    import_cases(database, json.dumps(content).encode())
    with database.read() as desk:
        case = desk.session.exec(select(CaseRow)).one()
        return case.id, case.firm_id


def test_a_stranger_reads_name_town_and_trade_of_a_firm_and_nothing_else(
    database: Database,
) -> None:
    at = network(database)
    _case_id, firm_id = imported(database)

    with database.read() as desk:
        page = firm_page(desk, at.outsider, firm_id)

    record = page.record
    assert (record.name, record.place, record.industry) == (NAME, "東京都台東区", "飲食店")
    assert (record.facts, record.figures, record.exposure) == (None, None, None)
    assert page.cases == ()


def test_opening_a_case_of_ones_own_does_not_open_the_record_others_made(
    database: Database,
) -> None:
    at = network(database)
    _case_id, firm_id = imported(database)
    own_case = new_case(database, at.outsider, firm_id)

    with database.read() as desk:
        page = case_page(desk, at.outsider, own_case)
        assert (page.record.facts, page.record.figures, page.record.exposure) == (None,) * 3
        assert not page.firm_is_shared

    record_consent(
        database,
        at.outsider,
        consent_command(own_case, (at.outsider,), item_groups=("identity", "finance")),
    )
    with database.read() as desk:
        page = case_page(desk, at.outsider, own_case)
        assert page.record.facts is not None
        assert page.record.figures is not None
        assert page.record.exposure is None


def test_the_referrer_reads_years_indicators_and_loans(database: Database) -> None:
    at = network(database)
    case_id, firm_id = imported(database)
    with database.read() as desk:
        case = desk.session.get(CaseRow, case_id)
        assert case is not None
        actor = replace(at.bank, agency_id=case.referrer_agency_id)

        record = firm_page(desk, actor, firm_id).record

    assert record.figures is not None
    assert [year.label for year in record.figures.years] == [
        "令和6年3月期",
        "令和7年3月期",
        "令和8年3月期",
    ]
    growth = record.figures.indicators[0]
    assert (growth.key, [str(text) for text in growth.texts]) == (
        "sales_growth_rate",
        ["17.9%", "11.6%", "▲3.2%"],
    )
    assert len(record.figures.cash) == 12
    assert record.exposure is not None
    assert (record.exposure.total, record.exposure.guaranteed) == (82400, 65800)


def test_a_firm_that_does_not_exist_is_not_found(database: Database) -> None:
    at = network(database)

    with database.read() as desk, pytest.raises(NotFound):
        firm_page(desk, at.bank, op())
