"""Whom a provider's statement means: a person of its own agency, and nobody else."""

import logging
from typing import Any

from sqlmodel import select

from app.domain.people import Actor
from app.store.tables.agencies import ProviderRow
from app.store.tables.people import IdentityRow, PersonRow
from app.store.unit_of_work import UnitOfWork
from auth.capacities import capacities_of
from auth.people import normal_email
from auth.providers import domains_of
from auth.refusals import NotEnrolled

log = logging.getLogger(__name__)


def actor_meant(uow: UnitOfWork, provider: ProviderRow, claims: dict[str, Any]) -> Actor:
    """The person known by (issuer, subject), in the capacity of the provider's agency.

    The first time, a verified e-mail address finds the person among the agency's own; from then
    on the address means nothing, since an address may pass to somebody else.
    """
    subject = str(claims["sub"])
    known = uow.session.get(IdentityRow, (provider.issuer, subject))
    if known is not None:
        return _capacity(uow, known.person_id, provider)
    person = _person_by_email(uow, provider, claims)
    actor = _capacity(uow, person.id, provider)
    if not _is_linked(uow, person, provider, subject):
        uow.session.add(
            IdentityRow(
                issuer=provider.issuer, subject=subject, person_id=person.id, linked_at=uow.now()
            )
        )
        log.info("person %s linked to a subject of provider %s", person.id, provider.id)
    return actor


def _is_linked(uow: UnitOfWork, person: PersonRow, provider: ProviderRow, subject: str) -> bool:
    """Under the person's lock: linked in this instant by another request, or to somebody else."""
    uow.session.exec(select(PersonRow.id).where(PersonRow.id == person.id).with_for_update()).one()
    query = select(IdentityRow.subject).where(
        IdentityRow.issuer == provider.issuer, IdentityRow.person_id == person.id
    )
    linked = uow.session.exec(query).first()
    if linked not in (None, subject):
        raise NotEnrolled("email_of_another_subject")
    return linked is not None


def _capacity(uow: UnitOfWork, person_id: str, provider: ProviderRow) -> Actor:
    found = capacities_of(uow, person_id, provider.agency_id)
    if not found:
        raise NotEnrolled("not_of_this_agency")
    return found[0]


def _person_by_email(uow: UnitOfWork, provider: ProviderRow, claims: dict[str, Any]) -> PersonRow:
    typed = claims.get("email")
    if not isinstance(typed, str) or "@" not in typed:
        raise NotEnrolled("email_missing")
    if claims.get("email_verified") is not True:
        raise NotEnrolled("email_not_verified")
    email, domains = normal_email(typed), domains_of(provider)
    if domains and email.rpartition("@")[2] not in domains:
        raise NotEnrolled("email_domain_not_of_this_agency")
    person = uow.session.exec(select(PersonRow).where(PersonRow.email == email)).first()
    if person is None:
        raise NotEnrolled("email_unknown")
    return person
