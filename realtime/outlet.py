"""What goes out to many: encoded once, and the same frame handed to every connection."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from engineio.packet import MESSAGE, Packet
from socketio.packet import Packet as SocketPacket

from realtime.frames import frame_of
from realtime.sending import push_all
from realtime.transport import LeanSocket
from realtime.websocket import Link

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Wording:
    """JSON as it travels: Japanese as itself, which is shorter and cheaper than escapes."""

    @staticmethod
    def dumps(value: Any, **_options: Any) -> str:
        return _ENCODER.encode(value)

    @staticmethod
    def loads(text: str, **_options: Any) -> Any:
        return json.loads(text)


class TextPacket(SocketPacket):  # type: ignore[misc]  # python-socketio ships no types
    """A Socket.IO packet of a house where nothing binary is sent, so nobody looks for any."""

    uses_binary_events = False


@dataclass(slots=True)
class Outlet:
    """Events of one namespace, to connections named by their Socket.IO ids."""

    server: Any
    namespace: str
    _connections: dict[str, Any] = field(default_factory=dict)

    def tell(self, sids: Iterable[str], event: str, body: dict[str, Any]) -> None:
        """One encoding for all; a connection still on polling takes it from its queue."""
        text = f"2{self.namespace},{_ENCODER.encode([event, body])}"
        links: list[Link] = []
        packet: Packet | None = None
        # A connection found dead in sending leaves its rooms at once, and with them ``sids``.
        for sid in tuple(sids):
            connection = self._connections.get(sid) or self._find(sid)
            if connection is None or connection.closed:
                continue
            if isinstance(connection, LeanSocket):
                links.append(connection.link)
            else:
                packet = packet or Packet(MESSAGE, text)
                connection.send(packet)
        if links:
            push_all(links, frame_of(f"4{text}"))

    def forget(self, sid: str) -> None:
        """The connection has ended."""
        self._connections.pop(sid, None)

    def _find(self, sid: str) -> Any:
        engine_sid = self.server.manager.eio_sid_from_sid(sid, self.namespace)
        connection = self.server.eio.sockets.get(engine_sid)
        if connection is not None:
            self._connections[sid] = connection
        return connection
