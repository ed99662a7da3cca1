from collections.abc import Set
from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import col, select

from app.domain.consent import CONSENTABLE, ItemGroup
from app.domain.errors import Malformed, NotEntitled, NotFound, OpReused, StateForbids
from app.domain.people import Actor
from app.domain.vocabulary import Role
from app.services.commands import Done
from app.services.consents import (
    WithdrawConsent,
    record_consent,
    withdraw_consent,
)
from app.services.referrals import AnswerReferral, answer_referral
from app.store import standings
from app.store.tables.cases import CaseRow, ConsentRow
from app.store.tables.journal import EntryRow
from app.store.unit_of_work import Database
from tests.factories import op
from tests.services.case_paths import (
    consent_command,
    consented_case,
    network,
    new_case,
    new_firm,
    referred_case,
)


def case_of(database: Database, case_id: str) -> CaseRow:
    with database.read() as desk:
        case = desk.session.get(CaseRow, case_id)
        assert case is not None
        return case


def versions(database: Database, case_id: str) -> list[tuple[int, str]]:
    with database.read() as desk:
        query = select(ConsentRow).where(ConsentRow.case_id == case_id)
        rows = desk.session.exec(query.order_by(col(ConsentRow.version)))
        return [(row.version, row.status) for row in rows]


def sees(database: Database, actor: Actor, case_id: str) -> Set[ItemGroup]:
    with database.read() as desk:
        case = desk.session.get(CaseRow, case_id)
        assert case is not None
        return standings.of_case(desk.session, actor, case, desk.today()).groups


def withdraw(database: Database, actor: Actor, case_id: str) -> Done:
    command = WithdrawConsent(op_id=op(), case_id=case_id, reason="共有先を絞りたい")
    return withdraw_consent(database, actor, command)


def test_a_signed_consent_makes_the_case_consented_for_two_years(database: Database) -> None:
    at = network(database)
    case_id = new_case(database, at.bank, new_firm(database, at.bank))

    done = record_consent(database, at.bank, consent_command(case_id, (at.cga,)))

    assert case_of(database, case_id).status == "consented"
    with database.read() as desk:
        row = desk.session.get(ConsentRow, done.id)
        assert row is not None
        assert (row.version, row.status, row.method) == (1, "granted", "handwritten")
        assert (row.valid_from, row.valid_until) == (date(2026, 11, 24), date(2028, 11, 24))
        assert row.explained_by == "つむぎ坂信用金庫"
        fact = desk.session.exec(select(EntryRow).where(EntryRow.kind == "consent_recorded")).one()
        assert fact.body is not None
        assert fact.body["agencies"] == [at.cga.agency_id]
        assert fact.body["case_status"] == "consented"


def test_fewer_groups_than_the_form_offers_is_a_limited_consent(database: Database) -> None:
    at = network(database)
    case_id = new_case(database, at.bank, new_firm(database, at.bank))
    command = consent_command(case_id, (at.cga,), item_groups=("finance", "identity"))

    record_consent(database, at.bank, command)

    assert versions(database, case_id) == [(1, "granted_limited")]
    with database.read() as desk:
        row = desk.session.exec(select(ConsentRow)).one()
        assert row.item_groups == ["identity", "finance"]


@pytest.mark.parametrize("answer", ["explained", "declined"])
def test_an_unsigned_firm_waits_and_carries_no_scope(database: Database, answer: str) -> None:
    at = network(database)
    case_id = new_case(database, at.bank, new_firm(database, at.bank))

    record_consent(database, at.bank, consent_command(case_id, (at.cga,), answer=answer))

    assert case_of(database, case_id).status == "consent_pending"
    assert versions(database, case_id) == [(1, answer)]
    with database.read() as desk:
        row = desk.session.exec(select(ConsentRow)).one()
        assert (row.item_groups, row.valid_until) == ([], None)
        consent = standings.consent_in_force(desk.session, case_id)
        assert consent is not None
        assert consent.agencies == frozenset()


def test_a_live_consent_is_withdrawn_and_not_written_over_by_an_explanation(
    database: Database,
) -> None:
    at = network(database)
    case_id = consented_case(database, at)

    with pytest.raises(StateForbids):
        record_consent(database, at.bank, consent_command(case_id, (), answer="explained"))

    assert versions(database, case_id) == [(1, "granted")]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("agencies", ()),
        ("agencies", ("f" * 32,)),
        ("item_groups", ()),
        ("item_groups", ("finance",)),
        ("item_groups", ("identity", "private")),
        ("method", None),
        ("valid_from", "2026-11-25"),
        ("valid_until", "2026-11-23"),
        ("valid_until", "R18.11.25"),
        ("answer", "expired"),
        ("answer", "withdrawn"),
    ],
)
def test_a_scope_that_says_nothing_or_nonsense_is_refused(
    database: Database, field: str, value: object
) -> None:
    at = network(database)
    case_id = new_case(database, at.bank, new_firm(database, at.bank))

    with pytest.raises(Malformed) as refused:
        record_consent(database, at.bank, consent_command(case_id, (at.cga,), **{field: value}))

    assert set(refused.value.fields) == {field}
    assert versions(database, case_id) == []
    assert case_of(database, case_id).status == "detected"


