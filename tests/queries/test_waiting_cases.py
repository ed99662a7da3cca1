"""Cases that left a table wait for whoever answers for them, by a day, and for nobody else."""

from datetime import date

from app.domain.case_life import CaseStatus
from app.queries.waiting import what_waits
from app.services.conferences import CancelConference, cancel_conference
from app.services.consents import RecordConsent, WithdrawConsent, record_consent, withdraw_consent
from app.services.interests import DeclareRecusal, declare_recusal
from app.store.tables.cases import CaseRow
from tests.factories import op, table
from tests.room_steps import carry_over
from tests.services.test_holds import provisional


def waits(database, at, *kinds):
    with database.read() as desk:
        return {
            (who, one.kind.value, one.due)
            for who, actor in at.actors.items()
            for one in what_waits(desk, actor)
            if one.kind in kinds
        }


def next_tables(database, at):
    return waits(database, at, "next_table", "restart")


def standing(database, at):
    with database.read() as desk:
        return desk.session.get_one(CaseRow, at.case.id).status


def test_a_case_that_goes_on_waits_at_its_receiver_by_the_day_that_was_named(database):
    at = table(database)
    assert next_tables(database, at) == set()
    carry_over(database, at["yorozu"], at.item.id, next_date="2027-01-19")
    assert next_tables(database, at) == {("cga", "next_table", date(2027, 1, 19))}


def test_without_a_day_within_a_week_of_business_days(database):
    at = table(database)
    carry_over(database, at["yorozu"], at.item.id)
    assert next_tables(database, at) == {("cga", "next_table", date(2026, 12, 1))}


def test_a_conference_that_is_called_off_leaves_its_case_with_its_day(database):
    at = table(database, running=False)
    with database.begin() as uow:
        uow.session.get_one(CaseRow, at.case.id).status = CaseStatus.SCHEDULED
    assert next_tables(database, at) == set()
    off = CancelConference(op_id=op(), conference_id=at.conference.id, reason="台風")
    cancel_conference(database, at["cga"], off)
    assert next_tables(database, at) == {("cga", "next_table", date(2026, 11, 24))}


def test_if_the_receiver_has_an_interest_the_referrer_sees_to_it(database):
    at = table(database)
    interest = DeclareRecusal(op_id=op(), item_id=at.item.id, reason="取引先のため")
    declare_recusal(database, at["cga"], interest)
    carry_over(database, at["yorozu"], at.item.id, next_date="2027-01-19")
    assert next_tables(database, at) == {("bank", "next_table", date(2027, 1, 19))}


def test_a_suspended_case_waits_at_its_referrer_and_goes_on_where_it_truly_stands(database):
    at = table(database)
    off = WithdrawConsent(op_id=op(), case_id=at.case.id, reason="見直し")
    withdraw_consent(database, at["bank"], off)
    assert next_tables(database, at) == {("bank", "restart", date(2026, 12, 1))}
    carry_over(database, at["yorozu"], at.item.id)
    again = RecordConsent(
        op_id=op(),
        case_id=at.case.id,
        agencies=tuple(one.id for one in at.agencies.values()),
        item_groups=("identity", "referral"),
        method="handwritten",
        purpose="支援の検討",
    )
    record_consent(database, at["bank"], again)
    assert standing(database, at) == CaseStatus.ACCEPTED
    assert next_tables(database, at) == {("cga", "next_table", date(2026, 12, 1))}


def test_a_provisional_decision_nobody_can_confirm_waits_at_the_secretariat(database):
    at = table(database)
    provisional(database, at)
    assert waits(database, at, "orphan_hold") == set()
    interest = DeclareRecusal(op_id=op(), item_id=at.item.id, reason="取引先のため")
    declare_recusal(database, at["bank"], interest)
    assert waits(database, at, "orphan_hold") == {("cga", "orphan_hold", date(2026, 12, 15))}
