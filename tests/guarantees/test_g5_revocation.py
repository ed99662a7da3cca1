"""G5: who loses a right hears nothing more and writes nothing more, at once.

In one process that is within a second. Where another process made the change and nothing woke
this one (the bus is dead), it is within three.
"""

from contextlib import ExitStack
from functools import partial

import pytest
import requests
from sqlalchemy.engine import make_url

from app.services.discussion import SayRemark, say_remark
from app.store.tables.people import MembershipRow, PersonRow, SessionRow
from auth import session
from deploy.cluster.postgres import text
from tests.clients import Participant, eventually
from tests.factories import op, table
from tests.guarantees.bus_line import DEAF, SEVERED, BusLine
from tests.guarantees.guest_losses import consents_for_guests, items, links, picture_changes
from tests.guarantees.losing import Measured, Scene, stream
from tests.serving import Server, serving

REPETITIONS, WITHOUT_BUS, REDIS_DEAD, OF_GUESTS = 6, 3, 2, 3
AT_ONCE, BUS_DEAD = 1.0, 3.0


@pytest.fixture
def line(database_url):
    """The server's own way to PostgreSQL; on SQLite there is no bus that could die."""
    url = make_url(database_url)
    made = BusLine(url.port) if url.get_backend_name() == "postgresql" else None
    yield made
    if made is not None:
        made.close()


@pytest.fixture
def scene(database, database_url, line, tmp_path):
    at = table(database)
    url = text(make_url(database_url).set(port=line.port)) if line else database_url
    with ExitStack() as stack:
        server = stack.enter_context(serving(tmp_path / "data", url))
        # Not started unless a test wants it; until then its way to the records is ours.
        elsewhere = Server(tmp_path / "data", database_url)
        stack.callback(elsewhere.stop)
        clients = [entered(stack, server, at, who) for who in ("bank", "yorozu")]
        yield Scene(server, elsewhere, at, *clients)


def entered(stack, server, at, who):
    client = Participant(server.url, server.token_for(at[who]), [f"i-{at.item.id}"])
    client.connect(60)
    stack.callback(client.close)
    return client


def by_the_server(scene):
    """A remark of somebody at the same server, which wakes its room by itself."""
    return lambda: scene.bank.act("say_remark", item_id=scene.at.item.id, text="続けます")


def by_another_process(scene):
    def say():
        command = SayRemark(op_id=op(), item_id=scene.at.item.id, text="続けます")
        say_remark(scene.database, scene.at["bank"], command)

    return say


def bus_dies(scene, line, way):
    """From here on no notice reaches the server, and it is left to look for itself."""
    assert eventually(lambda: "bus: listening" in scene.server.log.read_text())
    line.dies(way)
    if way == SEVERED:
        assert eventually(lambda: "bus: lost" in scene.server.log.read_text())
    scene.measured = Measured()


@pytest.mark.guarantee
def test_whoever_loses_a_right_hears_nothing_a_second_later(scene, database):
    with stream(by_the_server(scene)):
        for number in range(2 * REPETITIONS):
            sessions(scene, number, scene.server)
            conflicts(scene, number)
            consents(scene, number, lambda why: scene.act(scene.bank, "withdraw_consent", **why))
    scene.measured.told(f"g5_revocation_{database.engine.dialect.name}", AT_ONCE)


@pytest.mark.guarantee
def test_with_the_bus_dead_it_takes_three_seconds_at_most(scene, line):
    """Every right is ended by another process; the server finds it by looking."""

    def rounds():
        with stream(by_the_server(scene), by_another_process(scene)):
            for number in range(2 * WITHOUT_BUS):
                ended_elsewhere(scene, number)

    scene.elsewhere.start()
    without_bus(scene, line, "g5_bus", rounds)


@pytest.mark.guarantee
def test_a_guest_is_out_three_seconds_later_at_most_with_the_bus_dead(scene, line):
    changes = picture_changes(scene)

    def rounds():
        with stream(changes):
            for number in range(2 * OF_GUESTS):
                links(scene, number)
                consents_for_guests(scene, number)
                items(scene, number)

    without_bus(scene, line, "g5_guests_bus", rounds)


