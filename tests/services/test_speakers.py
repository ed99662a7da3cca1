"""The list of speakers: raising hands, calling, the clock, closing."""

import pytest
from sqlmodel import select

from app.domain.errors import Malformed, NotEntitled, StateForbids
from app.store.tables.journal import EntryRow
from tests.factories import actor_of, table
from tests.room_steps import carry_over, pause, resume
from tests.speaker_steps import doing, speakers


@pytest.fixture
def at(database):
    return table(database)


@pytest.fixture
def do(database, at):
    return doing(database, at)


@pytest.fixture
def raise_hand(do):
    return lambda who, kind="contribution": do(who, "ask_to_speak", kind=kind).id


def kinds(database, at):
    with database.read() as desk:
        query = select(EntryRow.kind).where(EntryRow.room_id == f"i-{at.item.id}")
        return list(desk.session.exec(query.order_by(EntryRow.seq)))


def test_raised_hands_are_called_by_the_rule(database, at, do, raise_hand, clock):
    contribution = raise_hand("bank")
    question = raise_hand("cga", "question")
    order = raise_hand("chamber", "order")
    called, present = [], None
    for _ in range(3):
        present = do("yorozu", "call_speaker", present_id=present).id
        called.append(present)
        clock.advance(seconds=10)
    assert called == [order, question, contribution]
    told = speakers(database, at)
    assert told["waiting"] == []
    assert [(one["id"], one["seconds"]) for one in told["speeches"]] == [
        (order, 10),
        (question, 10),
    ]
    assert told["present"]["id"] == contribution


def test_an_agency_that_was_heard_waits_for_those_that_were_not(do, raise_hand, clock):
    first = raise_hand("bank")
    present = do("yorozu", "call_speaker").id
    assert present == first
    clock.advance(seconds=30)
    do("yorozu", "end_speech", speech_id=present)
    raise_hand("bank")
    later = raise_hand("chamber")
    assert do("yorozu", "call_speaker").id == later


def test_one_agency_has_one_hand_of_a_kind_in_the_air(database, at, do, raise_hand):
    raise_hand("bank")
    raise_hand("bank", "question")
    with database.begin() as uow:
        colleague = actor_of(uow, at.agencies["bank"], "同僚 二郎")
    with pytest.raises(StateForbids) as refused:
        do(colleague, "ask_to_speak", kind="contribution")
    assert str(refused.value) == (
        "つむぎ坂信用金庫の「発言」は、田中 一郎さんがすでに申し込んでいます。"
    )
    assert [one["kind"] for one in speakers(database, at)["waiting"]] == [
        "contribution",
        "question",
    ]


def test_a_colleague_may_lower_the_hand_of_the_agency_and_raise_it_anew(
    database, at, do, raise_hand
):
    hand = raise_hand("bank")
    with database.begin() as uow:
        colleague = actor_of(uow, at.agencies["bank"], "同僚 二郎")
    do(colleague, "withdraw_request", speech_id=hand)
    do(colleague, "ask_to_speak", kind="contribution")
    assert [one["speaker"] for one in speakers(database, at)["waiting"]] == ["同僚 二郎"]
    with pytest.raises(StateForbids):
        do("bank", "withdraw_request", speech_id=hand)


def test_the_chair_takes_a_hand_off_the_list_and_another_agency_may_not(
    database, at, do, raise_hand
):
    hand = raise_hand("bank")
    with pytest.raises(NotEntitled):
        do("chamber", "withdraw_request", speech_id=hand)
    do("yorozu", "withdraw_request", speech_id=hand)
    assert speakers(database, at)["waiting"] == []


def test_the_chair_calls_whom_it_chooses_and_asks_an_agency_that_kept_silent(
    database, at, do, raise_hand
):
    raise_hand("bank")
    chosen = raise_hand("chamber")
    present = do("yorozu", "call_speaker", speech_id=chosen).id
    assert present == chosen
    council = at.agencies["council"]
    present = do("yorozu", "call_speaker", agency_id=council.id, present_id=present).id
    told = speakers(database, at)["present"]
    assert (told["agency_id"], told["agency"], told["speaker"]) == (council.id, council.name, "")
    assert [one["agency_id"] for one in speakers(database, at)["waiting"]] == [
        at.agencies["bank"].id
    ]


def test_an_agency_asked_by_name_is_called_with_the_hand_it_raised(do, raise_hand, at):
    hand = raise_hand("council")
    assert do("yorozu", "call_speaker", agency_id=at.agencies["council"].id).id == hand


def test_a_call_seen_from_an_older_screen_calls_nobody(database, at, do, raise_hand):
    raise_hand("bank")
    raise_hand("cga")
    first = do("yorozu", "call_speaker").id
    with pytest.raises(StateForbids) as refused:
        do("cga", "call_speaker")
    assert str(refused.value) == "発言者が替わりました。"
    assert speakers(database, at)["present"]["id"] == first


