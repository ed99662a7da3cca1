"""The websocket under engine.io: put in at its own extension point, checked before it is used.

engine.io's stock driver for gevent sends with ``socket.send``, which may write a part of a frame
when the receiver is slow, buffers a message of any size before its length is looked at, and gives
every connection a second greenlet and every packet a queue. Here a connection that speaks
websocket has none: its link brings what is said, and what is sent is pushed to it at once.
"""

import base64
import errno
import hashlib
import inspect
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from queue import Empty
from typing import Any

import gevent
from engineio import exceptions, packet
from engineio.socket import Socket
from gevent import socket as green

from realtime.frames import Reader, frame_of
from realtime.heartbeat import Heartbeat
from realtime.websocket import Link

log = logging.getLogger(__name__)
_MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
# Somebody who asks to change to this transport and then says nothing stays with polling.
UPGRADE_SECONDS = 10.0
# Of the request a link began with, what may be asked again while it stays: who came, and to whom.
_KEPT = (
    *("REQUEST_METHOD", "QUERY_STRING", "HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE", "HTTP_HOST"),
    *("HTTP_ORIGIN", "wsgi.url_scheme"),
)
_PING = frame_of(packet.Packet(packet.PING).encode())
_PONG, _MESSAGE = str(packet.PONG), str(packet.MESSAGE)
# What we rely on in engine.io beside its documented interface: name of a class → its parts.
_SOCKET_PARTS = frozenset(
    {"queue", "last_ping", "connected", "upgrading", "upgraded", "closing", "closed", "sid"}
)
_SOCKET_METHODS = {
    "close": ("self", "wait", "abort", "reason"),
    "send": ("self", "pkt"),
    "receive": ("self", "pkt"),
    "schedule_ping": ("self",),
    "check_ping_timeout": ("self",),
    "_websocket_handler": ("self", "ws"),
}


class LeanSocket(Socket):  # type: ignore[misc]  # engine.io ships no types
    """engine.io's connection once it speaks websocket; it becomes one, it is not made as one."""

    link: Link
    # When a ping went out that has not been answered yet.
    last_ping: float | None

    def send(self, pkt: Any) -> None:
        if not self.closed:
            self.link.push(frame_of(pkt.encode()))

    def schedule_ping(self) -> None:
        """The answer to a ping has come; when the next is due, the heartbeat knows."""
        if self.last_ping is not None:
            self.last_ping = None
            self.server.heart.expect(self)

    def ping(self) -> None:
        self.last_ping = time.time()
        self.link.push(_PING)

    def give_up(self) -> None:
        """The last ping was not answered in time."""
        self.close(wait=False, reason=self.server.reason.PING_TIMEOUT)

    def close(self, wait: bool = True, abort: bool = False, reason: Any = None) -> None:
        ended = self.closed or self.closing
        super().close(wait=False, abort=abort, reason=reason)
        if not ended:
            self.link.close()

    def at_once(self, message: str) -> bool:
        """The answer to a ping, which is what comes most where nobody speaks."""
        if message == _PONG:
            self.schedule_ping()
            return True
        return False

    def take(self, message: str | bytes) -> None:
        """A packet that cannot be read ends the connection."""
        if self.closed:
            return
        try:
            self._take(message)
        except (exceptions.UnknownPacketError, exceptions.SocketIsClosedError):
            return
        except Exception:
            log.exception("live: a packet of %s could not be read", self.sid)
            self.gone()

    def _take(self, message: str | bytes) -> None:
        """The two kinds that come all the time at once; what else there is engine.io knows."""
        if message == _PONG:
            self.schedule_ping()
        elif isinstance(message, str) and message.startswith(_MESSAGE):
            if not self.server.shortcut(self, message):
                self.server._trigger_event("message", self.sid, message[1:], run_async=False)
        else:
            self.receive(packet.Packet(encoded_packet=message))

    def gone(self) -> None:
        """The other end has left, or is to."""
        self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_CLOSE)
        self.server.sockets.pop(self.sid, None)


