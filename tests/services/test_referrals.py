import pytest
from sqlmodel import col, select

from app.domain.errors import (
    Incomplete,
    Malformed,
    NotEntitled,
    NotFound,
    StateForbids,
)
from app.domain.facts import RoomKind
from app.domain.people import Actor
from app.services.commands import Done
from app.services.consents import WithdrawConsent, record_consent, withdraw_consent
from app.services.referrals import AnswerReferral, ReferCase, answer_referral, refer_case
from app.store import journal
from app.store.tables.cases import CaseAgencyRow, CaseRow, ReferralRow
from app.store.tables.journal import EntryRow
from app.store.unit_of_work import Database
from tests.factories import StandingClock, op
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


def taking_part(database: Database, case_id: str) -> set[str]:
    with database.read() as desk:
        query = select(CaseAgencyRow.agency_id).where(CaseAgencyRow.case_id == case_id)
        return set(desk.session.exec(query))


def refer(
    database: Database, actor: Actor, case_id: str, to: str, reason: str = "複数行の調整が必要"
) -> Done:
    command = ReferCase(op_id=op(), case_id=case_id, to_agency_id=to, reason=reason)
    return refer_case(database, actor, command)


def answer(
    database: Database, actor: Actor, referral_id: str, accept: bool, reason: str = ""
) -> Done:
    command = AnswerReferral(op_id=op(), referral_id=referral_id, accept=accept, reason=reason)
    return answer_referral(database, actor, command)


def test_a_referred_case_is_seen_by_its_addressee_and_accepted_by_its_coordinator(
    database: Database,
) -> None:
    at = network(database)
    case_id, referral_id = referred_case(database, at)
    assert case_of(database, case_id).status == "referred"
    assert taking_part(database, case_id) == {at.bank.agency_id, at.cga.agency_id}

    done = answer(database, at.cga, referral_id, accept=True)

    case = case_of(database, case_id)
    assert (case.status, case.receiver_agency_id) == ("accepted", at.cga.agency_id)
    assert done.id == referral_id
    with database.read() as desk:
        referral = desk.session.get(ReferralRow, referral_id)
        assert referral is not None
        assert referral.status == "accepted"
        room = journal.room_id(RoomKind.CASE, case_id)
        kinds = desk.session.exec(
            select(EntryRow.kind).where(EntryRow.room_id == room).order_by(col(EntryRow.seq))
        )
        assert list(kinds) == [
            "case_opened",
            "consent_recorded",
            "case_referred",
            "referral_answered",
        ]


def test_sending_back_needs_a_reason_and_ends_the_sight_of_the_case(database: Database) -> None:
    at = network(database)
    case_id, referral_id = referred_case(database, at)

    with pytest.raises(Malformed) as refused:
        answer(database, at.cga, referral_id, accept=False)
    assert set(refused.value.fields) == {"reason"}

    answer(database, at.cga, referral_id, accept=False, reason="管轄外のため")

    assert case_of(database, case_id).status == "returned"
    assert taking_part(database, case_id) == {at.bank.agency_id}
    with pytest.raises(NotFound):
        answer(database, at.cga, referral_id, accept=True)

    refer(database, at.bank, case_id, at.yorozu.agency_id)
    assert case_of(database, case_id).status == "referred"


def test_an_answer_is_given_once(database: Database) -> None:
    at = network(database)
    _case_id, referral_id = referred_case(database, at)
    answer(database, at.cga, referral_id, accept=True)

    with pytest.raises(NotEntitled):
        answer(database, at.cga, referral_id, accept=False, reason="やはり難しい")


def test_a_participant_sees_the_referral_but_only_a_coordinator_answers(database: Database) -> None:
    at = network(database)
    _case_id, referral_id = referred_case(database, at)

    with pytest.raises(NotEntitled):
        answer(database, at.clerk, referral_id, accept=True)
    with pytest.raises(NotEntitled):
        answer(database, at.bank, referral_id, accept=True)


def test_outsiders_cannot_tell_a_referral_from_none(database: Database) -> None:
    at = network(database)
    case_id, referral_id = referred_case(database, at)

    for actor in (at.outsider, at.yorozu):
        with pytest.raises(NotFound) as hidden:
            answer(database, actor, referral_id, accept=True)
        with pytest.raises(NotFound) as nothing:
            answer(database, actor, op(), accept=True)
        assert str(hidden.value) == str(nothing.value)
    with pytest.raises(NotFound):
        refer(database, at.outsider, case_id, at.yorozu.agency_id)


def test_only_agencies_the_consent_names_can_receive(database: Database) -> None:
    at = network(database)
    case_id = consented_case(database, at)

    for agency_id in (at.outsider.agency_id, at.bank.agency_id, op()):
        with pytest.raises(Malformed) as refused:
            refer(database, at.bank, case_id, agency_id)
        assert set(refused.value.fields) == {"to_agency_id"}
    assert case_of(database, case_id).status == "consented"


def test_empty_required_cells_are_named_and_stop_the_referral(database: Database) -> None:
    at = network(database)
    case_id = new_case(
        database,
        at.bank,
        new_firm(database, at.bank),
        urgency=None,
        request_kind=(),
        request_detail="",
    )
    record_consent(database, at.bank, consent_command(case_id, (at.cga,)))

    with pytest.raises(Incomplete) as refused:
        refer(database, at.bank, case_id, at.cga.agency_id)

    assert refused.value.detail == {"missing": ["request_kind", "request_detail", "urgency"]}
    assert str(refused.value).endswith("依頼区分、相談・依頼内容、緊急度")
    assert case_of(database, case_id).status == "consented"
    assert taking_part(database, case_id) == {at.bank.agency_id}


def test_without_a_live_consent_nothing_is_referred(
    database: Database, clock: StandingClock
) -> None:
    at = network(database)
    unsigned = new_case(database, at.bank, new_firm(database, at.bank))
    with pytest.raises(StateForbids):
        refer(database, at.bank, unsigned, at.cga.agency_id)

    record_consent(database, at.bank, consent_command(unsigned, (at.cga,)))
    clock.advance(days=732)
    with pytest.raises(StateForbids):
        refer(database, at.bank, unsigned, at.cga.agency_id)


def test_a_case_under_way_is_not_referred_again(database: Database) -> None:
    at = network(database)
    case_id, _referral = referred_case(database, at)

    with pytest.raises(StateForbids):
        refer(database, at.bank, case_id, at.yorozu.agency_id)


def test_a_withdrawn_consent_leaves_the_addressee_nothing_to_answer(database: Database) -> None:
    at = network(database)
    case_id, referral_id = referred_case(database, at)
    withdraw_consent(
        database, at.bank, WithdrawConsent(op_id=op(), case_id=case_id, reason="撤回の申出")
    )

    with pytest.raises(NotFound):
        answer(database, at.cga, referral_id, accept=True)
    assert case_of(database, case_id).status_before == "referred"