def test_with_no_hand_raised_there_is_nobody_to_call(do):
    with pytest.raises(StateForbids) as refused:
        do("yorozu", "call_speaker")
    assert str(refused.value) == "発言を待っている機関はありません。"


def test_a_hand_and_an_agency_together_are_no_choice(do, raise_hand, at):
    hand = raise_hand("bank")
    with pytest.raises(Malformed):
        do("yorozu", "call_speaker", speech_id=hand, agency_id=at.agencies["cga"].id)


def test_the_clock_stands_still_while_the_speech_is_held(database, at, do, raise_hand, clock):
    raise_hand("bank")
    present = do("yorozu", "call_speaker").id
    clock.advance(seconds=20)
    do("yorozu", "hold_speech", speech_id=present)
    with pytest.raises(StateForbids):
        do("yorozu", "hold_speech", speech_id=present)
    clock.advance(seconds=500)
    do("yorozu", "continue_speech", speech_id=present)
    with pytest.raises(StateForbids):
        do("yorozu", "continue_speech", speech_id=present)
    clock.advance(seconds=5)
    do("yorozu", "end_speech", speech_id=present)
    assert speakers(database, at)["speeches"][0]["seconds"] == 25
    with pytest.raises(StateForbids):
        do("yorozu", "end_speech", speech_id=present)


def test_the_agency_that_has_the_floor_gives_it_back_but_does_not_stop_its_own_clock(
    database, at, do, raise_hand
):
    raise_hand("bank")
    present = do("yorozu", "call_speaker").id
    for command in ("hold_speech", "continue_speech"):
        with pytest.raises(NotEntitled):
            do("bank", command, speech_id=present)
    with pytest.raises(NotEntitled):
        do("chamber", "end_speech", speech_id=present)
    do("bank", "end_speech", speech_id=present)
    assert speakers(database, at)["present"] is None


def test_a_closed_list_takes_no_hand_but_those_on_it_are_called(do, raise_hand):
    hand = raise_hand("bank")
    do("yorozu", "close_speakers")
    with pytest.raises(StateForbids) as refused:
        raise_hand("cga")
    assert str(refused.value) == "発言の受付は締め切られています。"
    with pytest.raises(StateForbids):
        do("yorozu", "close_speakers")
    assert do("yorozu", "call_speaker").id == hand
    do("yorozu", "reopen_speakers")
    with pytest.raises(StateForbids):
        do("yorozu", "reopen_speakers")
    raise_hand("cga")


def test_the_time_of_each_agency_is_fixed_with_the_first_call_or_by_the_chair(
    database, at, do, raise_hand
):
    assert speakers(database, at)["allowance"] is None
    raise_hand("bank")
    present = do("yorozu", "call_speaker").id
    assert speakers(database, at)["allowance"] == 200  # 20 minutes among six agencies
    do("yorozu", "set_speaking_time", minutes=3)
    assert speakers(database, at)["allowance"] == 180
    raise_hand("cga")
    do("yorozu", "call_speaker", present_id=present)
    assert speakers(database, at)["allowance"] == 180


def test_the_speech_ends_with_the_item(database, at, do, raise_hand, clock):
    raise_hand("bank")
    do("yorozu", "call_speaker")
    clock.advance(seconds=33)
    carry_over(database, at["yorozu"], at.item.id)
    told = speakers(database, at)
    assert told["present"] is None
    assert told["speeches"][0]["seconds"] == 33
    wanted = ["speech_asked", "speaker_called", "speech_ended", "item_settled"]
    assert kinds(database, at)[:4] == wanted


def test_a_pause_of_the_conference_costs_the_speaker_nothing(database, at, do, raise_hand, clock):
    raise_hand("bank")
    present = do("yorozu", "call_speaker").id
    clock.advance(seconds=20)
    pause(database, at["yorozu"], at.conference.id)
    clock.advance(seconds=600)
    resume(database, at["yorozu"], at.conference.id)
    clock.advance(seconds=5)
    do("yorozu", "end_speech", speech_id=present)
    assert speakers(database, at)["speeches"][0]["seconds"] == 25


def test_a_speech_stopped_before_the_pause_stays_stopped_after_it(
    database, at, do, raise_hand, clock
):
    raise_hand("bank")
    present = do("yorozu", "call_speaker").id
    clock.advance(seconds=20)
    do("yorozu", "hold_speech", speech_id=present)
    pause(database, at["yorozu"], at.conference.id)
    clock.advance(seconds=600)
    resume(database, at["yorozu"], at.conference.id)
    clock.advance(seconds=30)
    do("yorozu", "end_speech", speech_id=present)
    assert speakers(database, at)["speeches"][0]["seconds"] == 20
