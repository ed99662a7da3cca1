import struct

import gevent
import pytest
from gevent import socket as green
from wsproto.frame_protocol import FrameProtocol, Opcode

from realtime.frames import frame_of
from realtime.sending import MAX_BACKLOG
from realtime.websocket import Link

LIMIT = 64 * 1024


@pytest.fixture
def ends():
    """A link, and the plain socket of whoever is at its other end."""
    ours, theirs = green.socketpair()
    link = Link(ours, LIMIT)
    yield link, theirs
    link._over()
    theirs.close()


def said_by_a_client(*messages, fin=True):
    maker = FrameProtocol(client=True, extensions=[])
    return b"".join(bytes(maker.send_data(message, fin)) for message in messages)


def heard(theirs, messages, seconds=5.0):
    """So many whole messages as a client reads them."""
    reader, found, part = FrameProtocol(client=True, extensions=[]), [], []
    with gevent.Timeout(seconds):
        while len(found) < messages:
            data = theirs.recv(65536)
            if not data:
                break
            reader.receive_bytes(data)
            for frame in reader.received_frames():
                if frame.opcode is Opcode.CLOSE:
                    found.append(frame.payload[0])
                    continue
                part.append(frame.payload)
                if frame.message_finished:
                    found.append("".join(part))
                    part = []
    return found


def test_what_is_pushed_in_one_turn_arrives_whole_and_in_order(ends):
    link, theirs = ends
    for at in range(50):
        link.push(frame_of(f"発言{at}"))
    assert heard(theirs, 50) == [f"発言{at}" for at in range(50)]


def test_a_message_larger_than_the_line_takes_at_once_arrives_whole(ends):
    link, theirs = ends
    large = "円" * 3_000_000
    link.push(frame_of(large))
    link.push(frame_of("その後"))
    assert heard(theirs, 2, 30) == [large, "その後"]


def test_whoever_reads_nothing_is_cut_off_before_much_is_kept_for_them(ends):
    link, _theirs = ends
    frame = frame_of("あ" * 10_000)
    pushed = 0
    while not link.closed and pushed < 1000:
        link.push(frame)
        pushed += 1
        gevent.sleep(0)
    assert link.closed
    # What the kernel took and the limit, with the one frame that went over it.
    assert pushed * len(frame) < 4 * MAX_BACKLOG


def test_one_who_reads_nothing_costs_the_others_nothing(ends):
    link, _theirs = ends
    ours, reading = green.socketpair()
    other = Link(ours, LIMIT)
    frame = frame_of("あ" * 10_000)
    for _at in range(200):
        link.push(frame)
        other.push(frame_of("聞こえる"))
        gevent.sleep(0)
    assert heard(reading, 200) == ["聞こえる"] * 200
    other._over()
    reading.close()


def test_what_was_said_is_read_frame_by_frame(ends):
    link, theirs = ends
    theirs.sendall(said_by_a_client("一", "二"))
    assert [link.wait(), link.wait()] == ["一", "二"]


def test_a_frame_that_only_claims_to_be_huge_ends_the_link_at_the_limit(ends):
    link, theirs = ends
    head = bytes([0x81, 0xFF]) + struct.pack("!Q", 150_000_000) + b"\0\0\0\0"
    gevent.spawn(theirs.sendall, head + b"a" * 300_000)
    assert link.wait() is None
    assert heard(theirs, 1) == [1009]
    assert link._reader is None


def test_many_small_parts_of_one_message_are_counted_together(ends):
    link, theirs = ends
    maker = FrameProtocol(client=True, extensions=[])
    parts = b"".join(bytes(maker.send_data("a" * 1000, False)) for _at in range(100))
    gevent.spawn(theirs.sendall, parts)
    assert link.wait() is None
    assert heard(theirs, 1) == [1009]


def test_an_unreadable_frame_ends_the_link_and_says_why(ends):
    link, theirs = ends
    theirs.sendall(bytes([0xF1, 0x80, 0, 0, 0, 0]))
    assert link.wait() is None
    assert heard(theirs, 1) == [1002]


def test_closing_says_what_was_still_to_be_sent(ends):
    link, theirs = ends
    link.push(frame_of("最後に"))
    link.close()
    assert heard(theirs, 2) == ["最後に", 1000]
    link.push(frame_of("もう出ない"))
    assert heard(theirs, 1) == []