@pytest.mark.guarantee
def test_with_redis_killed_it_is_a_second_still_at_both_nodes(cluster):
    """Rights end by the database and its own bus; Redis only passes on who is where."""
    at = table(cluster.database)
    first, second = cluster.nodes
    cluster.redis.kill()
    try:
        with ExitStack() as stack:
            for here, there in ((first, second), (second, first)):
                clients = [entered(stack, here, at, who) for who in ("bank", "yorozu")]
                scene = Scene(here, there, at, *clients)
                with stream(by_the_server(scene), by_another_process(scene)):
                    for number in range(2 * REDIS_DEAD):
                        ended_elsewhere(scene, number)
                scene.measured.told(f"g5_redis_dead_{here.environ['ENTAKU_NODE']}", AT_ONCE)
    finally:
        cluster.redis.start()


def without_bus(scene, line, name, rounds):
    """On SQLite there is none; on PostgreSQL it dies in both ways, one after the other."""
    if line is None:
        rounds()
        scene.measured.told(f"{name}_dead_sqlite", BUS_DEAD)
        return
    for way in (DEAF, SEVERED):
        bus_dies(scene, line, way)
        before = line.kept_back
        rounds()
        assert line.kept_back > before, "the bus had nothing to tell, so its death shows nothing"
        scene.measured.told(f"{name}_{way}_postgresql", BUS_DEAD)


def ended_elsewhere(scene, number):
    """All that ends rights, by other processes than the one where people are."""
    sessions(scene, number, scene.elsewhere)
    pinned(scene, number, lambda pin: scene.carry_out("yorozu", "pin_recusal", **pin))
    consents(scene, number, lambda why: scene.carry_out("bank", "withdraw_consent", **why))


def sessions(scene, number, where):
    """The four ways a sign-in ends: signing out at ``where``, all others in this process."""

    def sign_out(client):
        with scene.database.read() as desk:
            row = desk.session.get(SessionRow, session.hash_of(client.token))
        answer = requests.post(
            f"{where.url}/sign-out",
            data={"csrf": row.csrf},
            headers={"Cookie": f"entaku_session={client.token}"},
            allow_redirects=False,
            timeout=30,
        )
        assert answer.status_code == 303, answer.text

    def revoke(client):
        with scene.database.begin() as uow:
            session.revoke(uow, session.hash_of(client.token))

    def end_membership(client):
        switch_off(scene, MembershipRow, client.actor.membership_id)

    def deactivate(client):
        switch_off(scene, PersonRow, client.actor.person_id)

    ways = {
        "signed out": sign_out,
        "session revoked": revoke,
        "membership ended": end_membership,
        "account deactivated": deactivate,
    }
    people = [scene.victim("succession") for _way in ways]
    losses = [
        (kind, [one], partial(act, one))
        for (kind, act), one in zip(ways.items(), people, strict=True)
    ]
    scene.ends(number, *losses)


def conflicts(scene, number):
    victim = scene.victim("chamber")
    declare = {"item_id": scene.at.item.id, "reason": "競合"}
    leave = partial(scene.act, victim, "declare_recusal", **declare)
    scene.ends(number, ("conflict declared", [victim], leave))
    lift(scene, "chamber")
    pinned(scene, number, lambda pin: scene.act(scene.chair, "pin_recusal", **pin))


def pinned(scene, number, act):
    agency_id = scene.at.agencies["council"].id
    pin = {"item_id": scene.at.item.id, "agency_id": agency_id, "reason": "競合"}
    victims = [scene.victim("council"), scene.victim("council")]
    scene.ends(number, ("conflict pinned", victims, partial(act, pin)))
    lift(scene, "council")


def consents(scene, number, act):
    victims = [scene.victim(who) for who in ("council", "succession")]
    why = {"case_id": scene.at.case.id, "reason": "撤回"}
    scene.ends(number, ("consent withdrawn", victims, partial(act, why)))
    scene.grant()


def switch_off(scene, kind, row_id):
    with scene.database.begin() as uow:
        row = uow.session.get(kind, row_id)
        row.active = False
        uow.session.add(row)


def lift(scene, who):
    body = {"item_id": scene.at.item.id, "agency_id": scene.at.agencies[who].id}
    scene.carry_out("yorozu", "lift_recusal", **body, reason="次の回")
