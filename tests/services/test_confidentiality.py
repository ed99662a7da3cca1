"""Nothing of an item is told to, or taken from, somebody who has not accepted the statement."""

import pytest
from sqlmodel import select

from app.clock import iso
from app.domain.confidentiality import CURRENT_VERSION, ConfidentialityUnaccepted
from app.domain.errors import NotFound, StateForbids
from app.domain.facts import RoomKind
from app.domain.vocabulary import Role
from app.queries.conference_page import conference_page
from app.queries.item_snapshot import item_snapshot
from app.queries.waiting import what_waits
from app.services.confidentiality import AcceptConfidentiality, accept_confidentiality
from app.services.discussion import SayRemark, say_remark
from app.store.tables.agencies import AgencyRow
from app.store.tables.conferences import ConferenceRow
from app.store.tables.confidentiality import ConfidentialityAcceptanceRow
from tests.conference_steps import accept, as_role, entries, kinds, opened, planned
from tests.factories import actor_of, op, table
from tests.room_steps import propose, start


@pytest.fixture
def at(database):
    return table(database)


def newcomer_at(database, at, key="bank", role=Role.PARTICIPANT):
    with database.begin() as uow:
        return actor_of(uow, at.agencies[key], "井口 真由", role, has_accepted=False)


def say(database, actor, at):
    return say_remark(database, actor, SayRemark(op_id=op(), item_id=at.item.id, text="伺います"))


def test_before_accepting_nothing_of_an_item_is_seen_or_done(database, at):
    newcomer = newcomer_at(database, at)

    with pytest.raises(ConfidentialityUnaccepted) as refused:
        say(database, newcomer, at)
    with database.read() as desk, pytest.raises(ConfidentialityUnaccepted):
        item_snapshot(desk, newcomer, at.item.id)

    assert refused.value.code == "confidentiality_unaccepted"
    assert kinds(database, RoomKind.ITEM, at.item.id) == []
    accept(database, newcomer, at.conference.id)
    assert say(database, newcomer, at).id is not None


def test_a_report_waits_for_the_statement_as_well(database):
    at = table(database, running=False)
    _conference_id, _case_item, report = opened(database, at)
    newcomer = newcomer_at(database, at)

    with database.read() as desk, pytest.raises(ConfidentialityUnaccepted):
        item_snapshot(desk, newcomer, report)


def test_whoever_may_not_see_the_item_is_not_told_of_a_statement(database, at):
    with database.begin() as uow:
        outside = uow.session.get_one(AgencyRow, at.outsider.agency_id)
        stranger = actor_of(uow, outside, "外山 二郎", has_accepted=False)

    for actor in (stranger, as_role(newcomer_at(database, at), Role.AUDITOR)):
        with pytest.raises(NotFound) as refused:
            say(database, actor, at)
        assert refused.value.code == "not_found"


def test_a_seat_outside_the_firms_consent_finds_nothing_before_or_after(database):
    at = table(database, running=False)
    conference_id, _item, _report = opened(database, at)
    newcomer = newcomer_at(database, at, "succession")
    with database.read() as desk:
        hidden = conference_page(desk, newcomer, conference_id).agenda[0]
    assert (hidden.title, hidden.awaits_acceptance) == ("", False)


def test_accepting_is_told_in_the_journal_with_person_agency_version_and_time(database, at, clock):
    newcomer = newcomer_at(database, at)

    accept(database, newcomer, at.conference.id)

    (entry,) = entries(database, RoomKind.CONFERENCE, at.conference.id)
    assert (entry.kind, entry.person_name, entry.agency_id) == (
        "confidentiality_accepted",
        "井口 真由",
        at.agencies["bank"].id,
    )
    assert entry.body == {
        "person_id": newcomer.person_id,
        "agency_id": at.agencies["bank"].id,
        "version": CURRENT_VERSION,
        "at": iso(clock.now),
    }


