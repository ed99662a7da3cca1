from app.domain.access import Act, decide
from app.domain.people import Actor
from app.services.consents import WithdrawConsent, record_consent, withdraw_consent
from app.services.referrals import AnswerReferral, answer_referral
from app.store import cases, standings
from app.store.tables.cases import CaseRow
from app.store.unit_of_work import Database
from tests.factories import StandingClock, op
from tests.services.case_paths import Network, consent_command, network, referred_case


def agrees(database: Database, actor: Actor, case_id: str) -> bool:
    """The list and the one place that decides say the same; return what they say."""
    with database.read() as desk:
        listed = case_id in cases.visible_ids(desk.session, actor.agency_id, desk.today())
        case = desk.session.get(CaseRow, case_id)
        assert case is not None
        standing = standings.of_case(desk.session, actor, case, desk.today())
        assert listed is decide(actor, Act.SEE_CASE, standing)
    return listed


def who_sees(database: Database, at: Network, case_id: str) -> list[bool]:
    return [agrees(database, one, case_id) for one in (at.bank, at.cga, at.yorozu, at.outsider)]


def test_the_list_of_visible_cases_follows_every_turn_of_a_case(
    database: Database, clock: StandingClock
) -> None:
    at = network(database)
    case_id, referral_id = referred_case(database, at)
    assert who_sees(database, at, case_id) == [True, True, False, False]

    accept = AnswerReferral(op_id=op(), referral_id=referral_id, accept=True)
    answer_referral(database, at.cga, accept)
    assert who_sees(database, at, case_id) == [True, True, False, False]

    record_consent(database, at.bank, consent_command(case_id, (at.yorozu,)))
    assert who_sees(database, at, case_id) == [True, False, False, False]

    record_consent(database, at.bank, consent_command(case_id, (at.cga, at.yorozu)))
    with database.begin() as uow:
        cases.take_part(uow.session, case_id, at.yorozu.agency_id, uow.now())
        cases.take_part(uow.session, case_id, at.outsider.agency_id, uow.now())
    assert who_sees(database, at, case_id) == [True, True, True, False]

    withdraw_consent(
        database, at.bank, WithdrawConsent(op_id=op(), case_id=case_id, reason="撤回の申出")
    )
    assert who_sees(database, at, case_id) == [True, False, False, False]

    record_consent(database, at.bank, consent_command(case_id, (at.cga, at.yorozu)))
    assert who_sees(database, at, case_id) == [True, True, True, False]
    clock.advance(days=732)
    assert who_sees(database, at, case_id) == [True, False, False, False]
