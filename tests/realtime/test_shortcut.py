import pytest
import socketio

from realtime import transport
from realtime.frames import frame_of
from realtime.shortcut import Shortcut


class Sent:
    """A connection's link: what was pushed to it."""

    def __init__(self):
        self.frames = []

    def push(self, frame):
        self.frames.append(frame)


@pytest.fixture
def way():
    """One connection in the namespace, and what its handler was called with."""
    server = socketio.Server(async_mode="gevent")
    calls = []

    def say(sid, *payload):
        calls.append((sid, payload))
        return {"ok": True, "result": "円卓"}

    sid = server.manager.connect("e", "/live")
    connection = transport.LeanSocket.__new__(transport.LeanSocket)
    connection.sid, connection.link = "e", Sent()
    return Shortcut(server, "/live", {"say": say}), connection, calls, sid


def test_an_event_reaches_its_handler_and_its_answer_goes_back_as_the_library_would_say_it(way):
    shortcut, connection, calls, sid = way
    assert shortcut.take(connection, '42/live,7["say",{"text":"［議題］"}]')
    assert calls == [(sid, ({"text": "［議題］"},))]
    text = '43/live,7[{"ok":true,"result":"円卓"}]'
    assert connection.link.frames == [frame_of(text)]
    packet = socketio.packet.Packet(encoded_packet=text[1:])
    assert (packet.packet_type, packet.namespace, packet.id) == (3, "/live", 7)


def test_who_wants_no_answer_gets_none(way):
    shortcut, connection, calls, _sid = way
    assert shortcut.take(connection, '42/live,["say"]')
    assert len(calls) == 1
    assert connection.link.frames == []


@pytest.mark.parametrize(
    "message",
    [
        '42["say",{}]',  # the root's
        '42/guest,1["say",{}]',
        "42/live",
        "42/live,1",
        '42/live,1["say"',
        "42/live,1[]",
        '42/live,1[["say"]]',
        '42/live,1[{"say":1}]',
        '42/live,x["say"]',
        '42/live,-1["say"]',
        "42/live," + "9" * 30 + '["say"]',
        '42/live,²["say"]',
        '42/live?a=b,1["say"]',
        "41/live,",
        '40/live,{"capacity":["say"]}',
        '451-/live,["say",{"_placeholder":true,"num":0}]',
        '42/live,1["shout"]',
        '42/live,1["connect",{}]',
    ],
)
def test_whatever_is_not_plainly_one_of_these_events_goes_the_librarys_way(way, message):
    shortcut, connection, calls, _sid = way
    assert not shortcut.take(connection, message)
    assert calls == []
    assert connection.link.frames == []


def test_who_has_not_come_into_the_namespace_is_not_heard(way):
    shortcut, connection, calls, _sid = way
    connection.sid = "another"
    assert not shortcut.take(connection, '42/live,1["say"]')
    assert calls == []
