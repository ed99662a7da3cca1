"""One accepted websocket: whole messages in, whole frames out, bounded both ways, no compression.

A link at rest is a socket and a watcher of the loop; no greenlet waits for it to speak.
"""

import logging
from typing import Any, Protocol

import gevent
from gevent import socket as green
from wsproto.frame_protocol import CloseReason

from realtime.frames import TURN_FRAMES, Pong, Reader, Unacceptable, plain_texts
from realtime.sending import Sender

log = logging.getLogger(__name__)
# Whoever sends much at once lets the others go first for so long.
TURN_SECONDS = 0.01
_CHUNK = 65536
_READABLE = 1
# What has just arrived; it is taken out before anybody else reads.
_ARRIVED = memoryview(bytearray(_CHUNK))


class Hearer(Protocol):
    """Whoever a link brings what is said over it."""

    def at_once(self, message: str) -> bool:
        """Whether the message was dealt with; it is asked in the loop, where nothing may wait."""

    def take(self, message: str | bytes) -> None:
        """One message after the other; this may wait."""

    def gone(self) -> None:
        """The link has ended; nothing more comes."""


class Link(Sender):
    """``wait`` for messages or have them brought (``watch``), and ``push`` frames.

    Both ends give up on what exceeds its limit.
    """

    __slots__ = (
        "_busy",
        "_hearer",
        "_limit",
        "_messages",
        "_reader",
        "_reading",
        "_resting",
        "_watcher",
    )

    def __init__(self, sock: Any, limit: int) -> None:
        super().__init__(sock)
        self._limit = limit
        self._reader: Reader | None = None
        # Read and not yet taken.
        self._messages: list[str | bytes] = []
        self._hearer: Hearer | None = None
        self._watcher: Any = None
        # One greenlet hands messages over, one reads; until they are done nothing is read here.
        self._busy = self._reading = self._resting = False

    def wait(self) -> str | bytes | None:
        """The next whole message, or None once the link has ended."""
        while not self._messages:
            if self.closed:
                self._over()
                return None
            try:
                data = self._sock.recv(_CHUNK)
            except BlockingIOError:
                green.wait_read(self._sock.fileno())
                continue
            except OSError:
                data = b""
            if data:
                self._read(data)
            else:
                self.closed = True
        return self._messages.pop(0)

    def watch(self, hearer: Hearer) -> None:
        """Bring every message from here on, those that have been read already first."""
        self._hearer = hearer
        self._watcher = gevent.get_hub().loop.io(self._sock.fileno(), _READABLE)
        self._resting = True
        self._busy = True
        gevent.spawn(self._bring)

    def has_unread(self) -> bool:
        """Whether something has arrived that nobody came to read or take yet."""
        if self._messages:
            return True
        try:
            return not self.closed and bool(self._sock.recv(1, green.MSG_PEEK))
        except OSError:
            return False

    def _arrived(self) -> None:
        """In the loop: read what there is; whatever may take time is done in a greenlet."""
        try:
            size = self._sock.recv_into(_ARRIVED)
        except BlockingIOError:
            return
        except OSError:
            size = 0
        if self.closed or not size:
            self._ends(said_all=not size)
            return
        data = bytes(_ARRIVED[:size])
        texts = None if self._reader is not None else plain_texts(data, self._limit)
        if texts is None:
            self._reading = True
            self._rest()
            gevent.spawn(self._read_slowly, data)
        else:
            self._heard(texts)

    def _heard(self, texts: list[str]) -> None:
        hearer = self._hearer
        waiting = [text for text in texts if hearer is not None and not hearer.at_once(text)]
        self._messages += waiting
        if self._busy:
            self._rest()
        elif waiting:
            self._busy = True
            gevent.spawn(self._bring)

    def _read_slowly(self, data: bytes) -> None:
        try:
            self._read(data)
        except Exception:
            log.exception("live: what came over a link could not be read")
            self.close(CloseReason.INTERNAL_ERROR)
        if self._reader is not None and self._reader.at_rest():
            self._reader = None
        self._reading = False
        if not self._busy:
            self._busy = True
            self._bring()

    def _bring(self) -> None:
        """One message after the other to whoever hears, and then listen on."""
        while self._messages and self._hearer is not None:
            self._hearer.take(self._messages.pop(0))
        self._busy = False
        if self._resting and not self._reading and self._watcher is not None:
            self._resting = False
            self._watcher.start(self._arrived)

    def _rest(self) -> None:
        """Read nothing until what has been read is taken."""
        self._resting = True
        self._watcher.stop()

    def _read(self, data: bytes) -> None:
        self._reader = self._reader or Reader(self._limit)
        try:
            for number, found in enumerate(self._reader.read(data), 1):
                if isinstance(found, Pong):
                    self.push(found.frame)
                elif found is not None:
                    self._messages.append(found)
                if number % TURN_FRAMES == 0:
                    gevent.sleep(TURN_SECONDS)
                if self.closed:
                    break
        except Unacceptable as end:
            self.close(end.reason)

    def _ends(self, said_all: bool) -> None:
        """In the loop: nothing more is of use here; the last word is taken before it ends."""
        self.closed = True
        if self._busy:
            self._rest()
        elif said_all:
            self._over()
            hearer, self._hearer = self._hearer, None
            if hearer is not None:
                gevent.spawn(hearer.gone)

    def _over(self) -> None:
        """Nothing is read here any more."""
        self._left = self.closed = True
        self._reader = None
        if self._watcher is not None:
            self._watcher.stop()
            self._watcher.close()
            self._watcher = None
        self._shut()
        self._release()
