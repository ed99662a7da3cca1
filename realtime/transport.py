"""The websocket under engine.io: whole frames out, bounded frames in, no compression.

engine.io's stock driver for gevent sends with ``socket.send``, which may write a part of a
frame when the receiver is slow, and it buffers a message of any size before its length is
looked at. This driver is put in at engine.io's own extension point.
"""

import base64
import contextlib
import hashlib
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

import gevent
from gevent import socket as green
from wsproto.frame_protocol import CloseReason, FrameProtocol, Opcode, ParseFailed

_MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
# A link that takes longer than this to take one frame is gone for our purposes.
SEND_SECONDS = 15.0


class Link:
    """One accepted websocket, as engine.io expects it: ``wait``, ``send``, ``close``."""

    def __init__(self, sock: Any, limit: int) -> None:
        self._sock = sock
        self._limit = limit
        self._frames = FrameProtocol(client=False, extensions=[])
        self._messages: deque[str | bytes] = deque()
        self._parts: list[str | bytes] = []
        self._size = 0
        self._closed = False

    def wait(self) -> str | bytes | None:
        """The next whole message, or None once the link has ended."""
        while not self._messages:
            if self._closed:
                return None
            try:
                data = self._sock.recv(65536)
            except OSError:
                data = b""
            if not data:
                self._closed = True
                return None
            self._take(data)
        return self._messages.popleft()

    def send(self, message: str | bytes) -> None:
        """Write the whole frame, or fail: half a frame would garble everything after it."""
        if self._closed:
            raise OSError("the link is closed")
        self._write(self._frames.send_data(message, fin=True))

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            with contextlib.suppress(OSError):
                self._write(self._frames.close(CloseReason.NORMAL_CLOSURE))
        self._shut()

    def _take(self, data: bytes) -> None:
        self._frames.receive_bytes(data)
        try:
            for frame in self._frames.received_frames():
                self._take_frame(frame)
        except ParseFailed as error:
            self._fail(error.code)

    def _take_frame(self, frame: Any) -> None:
        if self._closed:
            return
        if frame.opcode is Opcode.CLOSE:
            self._fail(CloseReason.NORMAL_CLOSURE)
        elif frame.opcode is Opcode.PING:
            self._write(self._frames.pong(frame.payload))
        elif frame.opcode is not Opcode.PONG:
            self._size += len(frame.payload)
            if self._size > self._limit:
                self._fail(CloseReason.MESSAGE_TOO_BIG)
                return
            self._parts.append(frame.payload)
            if frame.message_finished:
                empty: Any = "" if isinstance(frame.payload, str) else b""
                self._messages.append(empty.join(self._parts))
                self._parts, self._size = [], 0

    def _fail(self, reason: CloseReason) -> None:
        """Say why and end the link; what was read before still counts."""
        if not self._closed:
            with contextlib.suppress(OSError):
                self._write(self._frames.close(reason))
        self._closed = True
        self._shut()

    def _write(self, data: bytes | bytearray) -> None:
        with gevent.Timeout(SEND_SECONDS, OSError("the receiver takes nothing")):
            self._sock.sendall(data)

    def _shut(self) -> None:
        with contextlib.suppress(OSError):
            self._sock.shutdown(green.SHUT_RDWR)


class Driver:
    """What engine.io calls for an upgrade request; it owns the connection from then on."""

    def __init__(self, handler: Callable[[Link], Any], server: Any) -> None:
        self._handler = handler
        self._limit = server.max_http_buffer_size

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        sock = environ.get("gunicorn.socket") or _socket_behind(environ["wsgi.input"])
        sock.setsockopt(green.IPPROTO_TCP, green.TCP_NODELAY, 1)
        key = environ.get("HTTP_SEC_WEBSOCKET_KEY", "").encode()
        accept = base64.b64encode(hashlib.sha1(key + _MAGIC, usedforsecurity=False).digest())
        sock.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Accept: " + accept + b"\r\n\r\n"
        )
        link = Link(sock, self._limit)
        self._handler(link)
        link.close()
        # Never sent: the connection has ended; the server only wants to see it called.
        start_response("200 OK", [])
        return []


def _socket_behind(stream: Any) -> Any:
    """pywsgi wraps the connection's reader, except for requests that upgrade."""
    return getattr(stream, "rfile", stream).raw._sock


def install(server: Any) -> None:
    """Let this python-socketio server speak websocket through our driver."""
    engine = server.eio
    engine._async = {**engine._async, "websocket": Driver}