def test_frames_that_never_make_a_message_end_the_link(ends):
    link, theirs = ends
    maker = FrameProtocol(client=True, extensions=[])
    parts = b"".join(bytes(maker.send_data("a", False)) for _at in range(200))
    gevent.spawn(theirs.sendall, parts)
    assert link.wait() is None
    assert heard(theirs, 1) == [1008]


class Listening:
    """Whoever hears a link, and how long it takes over each message."""

    def __init__(self, seconds=0.0):
        self.seconds, self.heard, self.at_once_heard, self.gone_at = seconds, [], [], None

    def at_once(self, message):
        if message == "3":
            self.at_once_heard.append(message)
        return message == "3"

    def take(self, message):
        gevent.sleep(self.seconds)
        self.heard.append(message)

    def gone(self):
        self.gone_at = len(self.heard)


def soon(question, seconds=5.0):
    with gevent.Timeout(seconds):
        while not question():
            gevent.sleep(0.005)


def test_messages_are_brought_one_after_the_other_however_they_arrive(ends):
    """Whole, in parts, cut anywhere, many at once: and nobody hears the second before the first."""
    link, theirs = ends
    hearer = Listening(0.001)
    link.watch(hearer)
    texts = [f"発言{at}" for at in range(200)]
    data = said_by_a_client(*texts)
    for at in range(0, len(data), 97):
        theirs.sendall(data[at : at + 97])
        gevent.sleep(0)
    soon(lambda: len(hearer.heard) == len(texts))
    assert hearer.heard == texts
    soon(lambda: link._reader is None)


def test_what_was_read_before_is_brought_first(ends):
    link, theirs = ends
    theirs.sendall(said_by_a_client("5", "一", "二"))
    assert link.wait() == "5"
    hearer = Listening()
    link.watch(hearer)
    theirs.sendall(said_by_a_client("三"))
    soon(lambda: len(hearer.heard) == 3)
    assert hearer.heard == ["一", "二", "三"]


def test_an_answered_ping_is_noted_while_a_message_is_still_being_taken(ends):
    link, theirs = ends
    hearer = Listening(0.2)
    link.watch(hearer)
    theirs.sendall(said_by_a_client("長い"))
    gevent.sleep(0.05)
    theirs.sendall(said_by_a_client("3"))
    soon(lambda: hearer.at_once_heard)
    assert hearer.heard == []


def test_whoever_leaves_is_gone_once_the_last_word_is_taken(ends):
    link, theirs = ends
    hearer = Listening(0.05)
    link.watch(hearer)
    theirs.sendall(said_by_a_client("一", "二"))
    theirs.close()
    soon(lambda: hearer.gone_at is not None)
    assert (hearer.heard, hearer.gone_at) == (["一", "二"], 2)
    assert link._sock.fileno() == -1


def test_whoever_is_busy_is_not_read_ahead_of(ends):
    """Of what somebody sends without end only a bounded part is kept."""
    link, theirs = ends
    hearer = Listening(0.01)
    link.watch(hearer)
    sender = gevent.spawn(
        lambda: [theirs.sendall(said_by_a_client("a" * 5000)) for _ in range(400)]
    )
    gevent.sleep(0.3)
    assert len(link._messages) <= 64
    sender.kill()


def test_what_waits_for_slow_ones_is_kept_once_for_all_of_them():
    pairs = [green.socketpair() for _at in range(10)]
    links = [Link(ours, LIMIT) for ours, _theirs in pairs]
    frames = [frame_of("あ" * 10_000) for _at in range(30)]
    for frame in frames:
        for link in links:
            link.push(frame)
        gevent.sleep(0)
    for link in links:
        kept = {id(frame) for frame in link._queue}
        assert kept
        assert kept <= {id(frame) for frame in frames}
        assert link._owed == sum(map(len, link._queue)) - link._sent
    for _ours, theirs in pairs:
        assert heard(theirs, 30) == ["あ" * 10_000] * 30
    for link, (_ours, theirs) in zip(links, pairs, strict=True):
        link._over()
        theirs.close()


def test_a_fault_in_reading_ends_the_link_instead_of_leaving_it_unread(ends, monkeypatch, caplog):
    link, theirs = ends
    hearer = Listening()
    link.watch(hearer)

    def fails(_reader, _data):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("realtime.frames.Reader.read", fails)
    theirs.sendall(said_by_a_client("a", fin=False))
    assert heard(theirs, 1) == [1011]
    theirs.close()
    soon(lambda: hearer.gone_at is not None)
    assert "could not be read" in caplog.text
