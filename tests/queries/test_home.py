from datetime import date, timedelta

from sqlmodel import select

from app.domain.case_life import CaseStatus
from app.domain.conference import ReferralStatus
from app.domain.vocabulary import Role
from app.queries.home import AT_ONCE, CASES_SHOWN, home
from app.queries.waiting import what_waits
from app.queries.waiting_shape import Waiting, WaitingFor
from app.services.invitations import SendInvitations, send_invitations
from app.services.stances import GiveStance, give_stance
from app.store.columns import new_id
from app.store.tables.cases import CaseAgencyRow, CaseRow, ConsentRow, ReferralRow
from app.store.tables.plans import PlanConfirmationRow, PlanRow
from app.store.unit_of_work import Database
from tests.conference_steps import (
    as_role,
    case_of,
    invited,
    opened,
    planned,
    reply,
    tabled,
)
from tests.factories import NOW, StandingClock, Table, op, table
from tests.room_steps import propose, start


def waiting_for(database: Database, at: Table, key: str) -> list[tuple[WaitingFor, str]]:
    with database.read() as desk:
        return [(one.kind, one.subject_id) for one in what_waits(desk, at[key])]


def test_the_band_is_todays_conference_and_the_rest_comes_below(database: Database) -> None:
    at = table(database, running=False)
    later = invited(database, at)
    with database.read() as desk:
        host = home(desk, at["cga"])
        empty = home(desk, at.outsider)
    assert host.band is not None
    assert host.band.id == at.conference.id
    assert [line.id for line in host.conferences] == [later]
    assert (empty.band, empty.conferences, empty.cases, empty.waiting) == (None, (), (), ())


def test_a_conference_under_way_goes_before_todays_next(
    database: Database, clock: StandingClock
) -> None:
    at = table(database, running=False)
    running, _case_item, _report = opened(database, at)
    clock.now = NOW.replace(month=12, day=15)
    with database.read() as desk:
        page = home(desk, at["cga"])
    assert page.band is not None
    assert page.band.id == running


def test_cases_are_those_the_agency_may_see_with_their_next_conference(
    database: Database,
) -> None:
    at = table(database, running=False)
    subject = case_of(database, at)
    tabled(database, at, invited(database, at), subject)
    with database.read() as desk:
        inside = {case.id: case for case in home(desk, at["yorozu"]).cases}
        outside = [case.id for case in home(desk, at["chamber"]).cases]
    assert set(inside) == {subject.id, at.case.id}
    line = inside[subject.id]
    assert (line.stage, line.status, line.lead) == ("会議", "付議予定", "")
    assert line.next_conference is not None
    assert line.next_conference.isoformat() == "2026-12-15T04:30:00+00:00"
    assert outside == [at.case.id]


def test_an_ended_consent_takes_the_case_off_the_page(database: Database) -> None:
    at = table(database, running=False)
    with database.begin() as uow:
        row = uow.session.exec(select(ConsentRow).where(ConsentRow.case_id == at.case.id)).one()
        row.valid_until = date(2026, 11, 23)
        uow.session.add(row)
    with database.read() as desk:
        assert home(desk, at["yorozu"]).cases == ()
        assert [case.id for case in home(desk, at["bank"]).cases] == [at.case.id]


def test_no_more_cases_are_listed_than_fit(database: Database) -> None:
    at = table(database, running=False)
    for _n in range(CASES_SHOWN):
        case_of(database, at)
    with database.read() as desk:
        page = home(desk, at["bank"])
        fewer = home(desk, at["chamber"])
    assert (len(page.cases), page.more_cases) == (CASES_SHOWN, True)
    assert (len(fewer.cases), fewer.more_cases) == (1, False)


def test_an_unanswered_invitation_waits_until_it_is_answered(
    database: Database, clock: StandingClock
) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    clock.advance(days=15)
    with database.read() as desk:
        (one,) = what_waits(desk, at["bank"])
        assert what_waits(desk, as_role(at["bank"], Role.OBSERVER)) == ()
    assert one == Waiting(
        kind=WaitingFor.REPLY,
        subject_id=conference_id,
        title="事業者支援合同カンファレンス（第8回）",
        note="",
        due=date(2026, 12, 8),
        overdue=True,
    )
    reply(database, at["bank"], conference_id)
    assert waiting_for(database, at, "bank") == []