class Driver:
    """What engine.io calls for an upgrade request; the link owns the connection from then on."""

    def __init__(self, handler: Callable[[Any], Any], server: Any) -> None:
        # The handler is the connection's own method: this is how we come to know which it is.
        self._socket: Any = handler.__self__  # type: ignore[attr-defined]  # a bound method
        self._limit = server.max_http_buffer_size

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        sock = environ.get("gunicorn.socket") or _socket_behind(environ)
        sock.setsockopt(green.IPPROTO_TCP, green.TCP_NODELAY, 1)
        key = environ.get("HTTP_SEC_WEBSOCKET_KEY", "").encode()
        accept = base64.b64encode(hashlib.sha1(key + _MAGIC, usedforsecurity=False).digest())
        sock.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Accept: " + accept + b"\r\n\r\n"
        )
        lighten(environ)
        link = Link(sock, self._limit)
        if self._taken_over(link):
            become_lean(self._socket, link)
            link.watch(self._socket)
        else:
            link.close()
            while link.wait() is not None:  # what is still said is for nobody
                pass
        return _TakenOver()

    def _taken_over(self, link: Link) -> bool:
        """A connection that begins here, or one whose polling asks to go on over this link."""
        connection = self._socket
        if not connection.connected:
            connection.connected = True
            return True
        connection.upgrading = True
        try:
            with gevent.Timeout(UPGRADE_SECONDS, TimeoutError):
                if link.wait() != "2probe":
                    return False
                link.push(frame_of("3probe"))
                connection.queue.put(packet.Packet(packet.NOOP))  # ends the poll that waits
                return link.wait() == "5"
        except TimeoutError:
            return False
        finally:
            connection.upgrading = False


class _TakenOver:
    """In the place of a response: the line is another's now, and looks broken from here."""

    def __iter__(self) -> Iterator[bytes]:
        raise BrokenPipeError(errno.EPIPE, "taken over")


def lighten(environ: dict[str, Any]) -> None:
    """A link may stay for hours; it does not carry the whole of its first request along."""
    kept = {key: environ[key] for key in _KEPT if key in environ}
    environ.clear()
    environ.update(kept)


class _Nowhere:
    """In the place of the queue of a connection that sends to its link: nothing waits here."""

    def put(self, _packet: object) -> None:
        """The last word of closing would unlock a writer; there is none."""

    def get(self, **_how: object) -> object:
        raise Empty

    def task_done(self) -> None:
        """Of a poll that was answered when the link took over."""

    def join(self) -> None:
        """Nothing waits."""


_NOWHERE = _Nowhere()


def become_lean(connection: Any, link: Link) -> None:
    """From here on what is sent goes to the link; what was queued before goes first."""
    connection.upgraded = True
    while not connection.queue.empty():
        waiting = connection.queue.get(block=False)
        connection.queue.task_done()
        if waiting is not None and waiting.packet_type != packet.NOOP:
            link.push(frame_of(waiting.encode()))
    connection.queue, connection.link = _NOWHERE, link
    connection.last_ping = None
    connection.__class__ = LeanSocket
    connection.server.heart.expect(connection)


def _socket_behind(environ: dict[str, Any]) -> Any:
    """pywsgi wraps the connection's reader, except for requests that upgrade.

    Where no body follows nothing is read through it any more, and its buffer is given back.
    """
    stream = environ["wsgi.input"]
    reader = getattr(stream, "rfile", stream)
    sock = reader.raw._sock
    if not {"CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING"} & environ.keys():
        reader.close()
    return sock


def broken_contract(server: Any) -> list[str]:
    """What of engine.io and wsproto is not as this driver was written for; empty with the pinned
    versions."""
    engine = server.eio
    problems = []
    if not isinstance(getattr(engine, "_async", {}).get("websocket"), type):
        problems.append("no driver to replace")
    for name, expected in _SOCKET_METHODS.items():
        method = getattr(Socket, name, None)
        found = tuple(inspect.signature(method).parameters) if method else ()
        if found != expected:
            problems.append(f"Socket.{name} takes {found}")
    try:
        Reader(1).at_rest()
    except AttributeError as error:
        problems.append(f"wsproto: {error}")
    queue_of = getattr(engine, "create_queue", None)
    try:
        parts = vars(Socket(engine, "contract")).keys() if queue_of else set()
    except Exception as error:  # noqa: BLE001  (whatever fails, the stock driver is used)
        return [*problems, f"Socket cannot be made: {error}"]
    return [*problems, *(f"Socket has no {part}" for part in sorted(_SOCKET_PARTS - parts))]


def install(server: Any) -> bool:
    """Let this python-socketio server speak websocket through our driver, if it can."""
    server.eio.heart = Heartbeat(server.eio)
    server.eio.shortcut = lambda connection, message: False
    problems = broken_contract(server)
    if problems:
        log.warning("live: engine.io has changed (%s); its own driver is used", "; ".join(problems))
        return False
    server.eio._async = {**server.eio._async, "websocket": Driver}
    return True
