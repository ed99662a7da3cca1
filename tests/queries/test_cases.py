from dataclasses import replace

from app.domain.people import Actor
from app.domain.vocabulary import Role
from app.queries.case_page import case_page
from app.queries.cases import CaseList, case_list
from app.services.referrals import AnswerReferral, answer_referral
from app.store.unit_of_work import Database
from tests.factories import StandingClock, op, table
from tests.services.case_paths import network, referred_case


def listed(database: Database, actor: Actor, *, ended: bool = False) -> CaseList:
    with database.read() as desk:
        return case_list(desk, actor, ended=ended)


def test_the_list_says_where_a_case_stands_and_what_comes_next(database: Database) -> None:
    at = network(database)
    _case_id, referral_id = referred_case(database, at)

    (line,) = listed(database, at.cga).lines
    assert (line.firm_name, line.place) == ("株式会社灯夜ダイニング", "東京都台東区")
    assert (line.stage, line.status, line.next_step) == ("紹介", "紹介済", "紹介先が回答する")
    assert (line.referrer, line.lead, line.next_conference) == ("つむぎ坂信用金庫", "", None)

    answer_referral(
        database, at.cga, AnswerReferral(op_id=op(), referral_id=referral_id, accept=True)
    )
    (line,) = listed(database, at.bank).lines
    assert (line.stage, line.next_step) == ("受付", "会議に付議する")


def test_a_case_on_an_agenda_shows_its_next_conference(database: Database) -> None:
    at = table(database, running=False)

    (line,) = listed(database, at["yorozu"]).lines

    assert line.next_conference == at.conference.starts_at


def test_outsiders_and_auditors_have_an_empty_list(database: Database) -> None:
    at = table(database)

    assert listed(database, at.outsider) == CaseList((), live=0, ended=0)
    assert listed(database, replace(at["bank"], role=Role.AUDITOR)).live == 0
    assert listed(database, replace(at["bank"], role=Role.OBSERVER)).live == 1


def test_ended_cases_are_kept_apart(database: Database) -> None:
    at = table(database)
    with database.begin() as uow:
        case = uow.session.merge(at.case)
        case.status = "closed"

    live, ended = listed(database, at["bank"]), listed(database, at["bank"], ended=True)

    assert (live.live, live.ended, live.lines) == (0, 1, ())
    assert [line.case_no for line in ended.lines] == ["13-R8-0001"]


def test_the_page_names_who_takes_part_and_whom_the_consent_leaves_out(
    database: Database, clock: StandingClock
) -> None:
    at = table(database)

    with database.read() as desk:
        page = case_page(desk, at["bank"], at.case.id)
    parts = {one.agency.name: (one.part, one.sees) for one in page.agencies}
    assert parts["つむぎ坂信用金庫"] == ("紹介元", True)
    assert parts["東京信用保証協会"] == ("受付機関", True)
    assert parts["東京都よろず支援拠点"] == ("参加", True)
    assert [one.name for one in page.discussions] == ["事業者支援合同カンファレンス 11月"]

    clock.advance(days=1000)
    with database.read() as desk:
        page = case_page(desk, at["bank"], at.case.id)
    assert page.consent is not None
    assert (page.consent.status, page.consent.live) == ("期限切れ", False)
    assert {one.agency.name for one in page.agencies if one.sees} == {"つむぎ坂信用金庫"}
