"""What a link is sent: whole frames, one write a turn of the loop, and so much waiting at most.

A frame is made once and shared by all who receive it, also while it waits for somebody slow.
Somebody who does not read is waited for up to a limit and then cut off, so that neither memory nor
the others pay for it.
"""

import contextlib
import itertools
from collections.abc import Iterable
from typing import Any

import gevent
from gevent import monkey
from gevent import socket as green
from wsproto.frame_protocol import CloseReason

from realtime.frames import goodbye

# Bytes nobody has taken yet. One message may be larger (a big sheet), but nothing comes after it.
MAX_BACKLOG = 1024 * 1024
# A link that takes nothing for so long while something waits for it is gone for our purposes, and
# sooner where much waits for all of them together.
STALLED_SECONDS, PRESSED_SECONDS = 15, 2
MUCH = 8 * MAX_BACKLOG
_CHUNK = 65536
# The socket gevent puts its waiting one in front of: it does what it can at once.
_PLAIN = monkey.get_original("socket", "socket")


class Outgoing:
    """Links with something to send; all of them are written once per turn of the loop."""

    def __init__(self) -> None:
        self._waiting: list[Sender] = []
        # Bytes that wait for slow ends, for all links together.
        self.owed = 0

    def add(self, link: "Sender") -> None:
        if not self._waiting:
            gevent.get_hub().loop.run_callback(self.flush)
        self._waiting.append(link)

    def flush(self) -> None:
        links, self._waiting = self._waiting, []
        for link in links:
            link.flush()


_OUTGOING = Outgoing()


def push_all(links: Iterable["Sender"], frame: bytes) -> None:
    """The same frame to many, which is what is done most."""
    for link in links:
        if link._draining is not None:
            link.push(frame)
        elif not link.closed:
            if not link._queue:
                _OUTGOING.add(link)
            link._queue.append(frame)


class Sender:
    """The half of a link that sends. It takes the socket over from the server that accepted it."""

    __slots__ = ("_draining", "_left", "_owed", "_queue", "_sent", "_sock", "closed")

    def __init__(self, sock: Any) -> None:
        kind = (sock.family, sock.type, sock.proto)
        self._sock = _PLAIN(*kind, fileno=sock.detach())
        self._sock.setblocking(False)
        # Of the first frame to be sent so many bytes have gone; so many a slow end has yet to take.
        self._queue: list[bytes] = []
        self._sent = self._owed = 0
        self._draining: Any = None
        # ``_left``: nobody reads here any more.
        self._left = self.closed = False

    def push(self, frame: bytes) -> None:
        """Send the frame with whatever else this turn of the loop brings for this link."""
        if self.closed:
            return
        if self._draining is not None:
            if self._owed > MAX_BACKLOG:
                self.abort()
                return
            self._owes(len(frame))
        elif not self._queue:
            _OUTGOING.add(self)
        self._queue.append(frame)

    def flush(self) -> None:
        queue = self._queue
        if self.closed or not queue or self._draining is not None:
            return
        data = queue[0] if len(queue) == 1 else b"".join(queue)
        try:
            sent = self._sock.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.abort()
            return
        if sent == len(data):
            queue.clear()
        else:
            self._owes(len(data))
            self._has_gone(sent)
            self._draining = gevent.spawn(self._drain)

    def close(self, reason: CloseReason = CloseReason.NORMAL_CLOSURE) -> None:
        """Say goodbye after what is still to be sent, as far as the other end takes it."""
        if self.closed:
            return
        self.push(goodbye(reason))
        self.flush()
        self.closed = True
        if self._draining is None:
            self._shut()

    def abort(self) -> None:
        """End it now: the other end takes nothing, or is gone."""
        self.closed = True
        self._queue.clear()
        self._owes(-self._owed)
        self._shut()

    def _drain(self) -> None:
        """Send what did not fit, as fast as it is taken; once it is gone nothing waits here."""
        stalled = 0
        try:
            while self._queue:
                try:
                    green.wait_write(self._sock.fileno(), 1.0)
                except TimeoutError:
                    stalled += 1
                    most = PRESSED_SECONDS if _OUTGOING.owed > MUCH else STALLED_SECONDS
                    if stalled >= most:
                        self.abort()
                    continue
                stalled = 0
                if self._queue:
                    self._has_gone(self._sock.send(self._next_part()))
        except OSError:
            self.abort()
        self._draining, self._sent = None, 0
        if self.closed:
            self._shut()
            self._release()

    def _next_part(self) -> bytes | memoryview:
        first = memoryview(self._queue[0])[self._sent : self._sent + _CHUNK]
        parts, size = [bytes(first)], len(first)
        for frame in itertools.islice(self._queue, 1, None):
            if size + len(frame) > _CHUNK:
                break
            parts.append(frame)
            size += len(frame)
        return first if len(parts) == 1 else b"".join(parts)

    def _has_gone(self, size: int) -> None:
        """So many more bytes have left; whole frames are let go."""
        self._owes(-size)
        size += self._sent
        whole = 0
        for frame in self._queue:
            if size < len(frame):
                break
            size -= len(frame)
            whole += 1
        del self._queue[:whole]
        self._sent = size

    def _owes(self, more: int) -> None:
        self._owed += more
        _OUTGOING.owed += more

    def _shut(self) -> None:
        """Whoever waits to read or to write here comes to know, and gives the socket back."""
        with contextlib.suppress(OSError):
            self._sock.shutdown(green.SHUT_RDWR)

    def _release(self) -> None:
        """Give the socket back once nobody waits for it: its number is used again at once."""
        if self._left and self._draining is None:
            self._sock.close()
