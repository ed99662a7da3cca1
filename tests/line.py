"""A line that misbehaves: a TCP proxy that cuts, swallows, delays and slices what passes."""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Iterator

RESET = struct.pack("ii", 1, 0)


class Line:
    """``swallow``: as if the other side had vanished, nothing tells so. ``slice`` bytes go at a
    time, each ``delay`` seconds later than the one before."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.swallow = False
        self.slice, self.delay = 65536, 0.0
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._ends: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._let_in, daemon=True)]
        self._threads[0].start()

    def cut(self) -> None:
        """Every connection ends at once, by a reset, without a goodbye."""
        ends, self._ends = self._ends, []
        for end in ends:
            with contextlib.suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                end.shutdown(socket.SHUT_RD)
            end.close()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self.cut()
        for thread in self._threads:
            thread.join(5)

    def _let_in(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _address = self._door.accept()
                try:
                    far = socket.create_connection(("127.0.0.1", self.target))
                except OSError:
                    near.close()
                    continue
                self._ends += [near, far]
                for ways in ((near, far), (far, near)):
                    self._threads.append(threading.Thread(target=self._pass, args=ways))
                    self._threads[-1].start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(self.slice):
                time.sleep(self.delay)
                if not self.swallow:
                    other.sendall(data)
        if not self.swallow:
            with contextlib.suppress(OSError):
                other.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def line_to(port: int) -> Iterator[Line]:
    made = Line(port)
    try:
        yield made
    finally:
        made.close()
