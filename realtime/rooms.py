"""Who listens to which room, in which visibility class, and what each class saw last."""

from collections import defaultdict
from dataclasses import dataclass, field

from app.domain.facts import RoomKind
from app.domain.people import Actor

Tags = frozenset[str] | None


@dataclass(slots=True)
class Listener:
    """One connection of one signed-in person."""

    sid: str
    token: str
    actor: Actor


@dataclass(slots=True)
class Audience:
    """The listeners of one room, by what they may see of it.

    ``sent_to`` is the last number handed out; ``seen`` the last number each class saw.
    ``guards`` are the rooms whose facts may change who belongs here.
    """

    room_id: str
    kind: RoomKind
    subject_id: str
    sent_to: int
    guards: dict[str, int]
    classes: dict[Tags, set[str]] = field(default_factory=lambda: defaultdict(set))
    seen: dict[Tags, int] = field(default_factory=dict)

    def concerned(self, rooms: set[str]) -> bool:
        """Whether news in these rooms may be for, or change, this audience."""
        return self.room_id in rooms or not rooms.isdisjoint(self.guards)

    def sids(self) -> set[str]:
        return set().union(*self.classes.values())

    def class_of(self, sid: str) -> Tags | None:
        return next((tags for tags, sids in self.classes.items() if sid in sids), None)

    def drop(self, sid: str) -> bool:
        """Forget the listener; True if it was here."""
        found = False
        for tags, sids in list(self.classes.items()):
            if sid in sids:
                found = True
                sids.discard(sid)
                if not sids:
                    del self.classes[tags]
                    self.seen.pop(tags, None)
        return found


@dataclass(slots=True)
class Rooms:
    """All connections and audiences of this process.

    ``doubtful``: somebody's own capacity changed, so who belongs where must be asked anew.
    """

    listeners: dict[str, Listener] = field(default_factory=dict)
    audiences: dict[str, Audience] = field(default_factory=dict)
    doubtful: bool = False

    def known_as(self, sid: str, actor: Actor) -> None:
        """Note who stands behind the connection now."""
        listener = self.listeners[sid]
        self.doubtful = self.doubtful or listener.actor != actor
        listener.actor = actor

    def leave(self, sid: str, room_id: str) -> bool:
        audience = self.audiences.get(room_id)
        if audience is None or not audience.drop(sid):
            return False
        if not audience.classes:
            del self.audiences[room_id]
        return True

    def forget(self, sid: str) -> list[str]:
        """The connection has ended; return the rooms it was in."""
        self.listeners.pop(sid, None)
        return [room_id for room_id in list(self.audiences) if self.leave(sid, room_id)]

    def behind(self, room_id: str, seq: int) -> bool:
        """Whether anybody here has yet to hear, or be asked about, news up to this number."""
        own = self.audiences.get(room_id)
        if own is not None and own.sent_to < seq:
            return True
        return any(a.guards.get(room_id, seq) < seq for a in self.audiences.values())

    def tracked(self) -> set[str]:
        """Every room whose head matters: listened to, or deciding who may listen."""
        rooms = set(self.audiences)
        for audience in self.audiences.values():
            rooms.update(audience.guards)
        return rooms
