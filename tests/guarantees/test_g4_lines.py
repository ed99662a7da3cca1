"""G4, G9: lines that break, hole, crawl or let no websocket through; a clock that steps."""

import statistics
import time

import pytest
import requests
from sqlalchemy import text
from sqlmodel import select

from app.store import journal
from app.store.tables.journal import RoomRow
from tests.clients import Participant, eventually
from tests.cluster import rooms_of
from tests.factories import table
from tests.guarantees.figures import note
from tests.line import line_to
from tests.serving import Server

pytestmark = pytest.mark.guarantee
HALF_OPEN_SECONDS = 16.0
SAME_AGAIN_SECONDS, RECONNECTS = 2.0, 50
TRANSPORTS = [("websocket",), ("polling",)]


@pytest.fixture
def at(database):
    return table(database)


def serve(request, database_url, tmp_path, **environ):
    """A server that lines may lead to: their addresses are as good as its own."""
    made = Server(tmp_path, database_url, **environ)
    request.addfinalizer(made.stop)
    return made


@pytest.fixture
def far(request, at, database_url, tmp_path):
    """A server and the line on which one of its clients comes in."""
    server = serve(request, database_url, tmp_path)
    with line_to(server.port) as line:
        server.environ["ENTAKU_ORIGINS"] = f"{server.url},{line.url}"
        server.start()
        yield server, line


def enter(server, at, who, url=None, transports=TRANSPORTS[0]):
    client = Participant(url or server.url, server.token_for(at[who]), rooms_of(at), transports)
    client.connect()
    return client


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_line_that_swallows_everything_is_noticed_at_both_ends(far, at):
    server, line = far
    near = enter(server, at, "yorozu")
    away = {
        "websocket": enter(server, at, "bank", line.url, ("websocket",)),
        "polling": enter(server, at, "cga", line.url, ("polling",)),
    }
    names = {way: at[who].person_name for way, who in zip(away, ("bank", "cga"), strict=True)}
    conference = rooms_of(at)[0]
    assert eventually(lambda: len(near.people(conference)) == 3)

    line.swallow = True
    began, server_s, client_s = time.monotonic(), {}, {}
    while time.monotonic() - began < 2 * HALF_OPEN_SECONDS and len(server_s) + len(client_s) < 4:
        for way, one in away.items():
            if names[way] not in near.people(conference):
                server_s.setdefault(way, round(time.monotonic() - began, 1))
            if not one.client.connected:
                client_s.setdefault(way, round(time.monotonic() - began, 1))
        time.sleep(0.02)
    near.act("say_remark", item_id=at.item.id, text="不在の間の発言")
    line.swallow = False
    line.cut()
    for one in away.values():
        one.lost()
        one.connect()

    assert eventually(lambda: all(one.applied == near.applied for one in away.values()))
    for one in (near, *away.values()):
        one.close()
    note("g4_half_open", noticed_by_server_s=server_s, noticed_by_client_s=client_s)
    assert set(server_s) == set(client_s) == set(away)
    assert max(*server_s.values(), *client_s.values()) <= HALF_OPEN_SECONDS


def same(one, other, room):
    return one.applied[room] == other.applied[room]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("transports", TRANSPORTS, ids=lambda one: one[0])
def test_cuts_again_and_again_cost_nothing(far, at, transports):
    server, line = far
    near, away = enter(server, at, "yorozu"), enter(server, at, "bank", line.url, transports)
    item = rooms_of(at)[1]
    seconds, cuts = [], 0
    while len(seconds) < RECONNECTS:
        insist(near, at, f"切断の前 {cuts}")
        line.cut()
        cuts += 1
        insist(near, at, f"切断の後 {cuts}")
        # Between two polls a cut is no break: the next one opens another connection.
        assert eventually(lambda: not away.client.connected or same(near, away, item))
        if not away.client.connected:
            away.lost()
            began = time.monotonic()
            away.connect()
            assert eventually(lambda: same(near, away, item))
            seconds.append(time.monotonic() - began)

    missed = len(set(near.applied[item]) - set(away.applied[item]))
    twice = len(away.applied[item]) - len(set(away.applied[item]))
    p95 = statistics.quantiles(seconds, n=20)[-1]
    near.close()
    away.close()
    note(
        f"g4_client_cut_{transports[0]}",
        cuts=cuts,
        reconnects=len(seconds),
        missed=missed,
        applied_twice=twice,
        same_again_p95_s=round(p95, 3),
        same_again_max_s=round(max(seconds), 3),
    )
    assert (missed, twice) == (0, 0)
    assert p95 <= SAME_AGAIN_SECONDS


