"""Carry committed entries to their rooms, in order, each class its own rendering."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gevent.event import Event
from sqlmodel import col, select

from app.clock import in_japan
from app.domain.errors import Refused
from app.store import journal
from app.store.tables.journal import EntryRow, RoomRow
from app.store.unit_of_work import Database, Desk
from realtime import views
from realtime.rooms import Audience, Rooms, Tags

log = logging.getLogger(__name__)
# Without a wake (another process wrote) news is found at the latest after this long.
POLL_SECONDS = 0.5
# Rights also end without any fact, by date; nobody listens longer than this without being asked.
RECHECK_SECONDS = 60.0


@dataclass(slots=True)
class Relay:
    """One greenlet reads what is new and hands it out; the database is the only truth."""

    database: Database
    rooms: Rooms
    deliver: Callable[[set[str], list[dict[str, Any]]], None]
    evict: Callable[[str, str], None]
    _signal: Event = field(default_factory=Event)
    _news: set[str] = field(default_factory=set)
    # Entries this process has just committed, as long as nobody else's can lie between them.
    _fresh: list[journal.Entry] = field(default_factory=list)
    _alone: bool = True
    # Another process wrote, and not every room has been looked at since.
    _unseen: bool = False
    _looked: float = 0.0
    _checked_at: datetime | None = None

    def wake(self, rooms: frozenset[str]) -> None:
        """Called after a commit; it must not fail, for the change is already made."""
        self._news |= rooms
        self._signal.set()

    def take(self, entries: Sequence[journal.Entry], alone: bool) -> None:
        """What was committed here, in its order; ``wake`` follows. Only where this process alone
        writes can it be handed out without asking the database what others did meanwhile."""
        self._fresh += entries
        self._alone = self._alone and alone

    def run(self) -> None:
        while True:
            self._signal.wait(timeout=POLL_SECONDS)
            self._signal.clear()
            try:
                self.drain()
            except Exception:
                self._looked, self._unseen = 0.0, True
                log.exception("relay: will try again")

    def drain(self) -> None:
        """Hand out everything committed so far; first take out those who may no longer listen.

        Rooms this process wrote to are looked at at once, all the others twice a second as far as
        anybody else wrote.
        """
        news, self._news = self._news, set()
        fresh, self._fresh = self._fresh, []
        self._unseen, self._alone = self._unseen or not self._alone, True
        now = time.monotonic()
        everywhere = now - self._looked >= POLL_SECONDS
        if everywhere:
            self._looked = now
            self._unseen = self.database.others_wrote() or self._unseen
            news = self.rooms.tracked() if self._unseen else news
        again = self._must_ask_again()
        if not self._unseen and not again and news == {entry.room_id for entry in fresh}:
            left = self._hand_out_fresh(fresh)
            if not left:
                return
        audiences = [a for a in self.rooms.audiences.values() if again or a.concerned(news)]
        if not audiences:
            return
        # What opens or closes a room counts also where another process wrote it just now.
        news = news.union(*({a.room_id, *a.guards} for a in audiences))
        with self.database.read() as desk:
            if again:
                for audience in audiences:
                    self.recheck(desk, audience)
                self._checked_at, self.rooms.doubtful = desk.now(), False
            heads = dict(
                desk.session.exec(
                    select(RoomRow.id, RoomRow.last_seq).where(col(RoomRow.id).in_(news))
                ).all()
            )
            for audience in audiences:
                self._check_guards(desk, audience, heads)
            for audience in audiences:
                if heads.get(audience.room_id, 0) > audience.sent_to:
                    self._hand_out(desk, audience)
        # Only now, and only if no room was left out: what another wrote may concern any of them.
        self._unseen = self._unseen and not everywhere

    def _must_ask_again(self) -> bool:
        """Before anything of a new day is handed out: at midnight a consent may have run out."""
        now, before = self.database.clock(), self._checked_at
        return (
            self.rooms.doubtful
            or before is None
            or in_japan(before).date() != in_japan(now).date()
            or (now - before).total_seconds() >= RECHECK_SECONDS
        )

    def _check_guards(self, desk: Desk, audience: Audience, heads: dict[str, int]) -> None:
        due = False
        newer = {
            guard: heads[guard]
            for guard, known in audience.guards.items()
            if heads.get(guard, 0) > known
        }
        for guard in newer:
            due = due or self._rights_moved(desk, guard, audience.guards[guard])
        if heads.get(audience.room_id, 0) > audience.sent_to:
            due = due or self._rights_moved(desk, audience.room_id, audience.sent_to)
        if due:
            self.recheck(desk, audience)
        # Only now: had asking failed, it would have to be asked again.
        audience.guards.update(newer)

    def _rights_moved(self, desk: Desk, room_id: str, after: int) -> bool:
        query = select(EntryRow.seq).where(
            EntryRow.room_id == room_id, EntryRow.seq > after, col(EntryRow.kind).in_(views.RIGHTS)
        )
        return desk.session.exec(query.limit(1)).first() is not None

    def recheck(self, desk: Desk, audience: Audience) -> None:
        """Ask again for each listener; who lost sight, or sees otherwise now, is sent out."""
        for sid in audience.sids():
            listener = self.rooms.listeners.get(sid)
            try:
                if listener is None:
                    raise Refused("gone")
                way = views.entrance(desk, listener.actor, audience.room_id)
                moved = way.tags != audience.class_of(sid)
            except Refused:
                moved = True
            if moved:
                self.rooms.leave(sid, audience.room_id)
                self.evict(sid, audience.room_id)

    def _hand_out_fresh(self, fresh: Sequence[journal.Entry]) -> bool:
        """Hand out what was just committed; True if something is left to look at properly.

        Whatever may change who sees what is left, and so is a room with something before it.
        """
        if any(entry.kind in views.RIGHTS for entry in fresh):
            return True
        rooms: dict[str, list[journal.Entry]] = {}
        for entry in fresh:
            rooms.setdefault(entry.room_id, []).append(entry)
        left = False
        for room_id, entries in rooms.items():
            audience = self.rooms.audiences.get(room_id)
            if audience is None:
                continue
            newer = [entry for entry in entries if entry.seq > audience.sent_to]
            if newer and newer[0].seq == audience.sent_to + 1:
                self._give(audience, newer)
            else:
                left = left or bool(newer)
        return left

    def _hand_out(self, desk: Desk, audience: Audience) -> None:
        entries = journal.entries_after(desk.session, audience.room_id, audience.sent_to)
        if entries:
            self._give(audience, entries)

    def _give(self, audience: Audience, entries: Sequence[EntryRow | journal.Entry]) -> None:
        """Each class its own rendering; the same entry is rendered once for all of a class."""
        secret = self.database.secret
        for tags, sids in list(audience.classes.items()):
            frames = []
            seen = audience.seen[tags]
            for entry in entries:
                # Where handing out broke off, it begins again: nobody is given an entry twice.
                if entry.seq > seen and _sees(tags, entry):
                    frames.append(journal.on_wire(secret, entry, seen))
                    seen = entry.seq
            audience.seen[tags] = seen
            if frames:
                self.deliver(sids, frames)
        audience.sent_to = entries[-1].seq


def _sees(tags: Tags, entry: EntryRow | journal.Entry) -> bool:
    return tags is None or entry.visibility == "" or entry.visibility in tags
