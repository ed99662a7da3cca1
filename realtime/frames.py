"""What is said over a websocket: one frame out for any number of links, and whole messages in.

Almost all that browsers send are whole short texts, each a frame of its own, and those are read
here directly; whatever else may come (parts, control frames, frames that break off, nonsense) is
read by ``wsproto``, which takes about four times as long for a remark.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wsproto.frame_protocol import CloseReason, Frame, FrameProtocol, Opcode, ParseFailed

# Frames in a row that complete no message: a page sends none, a browser now and then one.
MOST_WITHOUT_MESSAGE = 100
# Whoever sends more than so many frames at once lets the others go first.
TURN_FRAMES = 32
# A server's frames are not masked and need no state, so one maker serves all links.
_MAKER = FrameProtocol(client=False, extensions=[])
_WHOLE_TEXT, _MASKED = 0x81, 0x80
_SHORT, _TWO_BYTES = 126, 126


def frame_of(message: str | bytes) -> bytes:
    """The message as one frame, which any number of links may be given."""
    return bytes(_MAKER.send_data(message, fin=True))


def goodbye(reason: CloseReason) -> bytes:
    """The frame that ends a link."""
    return bytes(_MAKER.close(reason))


def plain_texts(data: bytes, limit: int) -> list[str] | None:
    """The messages in ``data`` if it is nothing but a few whole texts, each in one frame; or None.

    Whatever is not exactly that, right or wrong, is left to the library (RFC 6455, 5.2).
    """
    found: list[str] = []
    at, end = 0, len(data)
    while at < end:
        if end - at < 6 or data[at] != _WHOLE_TEXT or len(found) == TURN_FRAMES:
            return None
        size, start = data[at + 1] - _MASKED, at + 6
        if size == _TWO_BYTES:
            size, start = int.from_bytes(data[at + 2 : at + 4]), at + 8
            if size < _SHORT:
                return None
        elif not 0 <= size < _SHORT:
            return None
        if size > limit or start + size > end:
            return None
        try:
            found.append(_unmasked(data[start - 4 : start], data[start : start + size]).decode())
        except UnicodeDecodeError:
            return None
        at = start + size
    return found


def _unmasked(mask: bytes, data: bytes) -> bytes:
    """All bytes at once, as one large number."""
    size = len(data)
    over = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(data) ^ int.from_bytes(over)).to_bytes(size)


class Unacceptable(Exception):
    """The link ends, for this reason."""

    def __init__(self, reason: CloseReason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Pong:
    """What a ping of the other end is answered with."""

    frame: bytes


class Reader:
    """Puts together what comes in parts; no length that is claimed makes it keep more."""

    __slots__ = ("_frames", "_limit", "_parts", "_without_message", "size")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._frames = FrameProtocol(client=False, extensions=[])
        self._parts: list[str | bytes] = []
        self._without_message = 0
        self.size = 0

    def read(self, data: bytes) -> Iterator[str | bytes | Pong | None]:
        """What each frame in ``data`` makes whole, None where it makes nothing whole."""
        self._frames.receive_bytes(data)
        try:
            for frame in self._frames.received_frames():
                yield self._take(frame)
        except ParseFailed as error:
            raise Unacceptable(error.code) from error

    def at_rest(self) -> bool:
        """Whether nothing has begun that is not whole: what comes next may be read without us."""
        decoder = self._frames._frame_decoder
        within = self._frames._message_decoder.opcode
        return not (decoder.buffer or decoder.header or within or self._without_message)

    def _take(self, frame: Frame) -> str | bytes | Pong | None:
        self._without_message += frame.frame_finished
        if self._without_message > MOST_WITHOUT_MESSAGE:
            raise Unacceptable(CloseReason.POLICY_VIOLATION)
        if frame.opcode is Opcode.CLOSE:
            raise Unacceptable(CloseReason.NORMAL_CLOSURE)
        payload: Any = frame.payload
        if frame.opcode is Opcode.PING:
            return Pong(bytes(self._frames.pong(payload)))
        if frame.opcode is Opcode.PONG:
            return None
        self.size += len(payload)
        if self.size > self._limit:
            raise Unacceptable(CloseReason.MESSAGE_TOO_BIG)
        self._parts.append(payload)
        if not frame.message_finished:
            return None
        empty: Any = "" if isinstance(payload, str) else b""
        parts, self._parts, self.size, self._without_message = self._parts, [], 0, 0
        whole: str | bytes = empty.join(parts)
        return whole
