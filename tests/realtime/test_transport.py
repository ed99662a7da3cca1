import logging
from types import SimpleNamespace

import pytest
import socketio
from gevent import socket as green

from app.settings import read_settings
from deploy.assembly import assemble
from realtime import frames, heartbeat, transport
from realtime.frames import frame_of
from realtime.outlet import Outlet
from realtime.websocket import Link


@pytest.fixture
def server():
    return socketio.Server(async_mode="gevent")


def test_the_installed_engine_io_is_what_the_driver_was_written_for(server):
    assert transport.broken_contract(server) == []


def test_our_driver_takes_the_place_of_the_stock_one(server):
    stock = server.eio._async["websocket"]
    assert transport.install(server)
    assert server.eio._async["websocket"] is transport.Driver
    # Other servers of the process keep their own.
    assert socketio.Server(async_mode="gevent").eio._async["websocket"] is stock


@pytest.mark.parametrize("missing", ["queue", "last_ping", "upgrading"])
def test_a_changed_engine_io_keeps_its_own_driver_and_a_warning_says_so(
    server, missing, monkeypatch, caplog
):
    stock = server.eio._async["websocket"]
    made = transport.Socket.__init__

    def changed(self, *arguments):
        made(self, *arguments)
        delattr(self, missing)

    monkeypatch.setattr(transport.Socket, "__init__", changed)
    with caplog.at_level(logging.WARNING):
        assert not transport.install(server)
    assert server.eio._async["websocket"] is stock
    assert missing in caplog.text


def test_a_method_that_takes_something_else_breaks_the_contract(server, monkeypatch):
    monkeypatch.setattr(transport.Socket, "close", lambda self, force: None)
    assert transport.broken_contract(server) == ["Socket.close takes ('self', 'force')"]


def test_a_changed_wsproto_breaks_the_contract(server, monkeypatch):
    monkeypatch.setattr(frames.FrameProtocol, "__init__", lambda *_given, **_more: None)
    [problem] = transport.broken_contract(server)
    assert problem.startswith("wsproto: ")


def test_the_product_runs_on_our_driver(tmp_path):
    whole = assemble(read_settings({"ENTAKU_DATA": str(tmp_path)}))
    engine = whole.live.socketio.server.eio
    assert engine._async["websocket"] is transport.Driver
    # The heartbeat looks after all connections; engine.io's own watch would do it again.
    assert not engine.start_service_task
    whole.engine.dispose()


def test_one_encoding_serves_every_connection(server):
    """A link gets the same bytes object as its neighbour; polling gets one packet."""
    pairs = [green.socketpair() for _at in range(3)]
    links = [Link(ours, 1000) for ours, _theirs in pairs]
    for at, link in enumerate(links):
        lean = transport.LeanSocket.__new__(transport.LeanSocket)
        lean.closed, lean.link = False, link
        server.eio.sockets[f"e{at}"] = lean
    server.manager.eio_sid_from_sid = lambda sid, namespace: sid
    Outlet(server, "/live").tell(["e0", "e1", "e2"], "entries", {"entries": []})
    frames = [link._queue[0] for link in links]
    assert frames[0] is frames[1] is frames[2]
    for link in links:
        link.flush()
    heard = {theirs.recv(1000) for _ours, theirs in pairs}
    assert heard == {frame_of('42/live,["entries",{"entries":[]}]')}
    for link, (_ours, theirs) in zip(links, pairs, strict=True):
        link._over()
        theirs.close()


class Line:
    """A connection as the heartbeat sees it, over a line of its own."""

    def __init__(self, engine):
        self.ours, self.theirs = green.socketpair()
        self.link, self.server = Link(self.ours, 1000), engine
        self.closed, self.last_ping, self.pings = False, None, 0

    def ping(self):
        self.last_ping, self.pings = 1.0, self.pings + 1

    def give_up(self):
        self.closed = True


def test_whoever_does_not_answer_is_given_up_but_not_for_what_we_have_yet_to_read(monkeypatch):
    engine = SimpleNamespace(ping_interval=10, ping_timeout=5, sockets={})
    heart, clock = heartbeat.Heartbeat(engine), [100.0]
    monkeypatch.setattr(heartbeat.time, "monotonic", lambda: clock[0])
    lines = _silent, answering, unread = [Line(engine) for _at in range(3)]
    for line in lines:
        heart.expect(line)

    clock[0] += 9.9
    heart.beat()
    assert [line.pings for line in lines] == [0, 0, 0]
    clock[0] += 0.1
    heart.beat()
    assert [line.pings for line in lines] == [1, 1, 1]
    answering.last_ping = None
    heart.expect(answering)
    unread.theirs.send(b"3")
    clock[0] += 5
    heart.beat()
    assert [line.closed for line in lines] == [True, False, False]

    unread.link._sock.recv(1)
    clock[0] += 5
    heart.beat()
    assert [line.closed for line in lines] == [True, False, True]
    assert [line.pings for line in lines] == [1, 2, 1]
    for line in lines:
        line.link._over()
        line.theirs.close()


def test_a_connection_found_dead_in_telling_keeps_nobody_from_hearing(server):
    """Sending to it ends it, and ending it takes it out of the very set that is gone through."""
    sids, told = {f"e{at}" for at in range(9)}, []

    def send(sid):
        sids.discard(sid)
        told.append(sid)

    for sid in sids:
        server.eio.sockets[sid] = SimpleNamespace(closed=False, send=lambda _, sid=sid: send(sid))
    server.manager.eio_sid_from_sid = lambda sid, namespace: sid
    Outlet(server, "/live").tell(sids, "entries", {"entries": []})
    assert sorted(told) == [f"e{at}" for at in range(9)]


def test_a_link_keeps_of_its_request_only_who_came_and_in_which_language():
    asked = {"HTTP_COOKIE": "a=b", "HTTP_ACCEPT_LANGUAGE": "en"}
    environ = {**asked, "wsgi.input": object(), "HTTP_USER_AGENT": "x" * 200}
    transport.lighten(environ)
    assert environ == asked


def test_what_was_queued_goes_over_the_link_and_nothing_is_queued_again(server):
    assert transport.install(server)
    connection = transport.Socket(server.eio, "one")
    connection.queue.put(transport.packet.Packet(transport.packet.MESSAGE, "発言"))
    connection.queue.put(transport.packet.Packet(transport.packet.NOOP))
    sent = []
    transport.become_lean(connection, SimpleNamespace(push=sent.append))
    assert sent == [transport.frame_of("4発言")]
    connection.queue.put(None)
    with pytest.raises(server.eio.get_queue_empty_exception()):
        connection.queue.get(block=False)
