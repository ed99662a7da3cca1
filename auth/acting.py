"""Who acts through a session at this moment: asked before every act and every answer.

Whoever holds many connections asks for all of them at once, by the same conditions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, bindparam, exists, or_, select
from sqlmodel import col

from app.domain.people import Actor
from app.domain.vocabulary import AgencyKind, Role
from app.store.prepared import Prepared
from app.store.tables.agencies import AgencyRow, ProviderRow
from app.store.tables.announcing import EndedRow
from app.store.tables.people import MembershipRow, PersonRow, SessionRow
from app.store.unit_of_work import Desk
from auth.session import SessionRef, hash_of


def _joined(query: Any) -> Any:
    """Narrow a question about capacities to those that are not switched off."""
    return (
        query.join(PersonRow, col(PersonRow.id) == col(MembershipRow.person_id))
        .join(AgencyRow, col(AgencyRow.id) == col(MembershipRow.agency_id))
        .where(col(PersonRow.active).is_(True), col(MembershipRow.active).is_(True))
    )


def _allowed(provider: Any, agency: Any) -> Any:
    """A session opened through an agency's own sign-in acts for that agency, while it is on."""
    return or_(
        provider.is_(None),
        exists().where(
            col(ProviderRow.id) == provider,
            col(ProviderRow.enabled).is_(True),
            col(ProviderRow.agency_id) == agency,
        ),
    )


_REF: tuple[Any, ...] = (
    *(SessionRow.token_hash, SessionRow.person_id, SessionRow.membership_id),
    *(SessionRow.provider_id, SessionRow.csrf, SessionRow.created_at, SessionRow.seen_at),
)
_DATES: tuple[Any, ...] = (
    *(MembershipRow.valid_from, MembershipRow.valid_to),
    *(AgencyRow.valid_from, AgencyRow.valid_to),
)
_WHO: tuple[Any, ...] = (
    *(PersonRow.id, PersonRow.name, MembershipRow.id, MembershipRow.title, MembershipRow.role),
    *(AgencyRow.id, AgencyRow.name, AgencyRow.kind, AgencyRow.prefecture_code),
)
# Both are asked before every act. The session's own row tells when it was last seen, so it often
# changes; what its person may act as hardly ever does.
_SESSION = Prepared(
    select(*_REF, col(SessionRow.expires_at)).where(
        col(SessionRow.token_hash) == bindparam("token"), col(SessionRow.revoked_at).is_(None)
    )
)
_CAPACITY = Prepared(
    _joined(select(*_DATES, *_WHO).select_from(MembershipRow)).where(
        col(MembershipRow.id) == bindparam("membership"),
        col(MembershipRow.person_id) == bindparam("person"),
        _allowed(bindparam("provider", type_=String()), col(MembershipRow.agency_id)),
    ),
    keeps=True,
)

_ENDED = Prepared(select(col(EndedRow.number)))


def _in_force(dates: Sequence[date | None], day: date) -> bool:
    """Whether the day lies within the dates of the membership and of the agency."""
    begins, ends = dates[0::2], dates[1::2]
    return all(one is None or one <= day for one in begins) and all(
        one is None or one >= day for one in ends
    )


def ends_counted(desk: Desk) -> int | None:
    """What has changed whenever somebody's sign-in may have ended other than by its own time;
    None where that is not counted, so that one has to ask."""
    found = _ENDED.first(desk.session) if desk.on_sqlite else None
    return found[0] if found is not None else None


@dataclass(frozen=True, slots=True)
class Roles:
    """Roles by session id; nobody's sign-in ends by itself before ``until``."""

    held: dict[str, Role]
    until: datetime | None


def roles_in(desk: Desk, ids: Iterable[str]) -> Roles:
    """Of these session ids, those whose chosen capacity is in force, with its role as it is now.

    One question for all; a session that has another capacity left does not act in it by itself.
    """
    query = (
        _joined(
            select(
                col(SessionRow.token_hash),
                col(MembershipRow.role),
                col(SessionRow.expires_at),
                *_DATES,
            )
            .select_from(SessionRow)
            .join(MembershipRow, col(MembershipRow.id) == col(SessionRow.membership_id))
        )
        .where(col(MembershipRow.person_id) == col(SessionRow.person_id))
        .where(_allowed(col(SessionRow.provider_id), col(MembershipRow.agency_id)))
        .where(col(SessionRow.revoked_at).is_(None), col(SessionRow.expires_at) > desk.now())
        .where(col(SessionRow.token_hash).in_(list(ids)))
    )
    day = desk.today()
    found = [
        (held, Role(role), ends)
        for held, role, ends, *dates in desk.session.execute(query)
        if _in_force(dates, day)
    ]
    return Roles(
        {held: role for held, role, _ends in found},
        min((ends for _held, _role, ends in found), default=None),
    )


def ref_of(desk: Desk, token: str) -> SessionRef | None:
    """The session behind this token, neither ended nor run out, whoever may act through it."""
    held = _SESSION.first(desk.session, token=hash_of(token))
    if held is None or held[-1] <= desk.now():
        return None
    return SessionRef(*held[:-1])


def actor_of(desk: Desk, token: str) -> tuple[Actor, SessionRef] | None:
    """Who acts through this token now; None also while the capacity is not chosen."""
    ref = ref_of(desk, token)
    if ref is None:
        return None
    found = _CAPACITY.first(
        desk.session,
        membership=ref.membership_id,
        person=ref.person_id,
        provider=ref.provider_id,
    )
    if found is None or not _in_force(found[: len(_DATES)], desk.today()):
        return None
    person_id, name, membership_id, title, role, agency_id, agency, kind, prefecture = found[
        len(_DATES) :
    ]
    actor = Actor(
        person_id=person_id,
        person_name=name,
        membership_id=membership_id,
        title=title,
        role=Role(role),
        agency_id=agency_id,
        agency_name=agency,
        agency_kind=AgencyKind(kind),
        prefecture_code=prefecture,
    )
    return actor, ref
