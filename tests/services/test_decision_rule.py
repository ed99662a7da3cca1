"""決め方: set by the office before the conference opens, pinned to every question after."""

import pytest

from app.domain.conference import ConferenceStatus
from app.domain.errors import Malformed, NotEntitled, NotFound, StateForbids
from app.queries.decision_rule import decision_rule_at
from app.queries.prospect import Unasked, prospect_of
from app.services.decision_rule import SetDecisionRule, set_decision_rule
from app.store.tables.ballots import RoundRow
from app.store.tables.conferences import ConferenceRow
from tests.factories import op, table
from tests.proxy_steps import hands_on, stays_away
from tests.round_steps import opened


def sets(database, at, who="cga", **told):
    values = {"method": "no_objection", "quorum": 4, **told}
    command = SetDecisionRule(op_id=op(), conference_id=at.conference.id, **values)
    return set_decision_rule(database, at[who] if who != "outsider" else at.outsider, command)


def is_now(database, at, status):
    with database.begin() as uow:
        row = uow.session.get_one(ConferenceRow, at.conference.id)
        row.status = status
        uow.session.add(row)


@pytest.fixture
def at(database):
    at = table(database)
    is_now(database, at, ConferenceStatus.PLANNED)
    return at


def test_what_the_office_set_is_told_and_pinned(database, at):
    sets(database, at, must_include=["secretariat", "main_bank", "yorozu"], presence=True)
    with database.read() as desk:
        page = decision_rule_at(desk, at["bank"], at.conference.id)
    told = "".join(page.text)
    assert "異議がなければ" in told
    assert "定足数は4機関です。" in told
    assert "次の機関の回答が必要です（事務局、メイン金融機関、よろず支援拠点）。" in told
    assert page.may_set is False
    is_now(database, at, ConferenceStatus.OPEN)
    round_id = opened(database, at)
    with database.read() as desk:
        rule = desk.session.get_one(RoundRow, round_id).rule
        prospect = prospect_of(desk, at["yorozu"], at.item.id)
    assert (rule["method"], rule["quorum"]["seats"], rule["presence"]) == ("no_objection", 4, True)
    # Nobody knows this firm's main bank, so nobody waits for it.
    assert rule["must_include"] == ["secretariat", "yorozu"]
    assert prospect.rule.as_mapping() == rule


def test_only_the_office_and_only_before_it_opens(database, at):
    for who in ("bank", "yorozu"):
        with pytest.raises(NotEntitled):
            sets(database, at, who)
    with pytest.raises(NotFound):
        sets(database, at, "outsider")
    is_now(database, at, ConferenceStatus.OPEN)
    with pytest.raises(StateForbids):
        sets(database, at)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"method": "majority"}, "method"),
        ({"method": "plurality"}, "method"),
        ({"quorum": 7}, "quorum"),
        ({"must_include": ["smrj"]}, "must_include"),
        ({"must_include": ["somebody"]}, "must_include"),
    ],
)
def test_what_could_never_decide_is_refused_by_its_field(database, at, told, field):
    with pytest.raises(Malformed) as refused:
        sets(database, at, **told)
    assert set(refused.value.fields) == {field}


def test_the_chair_sees_whom_a_question_would_ask_and_whom_not(database, at):
    is_now(database, at, ConferenceStatus.OPEN)
    stays_away(database, at, "chamber")
    stays_away(database, at, "council")
    hands_on(database, at, "council", "bank")
    with database.read() as desk:
        prospect = prospect_of(desk, at["yorozu"], at.item.id)
        for who in ("bank", "council"):
            with pytest.raises(NotEntitled):
                prospect_of(desk, at[who], at.item.id)
        with pytest.raises(NotFound):
            prospect_of(desk, at.outsider, at.item.id)
    assert prospect.unasked == (("台東商工会議所", Unasked.ABSENT),)
    by_name = {seat["name"]: seat for seat in prospect.seats}
    assert by_name["東京都中小企業活性化協議会"]["proxy"]["name"] == at["bank"].person_name
    round_id = opened(database, at)
    with database.read() as desk:
        assert desk.session.get_one(RoundRow, round_id).seats == list(prospect.seats)