def insist(one, at, text):
    """Nobody talks this fast: the limit of a connection is waited for."""
    while not (answer := one.act("say_remark", item_id=at.item.id, text=text))["ok"]:
        assert answer["code"] == "too_many", answer
        time.sleep(0.1)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("transports", TRANSPORTS, ids=lambda one: one[0])
def test_a_slow_line_in_slices_brings_everything_in_order(far, at, transports):
    server, line = far
    near, away = enter(server, at, "yorozu"), enter(server, at, "bank", line.url, transports)
    item = rooms_of(at)[1]
    line.slice, line.delay = 97, 0.002
    for number in range(10):
        assert near.act("say_remark", item_id=at.item.id, text=f"近くから {number}" * 20)["ok"]
        assert away.act("say_remark", item_id=at.item.id, text=f"遠くから {number}" * 20)["ok"]

    assert eventually(lambda: len(away.applied[item]) == 20, 20)
    assert eventually(lambda: away.applied == near.applied)
    near.close()
    away.close()
    note(f"g4_slow_sliced_{transports[0]}", entries=20, missed=0, slice_bytes=97)


def test_a_fault_of_ours_is_admitted_and_ends_nothing(
    request, at, database, database_url, tmp_path
):
    """The table of remarks goes away under the feet of the command."""
    server = serve(request, database_url, tmp_path)
    server.start()
    bank, cga = enter(server, at, "bank"), enter(server, at, "cga", None, TRANSPORTS[1])
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE remark RENAME TO gone"))
    faults = [
        client.act("say_remark", item_id=at.item.id, text="x")["code"]
        for client in (bank, cga)
        for _ in range(3)
    ]
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE gone RENAME TO remark"))
    assert faults == ["fault"] * 6
    assert bank.act("say_remark", item_id=at.item.id, text="続けます")["ok"]
    assert eventually(lambda: len(cga.applied[rooms_of(at)[1]]) == 1)
    assert (bank.client.connected, cga.client.connected) == (True, True)
    bank.close()
    cga.close()
    note(f"g3_exception_in_handler_{database.engine.dialect.name}", faults=6, stored=0, ended=0)


STEPPED = """
import pathlib, sys
from datetime import timedelta
from app import clock
true, told = clock.system_clock, pathlib.Path(sys.argv[1])
clock.system_clock = lambda: true() + timedelta(seconds=float(told.read_text() or 0))
from deploy import serve
serve.main()
"""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_clock_that_steps_reorders_and_loses_nothing(
    request, at, database, database_url, tmp_path
):
    told = tmp_path / "step"
    told.write_text("0")
    server = serve(request, database_url, tmp_path)
    server.program = ["-c", STEPPED, str(told)]
    server.start()
    bank, cga = enter(server, at, "bank"), enter(server, at, "cga", None, TRANSPORTS[1])
    steps = [0, 600, -3600, 1200, 0]
    for number, seconds in enumerate(steps):
        told.write_text(str(seconds))
        for client in (bank, cga):
            for _ in range(3):
                assert client.act("say_remark", item_id=at.item.id, text=f"{number}")["ok"]
    said = len(steps) * 6
    item = rooms_of(at)[1]
    for client in (bank, cga):
        assert eventually(lambda one=client: len(one.applied[item]) == said)
    assert bank.applied == cga.applied
    with database.read() as desk:
        broken = [
            place
            for room in desk.session.exec(select(RoomRow)).all()
            for place in journal.verify(desk.session, room)
        ]
    assert broken == []
    bank.close()
    cga.close()
    note("g4_clock_step", steps_s=steps, entries=said, missed=0, reordered=0, chain_broken=0)


def test_where_websockets_are_refused_people_stay_on_polling(cluster):
    at = table(cluster.database)
    node = cluster.nodes[0]
    asked = {"Connection": "Upgrade", "Upgrade": "websocket", "Origin": cluster.blocked}
    address = f"{cluster.blocked}/socket.io/?EIO=4&transport=websocket"
    assert requests.get(address, headers=asked, timeout=5).status_code == 403

    everybody = [
        Participant(cluster.blocked, node.token_for(actor), rooms_of(at), conference=op_id)
        for actor in at.actors.values()
        for op_id in [at.conference.id]
    ]
    for client in everybody:
        client.connect()
    assert {client.client.transport() for client in everybody} == {"polling"}
    for number, client in enumerate(everybody):
        assert client.act("say_remark", item_id=at.item.id, text=f"発言 {number}")["ok"]
    item = rooms_of(at)[1]
    assert eventually(lambda: {len(c.applied[item]) for c in everybody} == {len(everybody)})
    assert len({tuple(c.applied[item]) for c in everybody}) == 1
    for client in everybody:
        client.close()
    note("g9_websockets_blocked", clients=len(everybody), on_polling=len(everybody), missed=0)
