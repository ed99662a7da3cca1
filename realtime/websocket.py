"""One accepted websocket: whole frames out, bounded both ways, no compression.

What is sent in one turn of the loop leaves in one write. A frame is made once and shared by all
who receive it. Somebody who does not read is waited for up to a limit and then cut off, so that
neither memory nor the others pay for it.
"""

import contextlib
from collections import deque
from collections.abc import Iterable
from typing import Any

import gevent
from gevent import socket as green
from wsproto.frame_protocol import CloseReason, FrameProtocol, Opcode, ParseFailed

# Bytes nobody has taken yet. One message may be larger (a big sheet), but nothing comes after it.
MAX_BACKLOG = 1024 * 1024
# A link that takes nothing for so long while something waits for it is gone for our purposes.
STALLED_SECONDS = 15.0
_CHUNK = 65536
# Frames in a row that complete no message: a page sends none, a browser now and then one.
MOST_WITHOUT_MESSAGE = 100
# Whoever sends more than so many frames at once lets the others go first.
TURN_FRAMES, TURN_SECONDS = 32, 0.01
# A server's frames are not masked and need no state, so one maker serves all links.
_MAKER = FrameProtocol(client=False, extensions=[])


def frame_of(message: str | bytes) -> bytes:
    """The message as one frame, which any number of links may be given."""
    return bytes(_MAKER.send_data(message, fin=True))


class Outgoing:
    """Links with something to send; all of them are written once per turn of the loop."""

    def __init__(self) -> None:
        self._waiting: list[Link] = []

    def add(self, link: "Link") -> None:
        if not self._waiting:
            gevent.get_hub().loop.run_callback(self.flush)
        self._waiting.append(link)

    def flush(self) -> None:
        links, self._waiting = self._waiting, []
        for link in links:
            link.flush()


_OUTGOING = Outgoing()


def push_all(links: Iterable["Link"], frame: bytes) -> None:
    """The same frame to many, which is what is done most."""
    for link in links:
        if not link.closed:
            if not link._queue:
                _OUTGOING.add(link)
            link._queue.append(frame)


class Link:
    """``wait`` for messages, ``push`` frames; both ends give up on what exceeds its limit."""

    __slots__ = (
        "_backlog",
        "_draining",
        "_frames",
        "_limit",
        "_messages",
        "_parts",
        "_queue",
        "_raw",
        "_size",
        "_sock",
        "_without_message",
        "closed",
    )

    def __init__(self, sock: Any, limit: int) -> None:
        self._sock = sock
        # gevent's own socket below its waiting one: it sends what fits and never waits.
        self._raw = getattr(sock, "_sock", sock)
        self._limit = limit
        self._frames = FrameProtocol(client=False, extensions=[])
        self._messages: deque[str | bytes] = deque()
        self._parts: list[str | bytes] = []
        self._size = 0
        self._without_message = 0
        self._queue: list[bytes | bytearray] = []
        self._backlog: bytearray | None = None
        self._draining: Any = None
        self.closed = False

    def wait(self) -> str | bytes | None:
        """The next whole message, or None once the link has ended."""
        while not self._messages:
            if self.closed:
                # What waits for the collector of cycles need not hold what was half read.
                self._parts, self._frames = [], _MAKER
                return None
            try:
                data = self._sock.recv(_CHUNK)
            except OSError:
                data = b""
            if not data:
                self.closed = True
                continue
            self._take(data)
        return self._messages.popleft()

    def has_unread(self) -> bool:
        """Whether something has arrived that nobody came to read yet."""
        try:
            return not self.closed and bool(self._raw.recv(1, green.MSG_PEEK))
        except OSError:
            return False

    def push(self, frame: bytes | bytearray) -> None:
        """Send the frame with whatever else this turn of the loop brings for this link."""
        if self.closed:
            return
        if not self._queue:
            _OUTGOING.add(self)
        self._queue.append(frame)

    def flush(self) -> None:
        frames, self._queue = self._queue, []
        if self.closed or not frames:
            return
        if self._backlog is not None:
            if len(self._backlog) > MAX_BACKLOG:
                self.abort()
            else:
                self._backlog += b"".join(frames)
            return
        data = frames[0] if len(frames) == 1 else b"".join(frames)
        try:
            sent = self._raw.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.abort()
            return
        if sent < len(data):
            self._backlog = bytearray(memoryview(data)[sent:])
            self._draining = gevent.spawn(self._drain)

    def close(self, reason: CloseReason = CloseReason.NORMAL_CLOSURE) -> None:
        """Say goodbye after what is still to be sent, as far as the other end takes it."""
        if self.closed:
            return
        self.push(self._frames.close(reason))
        self.flush()
        self.closed = True
        if self._draining is None:
            self._shut()
        else:
            self._draining.link(lambda _ended: self._shut())

    def abort(self) -> None:
        """End it now: the other end takes nothing, or is gone."""
        self.closed = True
        self._backlog = None
        self._shut()

    def _drain(self) -> None:
        """Send what did not fit, as fast as it is taken; once it is gone nothing waits here."""
        waiting = self._backlog
        try:
            while waiting and self._backlog is waiting:
                with gevent.Timeout(STALLED_SECONDS, OSError("the receiver takes nothing")):
                    sent = self._sock.send(bytes(waiting[:_CHUNK]))
                del waiting[:sent]
        except OSError:
            self.abort()
        self._backlog = None
        self._draining = None

    def _take(self, data: bytes) -> None:
        self._frames.receive_bytes(data)
        try:
            for number, frame in enumerate(self._frames.received_frames(), 1):
                self._take_frame(frame)
                if number % TURN_FRAMES == 0:
                    gevent.sleep(TURN_SECONDS)
                if self.closed:
                    break
        except ParseFailed as error:
            self.close(error.code)

    def _take_frame(self, frame: Any) -> None:
        """A frame comes in parts as they arrive, so no length it claims makes us keep more."""
        self._without_message += frame.frame_finished
        if self._without_message > MOST_WITHOUT_MESSAGE:
            self.close(CloseReason.POLICY_VIOLATION)
        elif frame.opcode is Opcode.CLOSE:
            self.close()
        elif frame.opcode is Opcode.PING:
            self.push(self._frames.pong(frame.payload))
        elif frame.opcode is not Opcode.PONG:
            self._size += len(frame.payload)
            if self._size > self._limit:
                self.close(CloseReason.MESSAGE_TOO_BIG)
                return
            self._parts.append(frame.payload)
            if frame.message_finished:
                empty: Any = "" if isinstance(frame.payload, str) else b""
                self._messages.append(empty.join(self._parts))
                self._parts, self._size, self._without_message = [], 0, 0

    def _shut(self) -> None:
        with contextlib.suppress(OSError):
            self._sock.shutdown(green.SHUT_RDWR)
