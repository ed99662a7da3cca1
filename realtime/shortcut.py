"""Requests that come all the time, from the text on the line to their handler and back.

The bytes are Socket.IO's; only its packet classes, which look at every packet for all that a packet
may be, are passed by. Whatever is not plainly an event of this namespace goes the library's way.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from realtime.frames import frame_of
from realtime.outlet import Wording
from realtime.transport import LeanSocket

MOST_DIGITS = 18
Handler = Callable[..., dict[str, Any]]


@dataclass(slots=True)
class Shortcut:
    """``take`` answers whether it has dealt with the message."""

    server: Any
    namespace: str
    handlers: Mapping[str, Handler]

    def take(self, connection: LeanSocket, message: str) -> bool:
        prefix = f"42{self.namespace},"
        begin = message.find("[")
        number = message[len(prefix) : begin]
        if not message.startswith(prefix):
            return False
        if begin < 0 or len(number) > MOST_DIGITS or (number and not number.isdecimal()):
            return False
        try:
            name, *payload = json.loads(message[begin:])
        except ValueError:
            return False
        handler = self.handlers.get(name) if isinstance(name, str) else None
        manager = self.server.manager
        sid = manager.sid_from_eio_sid(connection.sid, self.namespace)
        if handler is None or not manager.is_connected(sid, self.namespace):
            return False
        answer = handler(sid, *payload)
        if number:
            text = f"43{self.namespace},{number}[{Wording.dumps(answer)}]"
            connection.link.push(frame_of(text))
        return True