def test_an_end_before_the_beginning_is_refused(database: Database) -> None:
    at = network(database)
    case_id = new_case(database, at.bank, new_firm(database, at.bank))
    dates = {"valid_from": "R8.11.20", "valid_until": "R8.11.19"}

    with pytest.raises(Malformed) as refused:
        record_consent(database, at.bank, consent_command(case_id, (at.cga,), **dates))

    assert set(refused.value.fields) == {"valid_until"}


def test_an_agency_outside_cannot_tell_the_case_from_none(database: Database) -> None:
    at = network(database)
    case_id = consented_case(database, at)

    with pytest.raises(NotFound) as outside:
        record_consent(database, at.outsider, consent_command(case_id, (at.outsider,)))
    with pytest.raises(NotFound) as nowhere:
        record_consent(database, at.outsider, consent_command(op(), (at.outsider,)))
    with pytest.raises(NotFound):
        withdraw(database, at.outsider, case_id)

    assert str(outside.value) == str(nowhere.value)
    assert versions(database, case_id) == [(1, "granted")]


def test_an_agency_in_the_case_but_not_its_referrer_changes_no_consent(database: Database) -> None:
    at = network(database)
    case_id, _referral = referred_case(database, at)

    for actor in (at.cga, replace(at.bank, role=Role.OBSERVER)):
        with pytest.raises(NotEntitled):
            record_consent(database, actor, consent_command(case_id, (at.outsider,)))
        with pytest.raises(NotEntitled):
            withdraw(database, actor, case_id)


def test_withdrawal_ends_sight_at_once_and_a_new_consent_lets_the_case_go_on(
    database: Database,
) -> None:
    at = network(database)
    case_id, referral_id = referred_case(database, at)
    answer = AnswerReferral(op_id=op(), referral_id=referral_id, accept=True)
    answer_referral(database, at.cga, answer)
    assert sees(database, at.cga, case_id) != frozenset()

    withdraw(database, at.bank, case_id)

    assert sees(database, at.cga, case_id) == frozenset()
    assert sees(database, at.bank, case_id) != frozenset()
    case = case_of(database, case_id)
    assert (case.status, case.status_before) == ("suspended", "accepted")
    assert versions(database, case_id) == [(1, "withdrawn")]
    with pytest.raises(StateForbids):
        withdraw(database, at.bank, case_id)

    record_consent(database, at.bank, consent_command(case_id, (at.yorozu,)))
    assert case_of(database, case_id).status == "suspended"
    assert sees(database, at.cga, case_id) == frozenset()

    record_consent(database, at.bank, consent_command(case_id, (at.cga,)))
    case = case_of(database, case_id)
    assert (case.status, case.status_before) == ("accepted", None)
    assert sees(database, at.cga, case_id) != frozenset()
    assert versions(database, case_id) == [(1, "withdrawn"), (2, "granted"), (3, "granted")]


def test_the_receiver_may_withdraw_too_but_then_has_no_sight_to_renew(database: Database) -> None:
    at = network(database)
    case_id, referral_id = referred_case(database, at)
    answer_referral(
        database, at.cga, AnswerReferral(op_id=op(), referral_id=referral_id, accept=True)
    )

    withdraw(database, at.cga, case_id)

    with pytest.raises(NotFound):
        record_consent(database, at.cga, consent_command(case_id, (at.cga,)))


def test_a_narrower_consent_that_leaves_out_the_receiver_suspends_the_case(
    database: Database,
) -> None:
    at = network(database)
    case_id, _referral = referred_case(database, at)

    record_consent(database, at.bank, consent_command(case_id, (at.yorozu,)))

    case = case_of(database, case_id)
    assert (case.status, case.status_before) == ("suspended", "referred")


def test_a_case_that_ended_takes_no_consent_but_its_consent_can_still_be_withdrawn(
    database: Database,
) -> None:
    at = network(database)
    case_id = consented_case(database, at)
    with database.begin() as uow:
        case = uow.session.get(CaseRow, case_id)
        assert case is not None
        case.status = "closed"

    with pytest.raises(StateForbids):
        record_consent(database, at.bank, consent_command(case_id, (at.cga,)))
    withdraw(database, at.bank, case_id)

    assert case_of(database, case_id).status == "closed"
    assert versions(database, case_id) == [(1, "withdrawn")]


def test_a_consent_replayed_is_one_version(database: Database) -> None:
    at = network(database)
    case_id = new_case(database, at.bank, new_firm(database, at.bank))
    command = consent_command(case_id, (at.cga,))

    assert record_consent(database, at.bank, command) == record_consent(database, at.bank, command)
    with pytest.raises(OpReused):
        record_consent(
            database, at.bank, command.model_copy(update={"item_groups": CONSENTABLE[:2]})
        )
    assert versions(database, case_id) == [(1, "granted")]