def test_accepting_again_here_or_elsewhere_changes_nothing(database, at):
    newcomer = newcomer_at(database, at)
    accept(database, newcomer, at.conference.id)
    accept(database, newcomer, at.conference.id)
    accept(database, newcomer, planned(database, at))

    assert kinds(database, RoomKind.CONFERENCE, at.conference.id) == ["confidentiality_accepted"]
    with database.read() as desk:
        rows = desk.session.exec(
            select(ConfidentialityAcceptanceRow).where(
                ConfidentialityAcceptanceRow.person_id == newcomer.person_id
            )
        ).all()
    assert [(row.version, row.person_name) for row in rows] == [(CURRENT_VERSION, "井口 真由")]


def test_a_conference_with_a_newer_text_asks_anew(database, at):
    with database.begin() as uow:
        row = uow.session.get_one(ConferenceRow, at.conference.id)
        row.template = {**row.template, "confidentiality_version": CURRENT_VERSION + 1}
        uow.session.add(row)

    with pytest.raises(ConfidentialityUnaccepted):
        say(database, at["bank"], at)
    with pytest.raises(StateForbids):
        accept(database, at["bank"], at.conference.id)


def test_a_conference_where_no_firm_is_named_asks_nobody(database, at):
    newcomer = newcomer_at(database, at)
    with database.begin() as uow:
        row = uow.session.get_one(ConferenceRow, at.conference.id)
        row.template = {**row.template, "confidentiality_version": None}
        uow.session.add(row)

    assert say(database, newcomer, at).id is not None


def test_only_those_at_the_table_accept_and_watchers_of_its_agencies_do_too(database, at):
    watcher = newcomer_at(database, at, role=Role.OBSERVER)
    accept(database, watcher, at.conference.id)
    with database.read() as desk:
        assert item_snapshot(desk, watcher, at.item.id)["id"] == at.item.id

    for actor in (at.outsider, at.stranger, as_role(at["bank"], Role.AUDITOR)):
        command = {"op_id": op(), "conference_id": at.conference.id, "version": CURRENT_VERSION}
        with pytest.raises(NotFound):
            accept_confidentiality(database, actor, AcceptConfidentiality.model_validate(command))


def test_chair_and_host_see_who_accepted_and_nobody_else_does(database, at):
    newcomer = newcomer_at(database, at)
    accept(database, newcomer, at.conference.id)

    def listed(who):
        with database.read() as desk:
            return [
                one.person for one in conference_page(desk, at[who], at.conference.id).acceptances
            ]

    everybody = ["田中 一郎", "井口 真由", "鈴木 花子", "佐藤 健", "高橋 誠", "伊藤 恵", "渡辺 実"]
    assert sorted(listed("cga")) == sorted(listed("yorozu")) == sorted(everybody)
    assert listed("bank") == []


def test_what_is_asked_of_the_agency_is_listed_without_its_words(database):
    at = table(database, running=False)
    conference_id, case_item, _report = opened(database, at)
    start(database, at["cga"], case_item)
    propose(database, at, case_item)
    newcomer = newcomer_at(database, at)

    def titles():
        with database.read() as desk:
            return [one.title for one in what_waits(desk, newcomer) if one.kind == "stance"]

    before = titles()
    accept(database, newcomer, conference_id)
    assert (before, titles()) == (["事業者支援合同カンファレンス（第8回）"], ["よろずが主担当"])


def test_the_conference_page_names_no_firm_before(database):
    at = table(database, running=False)
    conference_id, _item, _report = opened(database, at)
    newcomer = newcomer_at(database, at)

    def agenda():
        with database.read() as desk:
            page = conference_page(desk, newcomer, conference_id)
        return [(one.title, one.awaits_acceptance) for one in page.agenda]

    before = agenda()
    accept(database, newcomer, conference_id)
    assert before == [("", True), ("前回の報告", False)]
    assert agenda() == [("有限会社仁科坂プレス", False), ("前回の報告", False)]
