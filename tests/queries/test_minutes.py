"""議事録: what was recorded, to each reader as far as it may be known, whole and in short."""

import json
from dataclasses import asdict

import pytest
from sqlmodel import select

from app.domain.conference import SeatRole
from app.domain.errors import NotFound, StateForbids
from app.domain.minutes import Form, ItemMinutes, Mask, Minutes
from app.domain.minutes_summary import SHORT, in_short
from app.domain.people import Actor
from app.queries.minutes import minutes_of, minutes_to_print
from app.services.addenda import CorrectDecision, correct_decision
from app.services.conferences import CancelConference, cancel_conference
from app.services.consents import WithdrawConsent, withdraw_consent
from app.store.journal_export import fingerprint_on
from app.store.tables.ballots import DecisionRow
from app.store.tables.conferences import SeatRow
from app.store.unit_of_work import Database
from tests import conference_steps, room_steps
from tests.conference_steps import planned
from tests.factories import StandingClock, Table, actor_of, op, table
from tests.gap_steps import declared, moved, nobody_says, settled
from tests.minutes_steps import (
    CONDITION,
    DISSENT,
    PEOPLE,
    PINNED,
    QUESTION,
    SAID,
    SECOND,
    TASK,
    WHISPERED,
    closed,
    held,
)

FIRM = "株式会社灯夜ダイニング"


def read(
    database: Database, at: Table, who: str | Actor, form: Form = Form.FULL, of: str = ""
) -> Minutes:
    actor = at[who] if isinstance(who, str) else who
    with database.read() as desk:
        return minutes_of(desk, actor, of or at.conference.id, form)


def words(minutes: Minutes) -> str:
    return json.dumps(asdict(minutes), ensure_ascii=False, default=str)


@pytest.fixture
def at(database: Database, clock: StandingClock) -> Table:
    return closed(database, table(database), clock)


def test_the_table_is_told_as_it_was_noted(database: Database, at: Table) -> None:
    minutes = read(database, at, "cga")
    by_name = {seat.agency: seat for seat in minutes.seats}
    bank = by_name["つむぎ坂信用金庫"]
    assert (bank.manner, bank.arrived) == ("オンライン", "09:05")
    assert bank.people == (("田中 一郎", "融資課長"), ("井口 真由", "主任"))
    assert by_name["台東商工会議所"].is_absent
    assert (minutes.took_part, len(minutes.members), minutes.quorum) == (5, 6, 2)
    assert [(one.agency, one.person) for one in minutes.chairs] == [
        ("東京都よろず支援拠点", "佐藤 健")
    ]
    assert [one.reason for one in minutes.breaks] == ["換気のため"]
    assert [(one.agency, one.person) for one in minutes.proxies] == [("台東商工会議所", "高橋 誠")]


def test_an_item_tells_its_results_and_nothing_that_was_only_said(
    database: Database, at: Table
) -> None:
    minutes = read(database, at, "cga")
    first = minutes.items[0]
    assert (first.title, first.presenter) == (FIRM, "つむぎ坂信用金庫")
    assert [(one.kind, one.text) for one in first.outcomes] == [("情報", PINNED), ("宿題", TASK)]
    assert [one.result for one in first.decisions] == ["継続協議", "決定"]
    dissent = next(one for one in first.decisions[0].answers if one.stance == "反対")
    assert (dissent.remark, dissent.alternative) == (DISSENT, "協議会を先に")
    assert [(one.text, one.set_by) for one in first.decisions[1].conditions] == [
        (CONDITION, "つむぎ坂信用金庫")
    ]
    assert first.ending is not None
    assert (first.ending.result, first.ending.owner) == ("決定", "東京都よろず支援拠点")
    for silent in (SAID, WHISPERED):
        assert silent not in words(minutes)


def test_of_a_secret_ballot_only_counts_are_told(database: Database, at: Table) -> None:
    (ballot,) = read(database, at, "cga").ballots
    assert (ballot.question, ballot.is_secret, ballot.outcome) == (QUESTION, True, "決定")
    assert [one.number for one in ballot.choices] == [4, 1, 0]
    assert (ballot.votes, ballot.reasons, ballot.answered) == ((), (), 5)


