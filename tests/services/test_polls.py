"""Ballots: who is asked, what is pinned, what is sealed, and what becomes of equals."""

import pytest
from sqlmodel import select

from app.domain.attendance import Mode
from app.domain.errors import Malformed, NotEntitled, NotFound, StateForbids
from app.domain.facts import RoomKind
from app.domain.sealing import seal_of
from app.services.interests import DeclareRecusal, declare_recusal
from app.services.voting import CastVote, cast_vote
from app.store.tables.attendance import AttendanceRow
from app.store.tables.conferences import SeatRow
from app.store.tables.journal import EntryRow
from app.store.tables.polls import PollBoxRow
from tests.conference_steps import kinds
from tests.factories import op, table
from tests.poll_steps import all_cast, casts, closes, decides, opened, poll
from tests.proxy_steps import hands_on, stays_away
from tests.room_steps import LATER, carry_over, pause
from tests.room_steps import close as close_conference

SECRET = {"secret": True}


def bodies(database, kind):
    with database.read() as desk:
        query = select(EntryRow).where(EntryRow.kind == kind).order_by(EntryRow.seq)
        return [entry.body for entry in desk.session.exec(query)]


def test_the_most_chosen_is_decided_and_everything_it_was_judged_by_is_kept(database):
    at = table(database)
    poll_id = opened(database, at)
    all_cast(database, at, poll_id, "112-2" + "2")
    casts(database, at, poll_id, "council", "2")
    row = closes(database, at, poll_id)
    assert row.result == {
        "outcome": "carried",
        "chosen": "2",
        "tied": [],
        "counts": {"1": 2, "2": 4, "abstain": 0},
        "reasons": ["最も多く選ばれました：西部（4機関）"],
        "missing": [],
    }
    assert len(row.closing["votes"]) == len(row.closing["seats"]) == 6
    assert row.closing["rule_digest"] == row.rule_digest
    assert kinds(database, RoomKind.CONFERENCE, at.conference.id)[-1] == "poll_closed"


def test_a_blind_ballot_tells_nothing_before_it_is_closed_and_then_what_was_sealed(database):
    at = table(database)
    poll_id = opened(database, at)
    all_cast(database, at, poll_id, "112222")
    casts(database, at, poll_id, "bank", "2")
    cast = bodies(database, "vote_cast")
    assert {body["choice"] for body in cast} == {None}
    seals = {body["agency_id"]: body["seal"] for body in cast}
    assert len(cast) == 7
    closes(database, at, poll_id)
    (closed,) = bodies(database, "poll_closed")
    for agency_id, vote in closed["closing"]["votes"].items():
        content = {"poll_id": poll_id, "agency_id": agency_id, "choice": vote["choice"]}
        assert seal_of(content, vote["nonce"]) == seals[agency_id]
        assert seal_of(content | {"choice": "abstain"}, vote["nonce"]) != seals[agency_id]
    assert closed["closing"]["votes"][at.agencies["bank"].id]["choice"] == "2"


def test_a_colleague_may_replace_a_named_vote_and_is_named_for_it(database):
    at = table(database)
    poll_id = opened(database, at, blind=False)
    first = casts(database, at, poll_id, "bank", "1")
    command = CastVote(op_id=op(), poll_id=poll_id, choice="2")
    second = cast_vote(database, at.colleague("bank"), command)
    assert (first.version, second.version) == (1, 2)
    assert first.receipt
    assert second.receipt
    assert first.receipt != second.receipt
    row = closes(database, at, poll_id)
    vote = row.closing["votes"][at.agencies["bank"].id]
    assert (vote["choice"], vote["person"]) == ("2", "同僚 二郎")


def test_a_secret_vote_is_final_and_has_no_receipt(database):
    at = table(database)
    poll_id = opened(database, at, **SECRET)
    done = casts(database, at, poll_id, "bank", "1")
    assert (done.receipt, done.version, done.id) == (None, None, None)
    with pytest.raises(StateForbids) as told:
        casts(database, at, poll_id, "bank", "2")
    assert "投票済み" in str(told.value)
    assert bodies(database, "vote_cast") == [
        {
            "poll_id": poll_id,
            "agency_id": at.agencies["bank"].id,
            "choice": None,
            "seal": None,
        }
    ]


