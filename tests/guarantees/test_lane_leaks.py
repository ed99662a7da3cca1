"""G2 in the lanes: not a word said among one agency or to the chair reaches anybody else, in any
frame of either transport, on any page, in any answer or export, before, during and after the
moment the chair changes hands."""

import json
import threading
import time

import pytest
import requests
from click.testing import CliRunner

from app.cli import Console
from app.domain.vocabulary import Role
from app.services.room_life import HandOverChair, hand_over_chair
from deploy.journals import journal_group
from tests.clients import Participant, eventually
from tests.factories import actor_of, op, table
from tests.guarantees.figures import note
from tests.serving import serving

TRANSPORTS = {"websocket": ("polling", "websocket"), "polling": ("polling",)}
ROUNDS = 12


class Canaries:
    """Unique words, by the lane they were said in and by when."""

    def __init__(self):
        self.words = {}

    def word(self, lane, when):
        text = f"zl{len(self.words):03}{lane[0]}{when[0]}x"
        self.words[text] = (lane, when)
        return text


def may_know(who, lane, when, place):
    """Said once more in other words: the bank all of it, the chair of the time what was put to it,
    the next chair also what was put to the chair before it; and never where all can look."""
    if "projector" in place:
        return False
    if who == "bank":
        return True
    if lane != "chair":
        return False
    if who == "yorozu":
        return place == "frame" and when in {"before", "during"}
    return who == "council"


@pytest.fixture
def people(database):
    at = table(database)
    with database.begin() as uow:
        extra = {
            "observer of the bank": actor_of(uow, at.agencies["bank"], "見学 者", Role.OBSERVER),
            "auditor of the bank": actor_of(uow, at.agencies["bank"], "監査 役", Role.AUDITOR),
        }
    known = {who: at[who] for who in ("bank", "yorozu", "council", "cga", "chamber")}
    return at, known | extra | {"outsider": at.outsider}


@pytest.mark.guarantee
@pytest.mark.parametrize("transport", TRANSPORTS)
def test_no_word_of_an_inner_lane_reaches_anybody_it_is_not_for(
    people, database, database_url, tmp_path, transport
):
    at, actors = people
    bank = at.agencies["bank"].id
    lanes = [f"l-{at.item.id}-{bank}-{lane}" for lane in ("agency", "chair")]
    open_rooms = [f"c-{at.conference.id}", f"i-{at.item.id}", f"s-{at.case.id}", f"a-{at.case.id}"]
    with serving(tmp_path / "data", database_url) as server:
        there = {
            who: Participant(
                server.url, server.token_for(actor), [*open_rooms, *lanes], TRANSPORTS[transport]
            )
            for who, actor in actors.items()
        }
        for one in there.values():
            one.connect()
        assert entered(there, lanes) == {"bank": 2, "yorozu": 1}
        words = Canaries()

        def say(when):
            for lane in ("agency", "chair"):
                body = {"item_id": at.item.id, "lane": lane, "agency_id": bank}
                text = words.word(lane, when)
                said = insist(there["bank"], "say_in_lane", **body, text=text)
                again = words.word(lane, when)
                insist(there["bank"], "correct_in_lane", remark_id=said, text=again)

        for _round in range(ROUNDS):
            say("before")
        assert eventually(lambda: len(there["yorozu"].applied[lanes[1]]) == 2 * ROUNDS)
        handing = threading.Thread(target=hand_over, args=(server.database, at))
        handing.start()
        while handing.is_alive():
            say("during")
        handing.join()
        for _round in range(ROUNDS):
            say("after")
        assert eventually(lambda: lanes[1] in there["yorozu"].evicted, 4)
        council = there["council"].join(lanes[1])
        assert council["ok"] is True
        assert there["yorozu"].join(lanes[1])["code"] == "not_found"
        say("after")
        for who in set(there) - {"bank", "council"}:
            try_the_doors(there[who], at, bank, lanes)
        assert eventually(lambda: len(there["council"].applied[lanes[1]]) >= 2)
        pages = {who: list(looked_at(server, at, actor)) for who, actor in actors.items()}
        exports = [exported(server, room) for room in (*lanes, *open_rooms)]
        leaks, answers = [], 0
        for who, one in there.items():
            frames = [("frame", text) for text in one.frames]
            for place, text in [*frames, *pages[who]]:
                answers += 1
                leaks += [
                    (place, who, lane, when)
                    for word, (lane, when) in words.words.items()
                    if word in text and not may_know(who, lane, when, place)
                ]
        assert [word for word in words.words if any(word in text for text in exports)] == []
        # Had nobody heard anything, the search itself would be blind.
        assert all(any(w in f for f in there["bank"].frames) for w in words.words)
        for one in there.values():
            one.close()
    engine = database.engine.dialect.name
    note(
        f"g2_lanes_{transport}_{engine}",
        words=len(words.words),
        people=len(there),
        answers=answers,
        checked=answers * len(words.words),
        leaks=len(leaks),
    )
    assert leaks == []


def entered(there, lanes):
    """How many of the bank's lanes each was let into."""
    counts = {who: sum(lane in one.snapshots for lane in lanes) for who, one in there.items()}
    return {who: count for who, count in counts.items() if count}


def hand_over(database, at):
    command = HandOverChair(
        op_id=op(),
        conference_id=at.conference.id,
        agency_id=at.agencies["council"].id,
        person="高橋 誠",
    )
    hand_over_chair(database, at["yorozu"], command)


def insist(one, command, **body):
    """Nobody types this fast: the limit of a connection is waited for."""
    while True:
        answer = one.act(command, **body)
        if answer["ok"]:
            return answer["result"]["id"]
        assert answer["code"] == "too_many", answer
        time.sleep(0.3)


def try_the_doors(one, at, bank, lanes):
    """Whoever guesses the names of the lanes, or writes into them, is told there is nothing."""
    for lane in ("agency", "chair"):
        body = {"item_id": at.item.id, "lane": lane, "agency_id": bank, "text": "聞こえますか"}
        assert one.act("say_in_lane", **body)["code"] == "not_found"
    assert [one.join(room)["code"] for room in lanes] == ["not_found", "not_found"]


def looked_at(server, at, actor):
    """Every page and answer about the conference and the case, as this person gets it."""
    session = requests.Session()
    session.cookies.set("entaku_session", server.token_for(actor))
    room = f"/conferences/{at.conference.id}/room"
    for path in (
        "/",
        f"/conferences/{at.conference.id}",
        room,
        f"{room}?item={at.item.id}",
        f"{room}/projector",
        f"{room}/projector?mask=1",
        f"/cases/{at.case.id}",
        f"/cases/{at.case.id}/sheet",
        f"/firms/{at.firm.id}",
        f"/api/cases/{at.case.id}/columns",
        f"/api/items/{at.item.id}/fitting",
    ):
        answer = session.get(server.url + path, timeout=20)
        assert answer.status_code < 500, path
        yield path, answer.text


def exported(server, room):
    """What an operator hands on: the journal of a room."""
    console = Console(lambda: server.settings, lambda _settings: server.database)
    printed = CliRunner().invoke(journal_group, ["export", room], obj=console)
    assert printed.exit_code == 0, printed.output
    _header, *entries = printed.stdout.splitlines()
    assert all(json.loads(line)["hash"] for line in entries)
    return printed.stdout