def test_who_is_outside_a_firms_consent_reads_a_number(database: Database, at: Table) -> None:
    minutes = read(database, at, "succession")
    first, second = minutes.items
    assert (first.title, second.title) == (FIRM, "")
    assert second.masked_as == "案件（同意の範囲外のため非表示）"
    assert second == ItemMinutes(2, "案件協議", is_case=True, mask=Mask.OUTSIDE, title="")
    for hidden in (SECOND, "2027-01-19"):
        assert hidden not in words(minutes)


def test_an_agency_out_of_an_item_reads_a_number_and_others_read_that_it_left(
    database: Database, at: Table
) -> None:
    own = read(database, at, "council")
    assert own.items[1].mask is Mask.OUT
    assert own.items[1].masked_as == "案件（非公開）"
    assert SECOND not in words(own)
    second = read(database, at, "bank").items[1]
    assert [(one.agency, one.returned) for one in second.left] == [
        ("東京都中小企業活性化協議会", False)
    ]
    assert second.ending is not None
    assert (second.title, second.ending.result) == (SECOND, "継続")
    assert "取引先が競合する" not in words(read(database, at, "bank"))


def test_withdrawn_consent_takes_the_case_out_of_minutes_too(database: Database, at: Table) -> None:
    values = {"op_id": op(), "case_id": at.case.id, "reason": "共有先を絞りたい"}
    withdraw_consent(database, at["bank"], WithdrawConsent.model_validate(values))
    assert read(database, at, "bank").items[0].title == FIRM
    for form in Form:
        told = words(read(database, at, "cga", form))
        assert not [hidden for hidden in (FIRM, CONDITION, DISSENT, TASK) if hidden in told]


def test_outsiders_find_no_minutes(database: Database, at: Table) -> None:
    for nobody in (at.outsider, at.stranger):
        with pytest.raises(NotFound):
            read(database, at, nobody)


def test_an_observer_reads_of_the_table_and_of_no_item(database: Database, at: Table) -> None:
    with database.begin() as uow:
        guest = at.outsider.agency_id
        uow.session.add(
            SeatRow(
                conference_id=at.conference.id,
                agency_id=guest,
                role=SeatRole.OBSERVER,
                position=9,
            )
        )
    minutes = read(database, at, at.outsider)
    assert minutes.masked == len(minutes.items) == 2
    assert [seat.agency for seat in minutes.observers] == ["白霧信用組合"]
    assert FIRM not in words(minutes)


def test_before_the_statement_is_accepted_no_item_is_told(database: Database, at: Table) -> None:
    with database.begin() as uow:
        row = uow.session.merge(at.conference)
        row.template = row.template | {"confidentiality_version": 1}
        uow.session.add(row)
        fresh = actor_of(uow, at.agencies["bank"], "新人 一", has_accepted=False)
    minutes = read(database, at, fresh)
    assert minutes.awaits_acceptance
    assert FIRM not in words(minutes)


def test_a_draft_has_no_fingerprint_and_what_was_closed_has_one(
    database: Database, clock: StandingClock
) -> None:
    at = held(database, table(database), clock)
    draft = read(database, at, "cga")
    assert (draft.is_draft, draft.fingerprint, draft.closed_at) == (True, "", None)
    assert {one.fingerprint for one in draft.items[0].decisions} == {""}
    room_steps.close(database, at["yorozu"], at.conference.id)
    final = read(database, at, "cga")
    with database.read() as desk:
        expected = fingerprint_on(desk.session, at.conference.id)
    assert (final.is_draft, final.fingerprint) == (False, expected)
    assert {one.fingerprint for one in final.items[0].decisions} == {expected}
    assert read(database, at, "cga", Form.SUMMARY).fingerprint == expected


