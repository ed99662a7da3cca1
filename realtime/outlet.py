"""What goes out to many: encoded once, and the same frame handed to every connection."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engineio.packet import MESSAGE, Packet

from realtime.transport import LeanSocket
from realtime.websocket import frame_of

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Wording:
    """JSON as it travels: Japanese as itself, which is shorter and cheaper than escapes."""

    @staticmethod
    def dumps(value: Any, **_options: Any) -> str:
        return _ENCODER.encode(value)

    @staticmethod
    def loads(text: str, **_options: Any) -> Any:
        return json.loads(text)


@dataclass(slots=True)
class Outlet:
    """Events of one namespace, to connections named by their Socket.IO ids."""

    server: Any
    namespace: str

    def tell(self, sids: Iterable[str], event: str, body: dict[str, Any]) -> None:
        """One encoding for all; a connection still on polling takes it from its queue."""
        text = f"2{self.namespace},{_ENCODER.encode([event, body])}"
        frame: bytes | None = None
        packet: Packet | None = None
        ids, sockets = self.server.manager.eio_sid_from_sid, self.server.eio.sockets
        for sid in sids:
            connection = sockets.get(ids(sid, self.namespace))
            if connection is None or connection.closed:
                continue
            if isinstance(connection, LeanSocket):
                if frame is None:
                    frame = frame_of(f"4{text}")
                connection.link.push(frame)
            else:
                packet = packet or Packet(MESSAGE, text)
                connection.send(packet)
