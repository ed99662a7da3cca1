"""Sessions: an opaque token in the browser, its hash and everything it stands for in the store.

What a session may do is read from the store each time, so that a right that ends, ends at once.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.cookies import CookieError, SimpleCookie
from typing import Any

from sqlalchemy import update
from sqlmodel import col

from app.domain.people import Actor
from app.settings import Settings
from app.store.tables.agencies import ProviderRow
from app.store.tables.people import SessionRow
from app.store.unit_of_work import Database, Desk, UnitOfWork
from auth.capacities import capacities_of

# Long enough for reading rights on every event, short enough for an honest idle time.
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SessionRef:
    """A live session; ``id`` is the hash of its token, so it may be kept and logged."""

    id: str
    person_id: str
    membership_id: str | None
    provider_id: str | None
    csrf: str
    started_at: datetime
    seen_at: datetime


def cookie_name(settings: Settings) -> str:
    """With HTTPS the prefix keeps other hosts of the domain from planting a session."""
    return "__Host-entaku_session" if settings.secure_cookies else "entaku_session"


def token_from_environ(environ: dict[str, Any], settings: Settings) -> str | None:
    """The token in the cookies of a WSGI request, whichever door it came through."""
    return cookie_from_environ(environ, cookie_name(settings))


def cookie_from_environ(environ: dict[str, Any], name: str) -> str | None:
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(environ.get("HTTP_COOKIE", ""))
    except CookieError:
        return None
    found = jar.get(name)
    return found.value if found is not None and found.value else None


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def look_up(desk: Desk, token: str) -> tuple[SessionRef, tuple[Actor, ...]] | None:
    """The live session and the capacities open to it; None when nobody may act through it."""
    row = desk.session.get(SessionRow, hash_of(token))
    if row is None or row.revoked_at is not None or row.expires_at <= desk.now():
        return None
    only_agency = None
    if row.provider_id is not None:
        provider = desk.session.get(ProviderRow, row.provider_id)
        if provider is None or not provider.enabled:
            return None
        only_agency = provider.agency_id
    open_to_it = capacities_of(desk, row.person_id, only_agency)
    if not open_to_it:
        return None
    ref = SessionRef(
        id=row.token_hash,
        person_id=row.person_id,
        membership_id=row.membership_id,
        provider_id=row.provider_id,
        csrf=row.csrf,
        started_at=row.created_at,
        seen_at=row.seen_at,
    )
    return ref, open_to_it


def chosen(ref: SessionRef, open_to_it: tuple[Actor, ...]) -> Actor | None:
    """The capacity the session acts in, if one has been chosen and is still in force."""
    return next((a for a in open_to_it if a.membership_id == ref.membership_id), None)


def start(
    uow: UnitOfWork,
    settings: Settings,
    *,
    person_id: str,
    membership_id: str | None,
    provider_id: str | None = None,
    started_at: datetime | None = None,
) -> str:
    """Open a session and return its token, which is known nowhere else."""
    token = secrets.token_urlsafe(32)
    now = uow.now()
    begun = started_at or now
    uow.session.add(
        SessionRow(
            token_hash=hash_of(token),
            person_id=person_id,
            membership_id=membership_id,
            csrf=secrets.token_urlsafe(32),
            provider_id=provider_id,
            created_at=begun,
            seen_at=now,
            expires_at=_end(settings, begun, now),
        )
    )
    return token


def change_capacity(
    uow: UnitOfWork, settings: Settings, ref: SessionRef, membership_id: str
) -> str:
    """A new token for the other capacity; the hours since signing in go on counting."""
    revoke(uow, ref.id)
    return start(
        uow,
        settings,
        person_id=ref.person_id,
        membership_id=membership_id,
        provider_id=ref.provider_id,
        started_at=ref.started_at,
    )


def touch(database: Database, settings: Settings, ref: SessionRef) -> None:
    """Note that the session is in use, at most once a minute; joining a meeting counts too."""
    if database.clock() - ref.seen_at >= SEEN_EVERY:
        database.carry_out(lambda uow: touch_within(uow, settings, ref))


def touch_within(uow: UnitOfWork, settings: Settings, ref: SessionRef) -> None:
    """The same as part of an act, which makes it durable anyway."""
    now = uow.now()
    if now - ref.seen_at >= SEEN_EVERY:
        uow.session.execute(
            update(SessionRow)
            .where(col(SessionRow.token_hash) == ref.id)
            .where(col(SessionRow.revoked_at).is_(None), col(SessionRow.expires_at) > now)
            .values(seen_at=now, expires_at=_end(settings, ref.started_at, now))
        )


def revoke(uow: UnitOfWork, session_id: str) -> None:
    uow.session.execute(
        update(SessionRow)
        .where(col(SessionRow.token_hash) == session_id, col(SessionRow.revoked_at).is_(None))
        .values(revoked_at=uow.now())
    )


def revoke_all(uow: UnitOfWork, person_id: str, but: str | None = None) -> None:
    """End every session of the person; ``but`` is the one that asked for it."""
    query = (
        update(SessionRow)
        .where(col(SessionRow.person_id) == person_id, col(SessionRow.revoked_at).is_(None))
        .values(revoked_at=uow.now())
    )
    if but is not None:
        query = query.where(col(SessionRow.token_hash) != but)
    uow.session.execute(query)


def _end(settings: Settings, begun: datetime, seen: datetime) -> datetime:
    """Idle time or the absolute limit, whichever comes first."""
    return min(
        begun + timedelta(hours=settings.session_hours),
        seen + timedelta(minutes=settings.session_idle_minutes),
    )
