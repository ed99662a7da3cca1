"""One live connection's requests: join, leave, where, and every command there is."""

import logging
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from socketio import exceptions
from werkzeug.http import parse_cookie

from app.catalogues import COOKIE, language_for, translator
from app.clock import iso
from app.domain.errors import Refused, SignInRequired, UnknownCommand
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.telling import told
from app.services.listing import USE_CASES, UseCase
from app.services.validation import validated
from app.settings import Settings
from app.store import journal
from app.store.cursors import cursor_of, seq_of
from app.store.engine import is_out_of_reach
from app.store.unit_of_work import Database, Desk, UnitOfWork
from auth import acting, session
from realtime import views, wire
from realtime.faults import told_fault, told_unavailable
from realtime.guard import HURRIED_SECONDS, MANY_SILENT, SILENT_SECONDS, Bucket
from realtime.presence import Presence
from realtime.rooms import Audience, Listener, Rooms
from realtime.transport import lighten

log = logging.getLogger(__name__)
NAMESPACE = "/live"


class _SignedOut(Exception):
    """Found out within a transaction: whoever waits for it is told afterwards."""


@dataclass(slots=True)
class Link:
    """What is kept of a connection: its token, its language and how fast it acts."""

    token: str
    language: str
    bucket: Bucket


@dataclass(slots=True)
class Live:
    """The handlers registered on the python-socketio server; ``forget`` is told who has gone."""

    server: Any
    settings: Settings
    database: Database
    rooms: Rooms
    presence: Presence
    forget: Callable[[str], None] = lambda sid: None
    links: dict[str, Link] = field(default_factory=dict)

    def register(self) -> dict[str, Callable[..., wire.Answer]]:
        """No Flask request is built per event: handlers sit on the server itself.

        Returns what may be asked for over a connection, by name.
        """
        on = self.server.on
        on("connect", self.connect, namespace=NAMESPACE)
        on("disconnect", self.disconnect, namespace=NAMESPACE)
        asked: dict[str, Callable[[str, object], wire.Answer]] = {
            "join": self.join,
            "leave": self.leave,
            "where": self.where,
            **{name: self._carrying_out(use_case) for name, use_case in USE_CASES.items()},
        }
        handlers = {name: self._answered(answer) for name, answer in asked.items()}
        for name, handler in handlers.items():
            on(name, handler, namespace=NAMESPACE)
        on("*", self.unknown, namespace=NAMESPACE)
        return handlers

    def connect(self, sid: str, environ: dict[str, Any], claims: object = None) -> None:
        """Identity comes from the session alone; a page that was opened by somebody else, whose
        unsent acts would go out under this name, is turned away."""
        token = session.token_from_environ(environ, self.settings)
        try:
            actor = self._actor(token)
        except Exception as error:
            log.warning("live: nobody can be let in", exc_info=not is_out_of_reach(error))
            raise exceptions.ConnectionRefusedError("unavailable") from error
        if token is None or actor is None:
            raise exceptions.ConnectionRefusedError("sign_in_required")
        capacity = claims.get("capacity") if isinstance(claims, dict) else None
        if capacity is not None and capacity != actor.membership_id:
            raise exceptions.ConnectionRefusedError("another_person")
        wanted = environ.get("HTTP_ACCEPT_LANGUAGE", "").split(",")
        accepted = [part.split(";")[0].strip() for part in wanted]
        language = language_for(parse_cookie(environ).get(COOKIE), accepted)
        lighten(environ)  # the library keeps it as long as the connection
        self.links[sid] = Link(token, language, Bucket(self.database.clock))
        self.rooms.listeners[sid] = Listener(sid, session.hash_of(token), actor)

    def session_of(self, environ: dict[str, Any]) -> str | None:
        """The session in force a request comes with."""
        token = session.token_from_environ(environ, self.settings)
        if token is None:
            return None
        try:
            with self.database.read() as desk:
                return session.hash_of(token) if acting.ref_of(desk, token) else None
        except Exception as error:
            if not is_out_of_reach(error):
                raise
            return session.hash_of(token)

    def disconnect(self, sid: str, _reason: object = None) -> None:
        left = self.rooms.forget(sid)
        self.links.pop(sid, None)
        self.presence.gone(sid, left)
        self.forget(sid)

    def unknown(self, event: str, sid: str, *_payload: object) -> wire.Answer:
        """The library would leave the sender waiting for an answer."""
        language = self.links[sid].language if sid in self.links else "ja"
        refusal = UnknownCommand(_("この操作は用意されていません。"))
        return {"ok": False, **told(refusal, translator(language))}

    def join(self, sid: str, payload: object) -> wire.Answer:
        """Authorise, listen, then read: nothing can fall between the picture and the stream."""
        asked = validated(wire.Join, payload)
        actor = self._require_actor(sid)
        with self.database.read() as desk:
            way = views.entrance(desk, actor, asked.room)
        while True:
            self._listen(sid, asked.room, way)
            try:
                # Asked again once listening: what ended in between was told to nobody here.
                with self.database.read() as desk:
                    before, way = way, views.entrance(desk, actor, asked.room)
                    if way.tags == before.tags:
                        last = journal.last_visible(desk.session, asked.room, way.tags)
                        answer = self._picture(desk, actor, asked, way, last)
                        self.presence.changed(asked.room)
                        place = cursor_of(self.database.secret, asked.room, last)
                        return answer | {"cursor": place}
            except Refused:
                self.rooms.leave(sid, asked.room)
                raise

    def _listen(self, sid: str, room_id: str, way: views.Entrance) -> None:
        """Put the listener among the room's, at the place the relay has come to.

        Reading gives way to others: they may make the room, hand entries out, or empty the room
        meanwhile. So what was read counts only if nothing moved; from there on nothing waits.
        """
        while True:
            audience = self.rooms.audiences.get(room_id)
            with self.database.read() as desk:
                head = views.head(desk, room_id) if audience is None else audience.sent_to
                guards = {guard: views.head(desk, guard) for guard in way.guards}
                seen = journal.last_visible(desk.session, room_id, way.tags, head)
            if audience is None:
                made = Audience(room_id, way.kind, way.subject_id, head, guards)
                audience = self.rooms.audiences.setdefault(room_id, made)
            if self.rooms.audiences.get(room_id) is audience and audience.sent_to == head:
                break
        if sid not in self.rooms.listeners:
            if not audience.classes:
                self.rooms.audiences.pop(room_id, None)
            raise SignInRequired(_("接続が切れました。"))
        audience.drop(sid)
        audience.seen.setdefault(way.tags, seen)
        audience.classes[way.tags].add(sid)

    def _picture(
        self, desk: Desk, actor: Any, asked: wire.Join, way: views.Entrance, last: int
    ) -> wire.Answer:
        """What was missed since the cursor, or the whole picture when that is too much."""
        now = {"now": iso(self.database.clock())}
        if asked.cursor is not None:
            since = seq_of(self.database.secret, asked.room, asked.cursor)
            missed = journal.entries_after(
                desk.session, asked.room, since, way.tags, wire.CATCH_UP + 1
            )
            same = not views.class_may_have_changed(desk, way, asked.room, since)
            if same and len(missed) <= wire.CATCH_UP and since <= last:
                frames, seen = [], since
                for entry in missed:
                    frames.append(journal.on_wire(self.database.secret, entry, seen))
                    seen = entry.seq
                return now | {"entries": frames}
        return now | {"snapshot": views.snapshot(desk, actor, way)}

    def leave(self, sid: str, payload: object) -> wire.Answer:
        room_id = validated(wire.Leave, payload).room
        if self.rooms.leave(sid, room_id):
            self.presence.gone(sid, [room_id])
        return {}

    def where(self, sid: str, payload: object) -> wire.Answer:
        at = validated(wire.Where, payload)
        audience = self.rooms.audiences.get(at.room)
        if audience is not None and sid in audience.sids():
            self.presence.moved(sid, at.room, at.row, at.column, at.editing)
        return {}

    def _carrying_out(self, use_case: UseCase) -> Callable[[str, object], wire.Answer]:
        def carry_out(sid: str, payload: object) -> wire.Answer:
            command = validated(use_case.command, payload)
            known: list[Actor] = []

            def who(uow: UnitOfWork) -> Actor:
                """Read in the transaction of the act: no right can end between the two."""
                found = acting.actor_of(uow, self.links[sid].token)
                if found is None:
                    raise _SignedOut
                session.touch_within(uow, self.settings, found[1])
                known.append(found[0])
                return found[0]

            try:
                return use_case.run_as(self.database, who, command).model_dump()
            except _SignedOut:
                raise self._signed_out(sid) from None
            finally:
                if known and sid in self.rooms.listeners:
                    self.rooms.known_as(sid, known[-1])

        return carry_out

    def _answered(self, answer: Callable[[str, object], wire.Answer]) -> Callable[..., wire.Answer]:
        """Every request gets an answer: the result, the refusal, or the admission of a fault."""

        def answered(sid: str, payload: object = None, *_more: object) -> wire.Answer:
            link = self.links.get(sid)
            if link is None:
                return told_fault(str)
            try:
                link.bucket.take()
                return {"ok": True, "result": answer(sid, payload)}
            except Refused as refusal:
                if link.bucket.exhausted:
                    self.server.disconnect(sid, namespace=NAMESPACE)
                return {"ok": False, **told(refusal, translator(link.language))}
            except Exception as error:
                if is_out_of_reach(error):
                    log.warning("live: the database is out of reach: %s", type(error).__name__)
                    return told_unavailable(translator(link.language))
                log.exception("live: a request of %s failed", sid)
                return told_fault(translator(link.language))

        return answered

    def _require_actor(self, sid: str) -> Any:
        """Rights are read anew for every request: a session that ended ends here."""
        actor = self._actor(self.links[sid].token)
        if actor is None:
            raise self._signed_out(sid)
        self.rooms.known_as(sid, actor)
        return actor

    def _signed_out(self, sid: str) -> SignInRequired:
        """The session behind this connection has ended, and the connection with it."""
        self.server.disconnect(sid, namespace=NAMESPACE)
        return SignInRequired(_("サインインの有効期限が切れました。"))

    def _actor(self, token: str | None) -> Any:
        if token is None:
            return None
        with self.database.read() as desk:
            found = acting.actor_of(desk, token)
        if found is None:
            return None
        session.touch(self.database, self.settings, found[1])
        return found[0]

    def drop_silent_handshakes(self, elsewhere: Collection[str] = ()) -> None:
        """An engine.io connection that never signs in is closed, the sooner the more there are."""
        if len(self.server.eio.sockets) == len(self.links) + len(elsewhere):
            return
        signed_in = {self.server.manager.eio_sid_from_sid(sid, NAMESPACE) for sid in self.links}
        signed_in.update(elsewhere)
        silent = [one for sid, one in self.server.eio.sockets.items() if sid not in signed_in]
        limit = time.time() - (SILENT_SECONDS if len(silent) <= MANY_SILENT else HURRIED_SECONDS)
        for socket in silent:
            born = getattr(socket, "born", None)
            if born is None:
                socket.born = time.time()
            elif born < limit:
                socket.close(wait=False)