def test_a_summary_names_nobody_but_the_chair(database: Database, at: Table) -> None:
    assert set(PEOPLE) - {name for name in PEOPLE if name in words(read(database, at, "cga"))} == {
        "渡辺 実"  # stayed away, and is named nowhere
    }
    summary = read(database, at, "cga", Form.SUMMARY)
    told = words(summary)
    assert [name for name in PEOPLE if name in told] == []
    assert told.count("佐藤 健") == 1
    first = summary.items[0]
    assert [(one.kind, one.text) for one in first.outcomes] == [("宿題", TASK)]
    assert [one.remark for one in first.decisions[0].answers if one.remark] == [DISSENT]
    assert [one.text for one in first.decisions[1].conditions] == [CONDITION]
    assert (first.papers, first.decisions[1].answers) == ((), ())


def test_an_addendum_stands_beside_the_decision_and_is_counted_in_short(
    database: Database, at: Table
) -> None:
    with database.read() as desk:
        decision = desk.session.exec(
            select(DecisionRow).where(DecisionRow.round_id == at.extra["round"])
        ).one()
    slip = {"field": "action_person", "says": "佐藤 健一", "reason": "氏名の誤記のため"}
    command = CorrectDecision.model_validate({"op_id": op(), "decision_id": decision.id} | slip)
    correct_decision(database, at["cga"], command)
    sheet = read(database, at, "bank").items[0].decisions[1]
    assert (sheet.action_person, [one.says for one in sheet.addenda]) == ("佐藤 健", ["佐藤 健一"])
    short = read(database, at, "bank", Form.SUMMARY)
    assert short.items[0].corrections == 1
    assert "佐藤 健一" not in words(short)


def test_a_gap_is_told_as_it_was_declared_with_what_became_of_it(database: Database) -> None:
    at = table(database)
    nobody_says(database, at)
    gap_id = declared(database, at)
    moved(database, at, gap_id)
    settled(database, at, gap_id, who="council")
    (gap,) = read(database, at, "bank").items[0].gaps
    assert gap.owner == "東京信用保証協会"
    assert [(one.agency, one.person) for one in gap.moves] == [
        ("東京都中小企業活性化協議会", "高橋 誠")
    ]
    assert (gap.state, gap.state_text) == ("引受先が決まった", "協議会が引き受けた")
    assert len(gap.declined) == 6
    short = words(read(database, at, "bank", Form.SUMMARY))
    assert not [name for name in ("高橋 誠", "斉藤 弘", "体制がないため") if name in short]


def test_whoever_was_in_the_chair_is_told_with_the_time(
    database: Database, at: Table, clock: StandingClock
) -> None:
    conference_id, _case_item, _report = conference_steps.opened(database, at)
    begun = clock.now
    clock.advance(minutes=7)
    room_steps.hand_over(database, at["cga"], conference_id, at.agencies["yorozu"].id)
    assert [
        (one.agency, one.person, one.since)
        for one in read(database, at, "cga", of=conference_id).chairs
    ] == [
        ("東京信用保証協会", "鈴木 花子", begun),
        ("東京都よろず支援拠点", "佐藤 健", clock.now),
    ]


def test_what_has_not_begun_has_no_paper(database: Database, at: Table) -> None:
    conference_id = planned(database, at)
    assert not read(database, at, "cga", of=conference_id).has_begun
    with database.read() as desk, pytest.raises(StateForbids, match="始まっていない"):
        minutes_to_print(desk, at["cga"], conference_id)
    off = {"op_id": op(), "conference_id": conference_id, "reason": "会場の都合"}
    cancel_conference(database, at["cga"], CancelConference.model_validate(off))
    with database.read() as desk, pytest.raises(StateForbids, match="中止"):
        minutes_to_print(desk, at["cga"], conference_id)


def test_long_words_are_cut_to_one_line() -> None:
    assert in_short("一行目\n　二行目") == "一行目 二行目"
    assert len(in_short("長" * 200)) == SHORT
    assert in_short("長" * 200).endswith("…")
