"""What nodes say to each other of presence: only what is shared, only while it is said."""

import json

import pytest

from realtime import neighbours
from realtime.neighbours import Neighbours, Person, Share

ROOM, OTHER = "c-" + "1" * 32, "c-" + "2" * 32
PERSON = Person(agency_id="a", person_id="p", person="田中 一郎")


class Line:
    """Two nodes that hear each other's every word."""

    def __init__(self):
        self.words, self.told, self.wanted = [], [], []
        self.a = Neighbours("a", send=self.pass_on)
        self.b = Neighbours("b", send=self.pass_on, told=self.told.append)
        self.b.wanted = self.wanted.append
        self.cut = False

    def pass_on(self, message):
        self.words.append(message)
        if not self.cut:
            self.a.hear(message)
            self.b.hear(message)


@pytest.fixture
def line():
    made = Line()
    made.a.tick(frozenset({ROOM}))
    made.b.tick(frozenset({ROOM, OTHER}))
    made.a.say(Share(room=ROOM, people=[PERSON]))
    return made


@pytest.fixture
def later(monkeypatch):
    def advance(seconds):
        now = neighbours.time.monotonic()
        monkeypatch.setattr(neighbours.time, "monotonic", lambda: now + seconds)

    return advance


def test_a_node_hears_the_share_of_a_room_it_has_people_in(line):
    assert line.b.shares(ROOM) == [Share(room=ROOM, people=[PERSON])]
    assert (line.b.shared(ROOM), line.b.shared(OTHER)) == (True, False)
    assert line.told == [ROOM]


def test_whoever_comes_into_a_room_later_is_wanted_to_be_told(line):
    line.a.tick(frozenset({ROOM, OTHER}))

    assert line.wanted == [OTHER]


def test_a_share_may_come_before_the_list_that_names_its_room(line):
    line.b.alone()
    line.a.say(Share(room=OTHER, people=[PERSON]))

    assert line.b.shares(OTHER) == [Share(room=OTHER, people=[PERSON])]
    assert line.wanted[-1] == OTHER


def test_what_is_shared_is_said_again_from_time_to_time(line, later):
    line.wanted.clear()
    line.b.tick(frozenset({ROOM, OTHER}))
    assert line.wanted == []

    later(neighbours.AGAIN_SECONDS)
    line.a.tick(frozenset({ROOM}))
    line.b.tick(frozenset({ROOM, OTHER}))

    assert line.wanted == [ROOM]


def test_a_node_that_has_left_a_room_has_nobody_there(line):
    line.a.tick(frozenset())

    assert line.b.shares(ROOM) == []
    assert line.told == [ROOM, ROOM]


def test_a_node_that_falls_silent_has_nobody_anywhere(line, later):
    later(neighbours.SILENT_SECONDS + 0.1)
    line.b.tick(frozenset({ROOM}))

    assert line.b.shares(ROOM) == []
    assert line.told == [ROOM, ROOM]


def test_when_the_line_is_cut_only_own_people_are_known(line):
    line.b.alone()

    assert line.b.shares(ROOM) == []
    assert line.told == [ROOM, ROOM]


def test_words_are_ids_and_names_and_nothing_else(line):
    assert [sorted(json.loads(word)) for word in line.words] == [
        ["node", "rooms"],
        ["node", "rooms"],
        ["node", "share"],
    ]
    assert sorted(json.loads(line.words[2])["share"]["people"][0]) == [
        "agency_id",
        "person",
        "person_id",
    ]


@pytest.mark.parametrize(
    "message",
    ["", "{", "[]", '{"node": 1}', '{"node": "x", "share": {"room": "r", "value": "円"}}'],
)
def test_what_is_not_understood_changes_nothing(line, message):
    line.b.hear(message)

    assert line.b.shares(ROOM) == [Share(room=ROOM, people=[PERSON])]
