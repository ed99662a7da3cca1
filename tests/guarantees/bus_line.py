"""A way to PostgreSQL on which the bus alone dies: one that hears nothing, or one cut for good."""

import contextlib
import socket

from tests.line import Line

# As every connection names itself in its first words.
BUS = b"entaku bus"
DEAF, SEVERED = "deaf", "severed"


class BusLine(Line):
    """Everything passes but the bus. Deaf, its connection stands and no notice comes through, as
    behind a pooler of transactions; severed, it is cut, and so is every new one."""

    def __init__(self, target: int) -> None:
        super().__init__(target)
        self.kept_back = 0
        self._way = ""
        self._bus: set[socket.socket] = set()
        self._nears: set[socket.socket] = set()

    def dies(self, way: str) -> None:
        self._way = way
        if way == SEVERED:
            for end in self._bus:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                # PostgreSQL repeats the name in its answer.
                if BUS in data and one not in self._bus:
                    self._bus |= {one, other}
                    self._nears.add(one)
                is_bus = one in self._bus
                if is_bus and self._way == SEVERED:
                    self.kept_back += 1
                    break
                if is_bus and self._way == DEAF and one not in self._nears:
                    self.kept_back += 1
                    continue
                other.sendall(data)
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
