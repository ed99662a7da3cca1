"""The guests' live door: whole pictures to the firm's owner, and the end when it comes.

It knows no rooms and hands on no entry. Nobody calls it: it asks the database itself, for the
journals its few guests depend on, so what another node wrote is found just the same.
"""

import logging
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from socketio import exceptions
from werkzeug.http import parse_cookie

from app.catalogues import COOKIE, language_for, translator
from app.clock import iso
from app.domain.errors import Refused, UnknownCommand
from app.domain.guests import Ending, GuestOver
from app.domain.people import Guest
from app.domain.sentences import _
from app.domain.telling import told
from app.queries.guest_page import guest_picture
from app.settings import Settings
from app.store import guests, tokens
from app.store.engine import is_out_of_reach
from app.store.unit_of_work import Database, Desk
from auth.guests import token_from_environ
from realtime import wire
from realtime.faults import told_fault, told_unavailable
from realtime.guard import Bucket
from realtime.outlet import Outlet

log = logging.getLogger(__name__)
NAMESPACE = "/guest"
# How often it is asked whether anything is new, so that an ending keeps a second with margin.
ASK_SECONDS = 0.3


@dataclass(slots=True)
class Visit:
    """One open page of a guest: what it was told last, and up to where it was looked at."""

    guest: Guest
    language: str
    bucket: Bucket
    heads: dict[str, int] = field(default_factory=dict)
    shown: dict[str, Any] | None = None
    looked: date | None = None
    until: datetime | None = None


@dataclass(slots=True)
class GuestDoor:
    """The handlers of the namespace, and the round that looks after everybody in it."""

    server: Any
    settings: Settings
    database: Database
    outlet: Outlet
    visits: dict[str, Visit] = field(default_factory=dict)

    def register(self) -> None:
        on = self.server.on
        on("connect", self.connect, namespace=NAMESPACE)
        on("disconnect", self.disconnect, namespace=NAMESPACE)
        on("look", self.look, namespace=NAMESPACE)
        on("*", self.unknown, namespace=NAMESPACE)

    def connect(self, sid: str, environ: dict[str, Any], _claims: object = None) -> None:
        """Only the guest's own cookie counts; who is signed in for an agency is nobody here."""
        token = token_from_environ(environ, self.settings)
        accepted = [
            part.split(";")[0].strip()
            for part in environ.get("HTTP_ACCEPT_LANGUAGE", "").split(",")
        ]
        language = language_for(parse_cookie(environ).get(COOKIE), accepted)
        try:
            with self.database.read() as desk:
                guest = guests.guest_of(desk, tokens.hash_of(token)) if token else None
                if guest is not None:
                    guests.admitted(desk, guest)
        except GuestOver as over:
            raise exceptions.ConnectionRefusedError("guest_over", _words(over, language)) from over
        except Exception as error:
            log.warning("guests: nobody can be let in", exc_info=not is_out_of_reach(error))
            raise exceptions.ConnectionRefusedError("unavailable") from error
        if guest is None:
            raise exceptions.ConnectionRefusedError("link_required")
        self.visits[sid] = Visit(guest, language, Bucket(self.database.clock))

    def disconnect(self, sid: str, _reason: object = None) -> None:
        self.visits.pop(sid, None)
        self.outlet.forget(sid)

    def unknown(self, _event: str, sid: str, *_payload: object) -> wire.Answer:
        visit = self.visits.get(sid)
        refusal = UnknownCommand(_("この操作は用意されていません。"))
        return {"ok": False, **told(refusal, translator(visit.language if visit else "ja"))}

    def look(self, sid: str, *_payload: object) -> wire.Answer:
        """The page as it stands, asked for once connected; what changes comes by itself."""
        visit = self.visits.get(sid)
        if visit is None:
            return told_fault(str)
        try:
            visit.bucket.take()
            with self.database.read() as desk:
                self._look_again(desk, visit)
            return {"ok": True, "result": self._dated(visit)}
        except Refused as refusal:
            if visit.bucket.exhausted or isinstance(refusal, GuestOver):
                self.server.disconnect(sid, namespace=NAMESPACE)
            return {"ok": False, **told(refusal, translator(visit.language))}
        except Exception as error:
            if is_out_of_reach(error):
                return told_unavailable(translator(visit.language))
            log.exception("guests: a look failed")
            return told_fault(translator(visit.language))

    def session_of(self, environ: dict[str, Any]) -> str | None:
        """The guest's session a request comes with, whether or not it is over."""
        token = token_from_environ(environ, self.settings)
        if token is None:
            return None
        session_id = tokens.hash_of(token)
        try:
            with self.database.read() as desk:
                return session_id if guests.still_open(desk, [session_id]) else None
        except Exception as error:
            if not is_out_of_reach(error):
                raise
            return session_id

    def connections(self) -> list[str]:
        """What the guests' connections are called below the namespace."""
        ids = self.server.manager.eio_sid_from_sid
        return [ids(sid, NAMESPACE) for sid in self.visits]

    def make_round(self) -> None:
        """Tell those for whom something changed, and let out those whose part is over."""
        if not self.visits:
            return
        visits = dict(self.visits)
        due: set[str] = set()
        with self.database.read() as desk:
            rooms = {room for visit in visits.values() for room in visit.heads}
            heads = guests.heads(desk, rooms)
            held = [visit.guest.session_id for visit in visits.values()]
            still_open = guests.still_open(desk, held)
            for sid, visit in visits.items():
                if visit.guest.session_id not in still_open or self._is_due(desk, visit, heads):
                    self._tell(desk, sid, visit)
            due = {one for one in still_open if guests.is_due(desk, one)}
        if due:
            self.database.carry_out(lambda uow: guests.touch(uow, due))

    def _is_due(self, desk: Desk, visit: Visit, heads: dict[str, int]) -> bool:
        """Something was written, or a day or a time has passed on which the right depends."""
        if visit.looked != desk.today() or visit.until is None or desk.now() >= visit.until:
            return True
        return any(heads.get(room, 0) != seen for room, seen in visit.heads.items())

    def _tell(self, desk: Desk, sid: str, visit: Visit) -> None:
        before = visit.shown
        try:
            self._look_again(desk, visit)
        except Refused as refusal:
            over = refusal if isinstance(refusal, GuestOver) else GuestOver(Ending.LEFT)
            self.outlet.tell([sid], "over", _words(over, visit.language))
            self.server.disconnect(sid, namespace=NAMESPACE)
            return
        if visit.shown != before:
            self.outlet.tell([sid], "picture", self._dated(visit))

    def _look_again(self, desk: Desk, visit: Visit) -> None:
        visit.shown, at = guest_picture(desk, visit.guest, translator(visit.language))
        visit.heads = guests.heads(desk, at.room_ids)
        visit.looked, visit.until = desk.today(), at.invitation.expires_at

    def _dated(self, visit: Visit) -> dict[str, Any]:
        return {"now": iso(self.database.clock()), "picture": visit.shown}


def _words(over: GuestOver, language: str) -> dict[str, str]:
    words = told(over, translator(language))
    return {"message": words["message"], "remedy": words["remedy"]}
