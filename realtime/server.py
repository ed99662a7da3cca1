"""The live server as a whole: Socket.IO over gevent, relay, presence, housekeeping."""

import json
import logging
from typing import Any

import gevent
from flask import Flask
from flask_socketio import SocketIO

from app.settings import Settings
from app.store.unit_of_work import Database
from realtime import transport
from realtime.guard import Gate
from realtime.live import NAMESPACE, Live
from realtime.presence import Presence
from realtime.relay import Relay
from realtime.rooms import Rooms

log = logging.getLogger(__name__)
MAX_MESSAGE = 64 * 1024
PRESENCE_SECONDS = 0.1
HOUSEKEEPING_SECONDS = 1.0


class Wording:
    """JSON as it travels: Japanese as itself, which is shorter and cheaper than escapes."""

    @staticmethod
    def dumps(value: Any, **_options: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    @staticmethod
    def loads(text: str, **_options: Any) -> Any:
        return json.loads(text)


class LiveServer:
    """Owns the greenlets; ``start`` sets them going, ``wake`` is for the store to call."""

    def __init__(self, app: Flask, settings: Settings, database: Database) -> None:
        self.socketio = SocketIO(
            app,
            async_mode="gevent",
            async_handlers=False,
            cors_allowed_origins=list(settings.allowed_origins),
            manage_session=False,
            max_http_buffer_size=MAX_MESSAGE,
            http_compression=False,
            ping_interval=10,
            ping_timeout=5,
            cookie=None,
            json=Wording,
        )
        # Flask-SocketIO has put itself in front of the app; our gate stands before both.
        app.wsgi_app = Gate(  # type: ignore[method-assign]  # the documented place for middleware
            app.wsgi_app, settings.allowed_origins
        )
        self._server: Any = self.socketio.server  # type: ignore[attr-defined]  # missing in the stubs
        transport.install(self._server)
        self.rooms = Rooms()
        self.presence = Presence(self.rooms, database.clock, self._tell)
        self.live = Live(self._server, settings, database, self.rooms, self.presence)
        self.live.register()
        self.relay = Relay(database, self.rooms, self._deliver, self._evict)
        database.wake = self.relay.wake

    def start(self) -> None:
        gevent.spawn(self.relay.run)
        gevent.spawn(self._every, PRESENCE_SECONDS, self.presence.tick)
        gevent.spawn(self._every, HOUSEKEEPING_SECONDS, self.live.drop_ended_sessions)
        gevent.spawn(self._every, HOUSEKEEPING_SECONDS, self.live.drop_silent_handshakes)

    def _every(self, seconds: float, work: Any) -> None:
        while True:
            gevent.sleep(seconds)
            try:
                work()
            except Exception:
                log.exception("live: housekeeping failed and goes on")

    def _deliver(self, sids: set[str], entries: list[dict[str, Any]]) -> None:
        """One encoding for the whole class; each of its connections gets the same packet."""
        body = {"entries": entries}
        self._server.emit("entries", body, to=list(sids), namespace=NAMESPACE)

    def _tell(self, sid: str, event: str, body: dict[str, Any]) -> None:
        self._server.emit(event, body, to=sid, namespace=NAMESPACE)

    def _evict(self, sid: str, room_id: str) -> None:
        self.presence.gone(sid, [room_id])
        self._tell(sid, "evicted", {"room": room_id})
