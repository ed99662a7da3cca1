"""This process among the others that serve the same database."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import gevent
from gevent.event import Event

from app.settings import Settings
from app.store.unit_of_work import Database
from realtime.bus import Bus
from realtime.exchange import Exchange
from realtime.neighbours import Neighbours
from realtime.relay import Relay
from realtime.rooms import Rooms


@dataclass(slots=True)
class Nodes:
    """Where there may be others, listens to them and is heard by them."""

    settings: Settings
    database: Database
    rooms: Rooms
    relay: Relay
    neighbours: Neighbours
    _may_have_ended: Event = field(default_factory=Event)

    def start(self) -> None:
        url = self.database.engine.url
        if url.get_backend_name() == "postgresql":
            plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
            gevent.spawn(Bus(plain, self._news, self._may_have_ended.set, self._missed).run)
        if self.settings.redis:
            exchange = Exchange(self.settings.redis, self.neighbours.hear, self.neighbours.alone)
            self.neighbours.send = exchange.send
            gevent.spawn(exchange.listen)
            gevent.spawn(exchange.speak)

    def until_something_ended(self, seconds: float, ask: Callable[[], Any]) -> None:
        """Ask after so many seconds, or as soon as another node ended a sign-in."""
        self._may_have_ended.wait(timeout=seconds)
        self._may_have_ended.clear()
        ask()

    def _news(self, room_id: str, seq: int) -> None:
        """Another node's news; of our own the relay knows already."""
        if self.rooms.behind(room_id, seq):
            self.relay.wake(frozenset({room_id}))

    def _missed(self) -> None:
        self.relay.wake(frozenset(self.rooms.tracked()))