def test_a_secret_ballot_tells_how_often_each_was_chosen_and_of_whom_it_knows_only_the_turnout(
    database,
):
    at = table(database)
    poll_id = opened(database, at, **SECRET)
    all_cast(database, at, poll_id, "11122" + "1")
    row = closes(database, at, poll_id)
    assert row.result["counts"] == {"1": 4, "2": 2, "abstain": 0}
    assert row.closing["votes"] == {}
    assert row.closing["voted"] == sorted(one.id for one in at.agencies.values())


def test_a_box_with_four_voices_is_emptied_unseen(database):
    at = table(database)
    poll_id = opened(database, at, **SECRET)
    all_cast(database, at, poll_id, "1112--")
    row = closes(database, at, poll_id)
    assert (row.outcome, row.result["counts"]) == (None, {})
    assert row.result["missing"] == ["投票が5機関に満たないため、開票しません（投票4機関）。"]
    with database.read() as desk:
        assert desk.session.exec(select(PollBoxRow)).all() == []


def test_under_five_seats_a_secret_ballot_is_refused(database):
    at = table(database)
    with database.begin() as uow:
        for who in ("council", "succession"):
            seat = uow.session.get_one(SeatRow, (at.conference.id, at.agencies[who].id))
            seat.reply = "absent"
            uow.session.add(seat)
    with pytest.raises(Malformed) as told:
        opened(database, at, **SECRET)
    assert "5機関以上のときに行えます（現在4機関）" in str(told.value)
    assert len(poll(database, opened(database, at)).seats) == 4


def test_who_was_noted_absent_at_the_table_is_not_asked(database):
    at = table(database)
    with database.begin() as uow:
        uow.session.add(
            AttendanceRow(
                conference_id=at.conference.id,
                agency_id=at.agencies["bank"].id,
                mode=Mode.ABSENT,
                noted_by="鈴木 花子",
                noted_at=uow.now(),
            )
        )
    for where in ({}, {"item_id": at.item.id}):
        poll_id = opened(database, at, **where)
        asked = {seat["agency_id"] for seat in poll(database, poll_id).seats}
        assert asked == {one.id for key, one in at.agencies.items() if key != "bank"}
        with pytest.raises(NotEntitled):
            casts(database, at, poll_id, "bank", "1")


def test_who_stays_away_with_a_proxy_is_asked_who_leads_and_nothing_else(database):
    at = table(database)
    stays_away(database, at, "chamber")
    hands_on(database, at, "chamber", "council")
    for where in ({}, {"item_id": at.item.id}):
        poll_id = opened(database, at, **where)
        asked = {seat["agency_id"] for seat in poll(database, poll_id).seats}
        assert at.agencies["chamber"].id not in asked
        closes(database, at, poll_id)


def test_equals_go_to_the_chair_only_where_the_rule_says_so_and_only_once(database):
    at = table(database)
    poll_id = opened(database, at, tie="chair")
    all_cast(database, at, poll_id, "111222")
    with pytest.raises(StateForbids):
        decides(database, at, poll_id, "1")
    assert closes(database, at, poll_id).result["tied"] == ["1", "2"]
    with pytest.raises(NotEntitled):
        decides(database, at, poll_id, "1", who="bank")
    with pytest.raises(Malformed):
        decides(database, at, poll_id, "abstain")
    decides(database, at, poll_id, "2")
    assert poll(database, poll_id).decided == {
        "chosen": "2",
        "reason": "会場の都合",
        "by": "佐藤 健",
    }
    with pytest.raises(StateForbids):
        decides(database, at, poll_id, "1")
    left = opened(database, at, tie="again")
    all_cast(database, at, left, "111222")
    closes(database, at, left)
    with pytest.raises(StateForbids):
        decides(database, at, left, "1")


