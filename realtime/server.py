"""The live server as a whole: Socket.IO over gevent, relay, presence, housekeeping."""

import logging
from typing import Any

import gevent
from flask import Flask
from flask_socketio import SocketIO

from app.settings import Settings
from app.store.unit_of_work import Database
from realtime import transport
from realtime.guard import Doorkeeper, Gate
from realtime.guests import ASK_SECONDS, GuestDoor
from realtime.guests import NAMESPACE as GUESTS
from realtime.live import NAMESPACE, Live
from realtime.neighbours import Neighbours
from realtime.nodes import Nodes
from realtime.outlet import Outlet, TextPacket, Wording
from realtime.presence import Presence
from realtime.relay import Relay
from realtime.rooms import Rooms
from realtime.shortcut import Shortcut
from realtime.sign_ins import SignIns

log = logging.getLogger(__name__)
MAX_MESSAGE = 64 * 1024
PRESENCE_SECONDS = 0.1
# A sign-in that ended elsewhere is noticed this often, so that a second is kept with margin.
SESSION_SECONDS = 0.5
# Asked every 10 s and given 5 s to answer, whoever is gone is known to be within 16.
BEAT_SECONDS = 0.25


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
            monitor_clients=False,  # the heartbeat below looks after all of them at once
            cookie=None,
            json=Wording,
            serializer=TextPacket,  # type: ignore[call-arg]  # handed on to python-socketio
        )
        # Flask-SocketIO has put itself in front of the app; our gate stands before both.
        doorkeeper = Doorkeeper(self._session_of, database.clock)
        app.wsgi_app = Gate(  # type: ignore[method-assign]  # the documented place for middleware
            app.wsgi_app, settings.allowed_origins, doorkeeper.admit
        )
        self._server: Any = self.socketio.server  # type: ignore[attr-defined]  # missing in the stubs
        transport.install(self._server)
        self._server.eio.disconnect = self._end
        self._outlet = Outlet(self._server, NAMESPACE)
        self.rooms = Rooms()
        self.neighbours = Neighbours(settings.node_name)
        self.presence = Presence(self.rooms, database.clock, self._tell, self.neighbours)
        self.neighbours.told = self.presence.heard
        self.neighbours.wanted = self.presence.changed
        self.live = Live(
            self._server, settings, database, self.rooms, self.presence, self._outlet.forget
        )
        handlers = self.live.register()
        self._server.eio.shortcut = Shortcut(self._server, NAMESPACE, handlers).take
        self.sign_ins = SignIns(self._server, NAMESPACE, database, self.rooms)
        self.guests = GuestDoor(self._server, settings, database, Outlet(self._server, GUESTS))
        self.guests.register()
        self.relay = Relay(database, self.rooms, self._deliver, self._evict)
        database.hand_over, database.wake = self.relay.take, self.relay.wake
        self.nodes = Nodes(settings, database, self.rooms, self.relay, self.neighbours)

    def _session_of(self, environ: dict[str, Any]) -> str | None:
        return self.live.session_of(environ) or self.guests.session_of(environ)

    def start(self) -> None:
        gevent.spawn(self.relay.run)
        self.nodes.start()
        gevent.spawn(self._every, PRESENCE_SECONDS, self.presence.tick)
        ended, ask = self.nodes.until_something_ended, self.sign_ins.drop_ended
        gevent.spawn(self._every, 0.0, ended, SESSION_SECONDS, ask)
        gevent.spawn(self._every, ASK_SECONDS, self.guests.make_round)
        gevent.spawn(self._every, BEAT_SECONDS, self._drop_silent_handshakes)
        gevent.spawn(self._every, BEAT_SECONDS, self._server.eio.heart.beat)

    def stop(self) -> None:
        """Let everybody go to another node, or wait for this one: no act is lost by it."""
        self.neighbours.goodbye()
        self._end()

    def _end(self, eio_sid: str | None = None) -> None:
        """In engine.io's place, which waits until the last word is fetched, maybe for ever."""
        for sid, socket in list(self._server.eio.sockets.items()):
            if eio_sid in {None, sid}:
                socket.close(wait=False)

    def _every(self, seconds: float, work: Any, *about: Any) -> None:
        while True:
            gevent.sleep(seconds)
            try:
                work(*about)
            except Exception:
                log.exception("live: housekeeping failed and goes on")

    def _drop_silent_handshakes(self) -> None:
        self.live.drop_silent_handshakes(self.guests.connections())

    def _deliver(self, sids: set[str], entries: list[dict[str, Any]]) -> None:
        self._outlet.tell(sids, "entries", {"entries": entries})

    def _tell(self, sid: str, event: str, body: dict[str, Any]) -> None:
        self._outlet.tell((sid,), event, body)

    def _evict(self, sid: str, room_id: str) -> None:
        self.presence.gone(sid, [room_id])
        self._tell(sid, "evicted", {"room": room_id})