def test_a_referral_waits_three_business_days(database: Database) -> None:
    at = table(database, running=False)
    with database.begin() as uow:
        uow.session.add(
            ReferralRow(
                case_id=at.case.id,
                from_agency_id=at.agencies["bank"].id,
                to_agency_id=at.agencies["cga"].id,
                status=ReferralStatus.SENT,
                reason="資金繰りが厳しい",
                sent_at=NOW - timedelta(days=4),  # a Friday; Monday is 勤労感謝の日
            )
        )
    with database.read() as desk:
        (one,) = what_waits(desk, at["cga"])
        assert what_waits(desk, as_role(at["cga"], Role.PARTICIPANT)) == ()
    assert (one.kind, one.subject_id, one.title) == (
        WaitingFor.REFERRAL,
        at.case.id,
        "株式会社灯夜ダイニング",
    )
    assert (one.note, one.due) == ("つむぎ坂信用金庫", date(2026, 11, 26))


def test_a_round_waits_for_those_it_asks(database: Database) -> None:
    at = table(database, running=False)
    conference_id, case_item, _report = opened(database, at)
    start(database, at["cga"], case_item)
    round_id = propose(database, at, case_item)
    assert waiting_for(database, at, "bank") == [(WaitingFor.STANCE, conference_id)]
    assert waiting_for(database, at, "succession") == []
    values = {"op_id": op(), "round_id": round_id, "stance": "agree"}
    give_stance(database, at["bank"], GiveStance.model_validate(values))
    assert waiting_for(database, at, "bank") == []
    with database.read() as desk:
        assert what_waits(desk, as_role(at["council"], Role.OBSERVER)) == ()


def test_a_circulating_plan_waits_for_those_asked(database: Database) -> None:
    at = table(database, running=False)
    plan_id = new_id()
    with database.begin() as uow:
        uow.session.add(
            PlanRow(
                id=plan_id,
                case_id=at.case.id,
                version=1,
                number="計画-1",
                status="circulating",
                digest="d",
                lead_agency_id=at.agencies["yorozu"].id,
                asked=[{"agency_id": at.agencies["bank"].id, "name": "つむぎ坂信用金庫"}],
                created_at=uow.now(),
            )
        )
    assert waiting_for(database, at, "bank") == [(WaitingFor.CONFIRMATION, plan_id)]
    assert waiting_for(database, at, "yorozu") == []
    with database.begin() as uow:
        uow.session.add(
            PlanConfirmationRow(
                plan_id=plan_id,
                agency_id=at.agencies["bank"].id,
                answer="approve",
                person_name="田中 一郎",
                at=uow.now(),
            )
        )
    assert waiting_for(database, at, "bank") == []


def test_what_is_overdue_stands_first(database: Database, clock: StandingClock) -> None:
    at = table(database, running=False)
    overdue = invited(database, at)
    open_ended = new_id()
    with database.begin() as uow:
        uow.session.add(
            PlanRow(
                id=open_ended,
                case_id=at.case.id,
                version=1,
                number="計画-1",
                status="circulating",
                digest="d",
                lead_agency_id=at.agencies["yorozu"].id,
                asked=[{"agency_id": at.agencies["bank"].id}],
                created_at=uow.now(),
            )
        )
    clock.advance(days=15)
    later = planned(database, at, held="2026-12-25")
    values = {"op_id": op(), "conference_id": later, "reply_by": "2026-12-18"}
    send_invitations(database, at["cga"], SendInvitations.model_validate(values))
    with database.read() as desk:
        found = [(one.subject_id, one.overdue) for one in what_waits(desk, at["bank"])]
    assert found == [(overdue, True), (later, False), (open_ended, False)]


def test_a_case_behind_many_unseen_ones_is_still_found(database: Database) -> None:
    at = table(database, running=False)
    with database.begin() as uow:
        for n in range(AT_ONCE + 5):
            case = CaseRow(
                case_no=f"13-R8-9{n:03d}",
                firm_id=at.firm.id,
                status=CaseStatus.CONSENTED,
                referrer_agency_id=at.agencies["bank"].id,
                created_at=uow.now() + timedelta(minutes=n),
            )
            uow.session.add(case)
            uow.session.flush()
            chamber = at.agencies["chamber"].id
            uow.session.add(CaseAgencyRow(case_id=case.id, agency_id=chamber, since=uow.now()))
    with database.read() as desk:
        assert [case.id for case in home(desk, at["chamber"]).cases] == [at.case.id]