def test_yes_and_no_are_counted_by_the_rules_of_a_round(database):
    at = table(database)
    for method, choices, outcome in (
        ("majority", ("agree",) * 4 + ("object",) * 2, "carried"),
        ("two_thirds", ("agree",) * 3 + ("object",) * 3, "not_carried"),
        ("consensus", ("agree",) * 5 + ("object",), "not_carried"),
        ("unanimity", ("agree",) * 6, "carried"),
        ("no_objection", ("agree",), "carried"),
        ("advisory", ("agree", "object", "abstain"), "heard"),
    ):
        poll_id = opened(database, at, method=method, options=[])
        for who, choice in zip(at.agencies, choices, strict=False):
            casts(database, at, poll_id, who, choice)
        assert closes(database, at, poll_id).outcome == outcome, method


def test_a_later_ballot_says_why_it_asks_again_and_the_earlier_one_stays(database):
    at = table(database)
    first = opened(database, at)
    with pytest.raises(StateForbids):
        opened(database, at)
    closes(database, at, first)
    with pytest.raises(Malformed):
        opened(database, at, earlier_id=first)
    with pytest.raises(NotFound):
        opened(database, at, earlier_id=op(), because="理由")
    with pytest.raises(NotFound):
        opened(database, at, item_id=at.item.id, earlier_id=first, because="理由")
    again = poll(database, opened(database, at, earlier_id=first, because="案を直したため"))
    assert (again.number, again.earlier_id, again.because) == (2, first, "案を直したため")
    with pytest.raises(StateForbids):
        casts(database, at, first, "bank", "1")


def test_at_an_item_only_its_own_room_hears_of_it_and_who_left_is_out(database):
    at = table(database)
    poll_id = opened(database, at, item_id=at.item.id)
    all_cast(database, at, poll_id, "111222")
    recusal = DeclareRecusal(op_id=op(), item_id=at.item.id, reason="取引先のため")
    declare_recusal(database, at["chamber"], recusal)
    with pytest.raises(NotFound):
        casts(database, at, poll_id, "chamber", "1")
    row = closes(database, at, poll_id)
    assert row.closing["recused"] == [at.agencies["chamber"].id]
    assert row.result["counts"] == {"1": 3, "2": 2, "abstain": 0}
    assert not any(
        "poll" in kind for kind in kinds(database, RoomKind.CONFERENCE, at.conference.id)
    )


def test_a_secret_vote_of_one_that_had_to_leave_keeps_the_box_shut(database):
    at = table(database)
    poll_id = opened(database, at, item_id=at.item.id, **SECRET)
    all_cast(database, at, poll_id, "111222")
    recusal = DeclareRecusal(op_id=op(), item_id=at.item.id, reason="取引先のため")
    declare_recusal(database, at["chamber"], recusal)
    row = closes(database, at, poll_id)
    assert (row.outcome, row.result["counts"]) == (None, {})
    assert at.agencies["chamber"].name in row.result["missing"][0]


def test_nobody_votes_during_a_break_or_after_the_end_but_it_can_still_be_closed(database):
    at = table(database)
    poll_id = opened(database, at)
    pause(database, at["yorozu"], at.conference.id)
    with pytest.raises(StateForbids):
        casts(database, at, poll_id, "bank", "1")
    with pytest.raises(StateForbids):
        closes(database, at, poll_id)


def test_a_ballot_left_open_is_closed_after_the_conference(database):
    at = table(database)
    poll_id = opened(database, at)
    all_cast(database, at, poll_id, "112222")
    owner = {"owner_agency_id": at.agencies["cga"].id, "owner_person": "鈴木 花子"}
    carry_over(database, at["yorozu"], at.item.id, next_date=LATER, **owner)
    close_conference(database, at["yorozu"], at.conference.id)
    with pytest.raises(StateForbids):
        casts(database, at, poll_id, "bank", "1")
    assert closes(database, at, poll_id).outcome == "carried"
