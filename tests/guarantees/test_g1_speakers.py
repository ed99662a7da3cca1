"""G1 at the list of speakers: acts of the same instant call one, count one, and lose none."""

import pytest

from app.services.speakers import CallSpeaker, CloseSpeakers, EndSpeech
from app.services.speaking import AskToSpeak
from tests.factories import actor_of, op, table
from tests.guarantees.figures import note
from tests.guarantees.racing import racers
from tests.speaker_steps import doing, speakers

ROUNDS = 100


def clear(database, at, do):
    """Nobody speaks, nobody waits, and the list is open."""
    told = speakers(database, at)
    if told["present"]:
        do("yorozu", "end_speech", speech_id=told["present"]["id"])
    for hand in told["waiting"]:
        do("yorozu", "withdraw_request", speech_id=hand["id"])
    if not told["is_open"]:
        do("yorozu", "reopen_speakers")


def kinds(answers):
    return sorted(kind for kind, _answer in answers)


@pytest.mark.guarantee
def test_two_people_of_the_chair_calling_the_next_at_once_call_one(database, database_url):
    at = table(database)
    do = doing(database, at)
    anomalies = 0
    with racers(database_url) as pair:
        for _ in range(ROUNDS):
            clear(database, at, do)
            first = do("bank", "ask_to_speak", kind="question").id
            do("chamber", "ask_to_speak", kind="contribution")
            answers = pair.race(
                (at["yorozu"], CallSpeaker(op_id=op(), item_id=at.item.id)),
                (at["cga"], CallSpeaker(op_id=op(), item_id=at.item.id)),
            )
            told = speakers(database, at)
            right = (
                kinds(answers) == ["done", "refused"]
                and told["present"]["id"] == first
                and len(told["waiting"]) == 1
            )
            anomalies += not right
    note(f"g1_call_next_{database.engine.dialect.name}", rounds=ROUNDS, anomalies=anomalies)
    assert anomalies == 0


@pytest.mark.guarantee
def test_a_hand_against_the_closing_is_on_the_list_or_refused(database, database_url):
    at = table(database)
    do = doing(database, at)
    anomalies = taken = 0
    with racers(database_url) as pair:
        for _ in range(ROUNDS):
            clear(database, at, do)
            (asked, _hand), (closed, _done) = pair.race(
                (at["bank"], AskToSpeak(op_id=op(), item_id=at.item.id, kind="order")),
                (at["yorozu"], CloseSpeakers(op_id=op(), item_id=at.item.id)),
            )
            told = speakers(database, at)
            taken += asked == "done"
            anomalies += (closed, len(told["waiting"]), told["is_open"]) != (
                "done",
                int(asked == "done"),
                False,
            )
    engine = database.engine.dialect.name
    note(f"g1_hand_against_closing_{engine}", rounds=ROUNDS, taken=taken, anomalies=anomalies)
    assert anomalies == 0


@pytest.mark.guarantee
def test_two_colleagues_raising_one_hand_at_once_raise_one(database, database_url):
    at = table(database)
    do = doing(database, at)
    with database.begin() as uow:
        colleague = actor_of(uow, at.agencies["bank"], "同僚 二郎")
    anomalies = 0
    with racers(database_url) as pair:
        for _ in range(ROUNDS):
            clear(database, at, do)
            answers = pair.race(
                (at["bank"], AskToSpeak(op_id=op(), item_id=at.item.id, kind="question")),
                (colleague, AskToSpeak(op_id=op(), item_id=at.item.id, kind="question")),
            )
            waiting = speakers(database, at)["waiting"]
            anomalies += (kinds(answers), len(waiting)) != (["done", "refused"], 1)
    note(f"g1_one_hand_{database.engine.dialect.name}", rounds=ROUNDS, anomalies=anomalies)
    assert anomalies == 0


@pytest.mark.guarantee
def test_an_end_against_the_next_call_ends_a_speech_once(database, database_url):
    at = table(database)
    do = doing(database, at)
    anomalies = 0
    with racers(database_url) as pair:
        for _ in range(ROUNDS):
            clear(database, at, do)
            before = len(speakers(database, at)["speeches"])
            do("bank", "ask_to_speak", kind="question")
            do("chamber", "ask_to_speak", kind="contribution")
            present = do("yorozu", "call_speaker").id
            answers = pair.race(
                (at["bank"], EndSpeech(op_id=op(), speech_id=present)),
                (at["yorozu"], CallSpeaker(op_id=op(), item_id=at.item.id, present_id=present)),
            )
            told = speakers(database, at)
            right = kinds(answers) == ["done", "refused"] and len(told["speeches"]) == before + 1
            anomalies += not right
    note(f"g1_end_against_call_{database.engine.dialect.name}", rounds=ROUNDS, anomalies=anomalies)
    assert anomalies == 0
