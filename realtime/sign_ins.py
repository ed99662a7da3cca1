"""Connections end with the sign-in behind them, within a second of whatever ends it."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from app.domain.vocabulary import Role
from app.store.unit_of_work import Database, Desk
from auth import acting
from realtime.rooms import Rooms


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was known when everybody was last asked about."""

    count: int | None
    day: date
    tokens: frozenset[str]
    until: datetime | None


@dataclass(slots=True)
class SignIns:
    """The sign-ins behind the connections of this process."""

    server: Any
    namespace: str
    database: Database
    rooms: Rooms
    _asked: _Asked | None = field(default=None)

    def end(self, ended: frozenset[str]) -> None:
        """Signing out closes the connections of that session in the same moment."""
        for sid, listener in list(self.rooms.listeners.items()):
            if listener.token in ended:
                self.server.disconnect(sid, namespace=self.namespace)

    def drop_ended(self) -> None:
        """Revocation, expiry and sign-out at another node end connections within a second.

        So does the end of the capacity acted in; a changed role is noted for the rooms to follow.
        """
        held = {sid: listener.token for sid, listener in self.rooms.listeners.items()}
        if not held:
            return
        tokens = frozenset(held.values())
        with self.database.read() as desk:
            count = acting.ends_counted(desk)
            if self._nothing_ended(desk, count, tokens):
                return
            found = acting.roles_in(desk, tokens)
            self._asked = _Asked(count, desk.today(), frozenset(found.held), found.until)
        self._follow(held, found.held)

    def _nothing_ended(self, desk: Desk, count: int | None, tokens: frozenset[str]) -> bool:
        """Whether all were asked about already, nothing changed since, and no time ran out."""
        before = self._asked
        return (
            before is not None
            and count is not None
            and (count, desk.today()) == (before.count, before.day)
            and tokens <= before.tokens
            and (before.until is None or desk.now() < before.until)
        )

    def _follow(self, held: dict[str, str], roles: dict[str, Role]) -> None:
        for sid, token in held.items():
            listener = self.rooms.listeners.get(sid)
            if token not in roles:
                self.server.disconnect(sid, namespace=self.namespace)
            elif listener is not None:
                self.rooms.known_as(sid, replace(listener.actor, role=roles[token]))
