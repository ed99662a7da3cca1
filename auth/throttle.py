"""How often something may be tried: counted in the store, so that all processes count together."""

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from app.domain.errors import TooMany
from app.domain.sentences import _
from app.store.tables.people import AttemptRow
from app.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    most: int
    within: timedelta


WINDOW = timedelta(minutes=15)
PER_ACCOUNT = Limit("account", 5, WINDOW)
PER_ADDRESS = Limit("address", 30, WINDOW)
# A whole agency may come from one address in the morning, and nothing can be guessed by it.
PROVIDER_VISITS = Limit("visits", 300, WINDOW)


def take(uow: UnitOfWork, limit: Limit, whom: str) -> None:
    """Count one try before it is made, so that tries at the same instant all count.

    Raises TooMany once the limit is spent, until the window has passed.
    """
    row = _locked(uow, _key(limit, whom))
    now = uow.now()
    if now - row.window_start >= limit.within:
        row.count, row.window_start = 0, now
    if row.count >= limit.most:
        raise TooMany(
            _("サインインの試行が続いたため、一時的に受け付けを止めています。"),
            remedy=_("15分ほど待ってから、もう一度お試しください。"),
        )
    row.count += 1
    uow.session.add(row)
    uow.session.flush()


def give_back(uow: UnitOfWork, limit: Limit, whom: str) -> None:
    """The try succeeded: it does not count against the others behind the same address."""
    row = _locked(uow, _key(limit, whom))
    row.count = max(0, row.count - 1)
    uow.session.add(row)
    uow.session.flush()


def clear(uow: UnitOfWork, limit: Limit, whom: str) -> None:
    uow.session.execute(delete(AttemptRow).where(col(AttemptRow.key) == _key(limit, whom)))


def forget_old(uow: UnitOfWork) -> None:
    uow.session.execute(
        delete(AttemptRow).where(col(AttemptRow.window_start) < uow.now() - 2 * WINDOW)
    )


def network_of(address: str | None) -> str:
    """An IPv4 address, or the /64 of an IPv6 one: a single host owns all of that."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _key(limit: Limit, whom: str) -> str:
    """Hashed: an attempt may carry anything, also a password typed into the wrong field."""
    return f"{limit.name}:{hashlib.sha256(whom.encode(errors='replace')).hexdigest()}"


def _locked(uow: UnitOfWork, key: str) -> AttemptRow:
    query = select(AttemptRow).where(AttemptRow.key == key).with_for_update()
    row = uow.session.exec(query).first()
    if row is not None:
        return row
    try:
        with uow.session.begin_nested():
            uow.session.add(AttemptRow(key=key, count=0, window_start=uow.now()))
    except IntegrityError:
        uow.session.expire_all()  # another process made the row in this instant
    return uow.session.exec(query).one()
