"""Who acts through a session at this moment: asked before every act and every answer.

Whoever holds many connections asks for all of them at once, by the same conditions.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Date, and_, bindparam, or_, select
from sqlmodel import col

from app.domain.people import Actor
from app.domain.vocabulary import AgencyKind, Role
from app.store.columns import UtcDateTime
from app.store.prepared import Prepared
from app.store.tables.agencies import AgencyRow, ProviderRow
from app.store.tables.people import MembershipRow, PersonRow, SessionRow
from app.store.unit_of_work import Desk
from auth.session import SessionRef, hash_of


def _in_force(query: Any, now: Any, day: Any) -> Any:
    """Narrow a question about sessions to those whose chosen capacity is in force."""
    query = (
        query.join(PersonRow, col(PersonRow.id) == col(SessionRow.person_id))
        .join(MembershipRow, col(MembershipRow.id) == col(SessionRow.membership_id))
        .where(MembershipRow.person_id == SessionRow.person_id)
        .join(AgencyRow, col(AgencyRow.id) == col(MembershipRow.agency_id))
        .join(ProviderRow, col(ProviderRow.id) == col(SessionRow.provider_id), isouter=True)
        .where(col(SessionRow.revoked_at).is_(None), col(SessionRow.expires_at) > now)
        .where(col(PersonRow.active).is_(True), col(MembershipRow.active).is_(True))
        .where(
            or_(
                col(SessionRow.provider_id).is_(None),
                and_(
                    col(ProviderRow.enabled).is_(True),
                    col(ProviderRow.agency_id) == col(MembershipRow.agency_id),
                ),
            )
        )
    )
    for table in (MembershipRow, AgencyRow):
        begins, ends = col(table.valid_from), col(table.valid_to)
        query = query.where(or_(begins.is_(None), begins <= day))
        query = query.where(or_(ends.is_(None), ends >= day))
    return query


_REF: tuple[Any, ...] = (
    *(SessionRow.token_hash, SessionRow.person_id, SessionRow.membership_id),
    *(SessionRow.provider_id, SessionRow.csrf, SessionRow.created_at, SessionRow.seen_at),
)
_CAPACITY: tuple[Any, ...] = (
    *(PersonRow.id, PersonRow.name, MembershipRow.id, MembershipRow.title, MembershipRow.role),
    *(AgencyRow.id, AgencyRow.name, AgencyRow.kind, AgencyRow.prefecture_code),
)
# Asked before every act; the values' types come from the columns they are held against.
_ACTING = Prepared(
    _in_force(
        select(*_REF, *_CAPACITY)
        .select_from(SessionRow)
        .where(col(SessionRow.token_hash) == bindparam("token")),
        bindparam("now", type_=UtcDateTime()),
        bindparam("day", type_=Date()),
    )
)


def roles_in(desk: Desk, ids: Iterable[str]) -> dict[str, Role]:
    """Of these session ids, those whose chosen capacity is in force, with its role as it is now.

    One question for all; a session that has another capacity left does not act in it by itself.
    """
    query = _in_force(
        select(col(SessionRow.token_hash), col(MembershipRow.role)), desk.now(), desk.today()
    ).where(col(SessionRow.token_hash).in_(list(ids)))
    return {held: Role(role) for held, role in desk.session.exec(query)}


def actor_of(desk: Desk, token: str) -> tuple[Actor, SessionRef] | None:
    """Who acts through this token now; None also while the capacity is not chosen."""
    held = _ACTING.first(desk.session, token=hash_of(token), now=desk.now(), day=desk.today())
    if held is None:
        return None
    ref = SessionRef(*held[: len(_REF)])
    person_id, name, membership_id, title, role, agency_id, agency, kind, prefecture = held[
        len(_REF) :
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
