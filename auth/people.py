"""Enrolling people: a person, the agency they act for, and the password they may sign in with."""

import unicodedata
from datetime import date

from sqlmodel import select

from app.domain.vocabulary import Role
from app.store.tables.people import CredentialRow, MembershipRow, PersonRow
from app.store.unit_of_work import UnitOfWork


def normal_email(typed: str) -> str:
    """E-mail as it is stored and compared: full-width letters and capitals do not matter."""
    return unicodedata.normalize("NFKC", typed).strip().lower()


def enrol(
    uow: UnitOfWork,
    *,
    name: str,
    email: str,
    agency_id: str,
    role: Role,
    title: str = "",
    kana: str = "",
    password_hash: str | None = None,
) -> tuple[PersonRow, MembershipRow]:
    """Make the person a member of the agency; called again it changes nothing twice.

    A person known by the same e-mail gets a second membership (出向). ``password_hash`` comes
    from ``accounts.hash_password``, which takes its time and so stays outside of transactions.
    """
    address = normal_email(email)
    person = uow.session.exec(select(PersonRow).where(PersonRow.email == address)).first()
    if person is None:
        person = PersonRow(name=name, kana=kana, email=address, created_at=uow.now())
        uow.session.add(person)
        uow.session.flush()
    membership = join(uow, person.id, agency_id, role, title=title)
    if password_hash is not None:
        put_password(uow, person.id, password_hash)
    return person, membership


def join(
    uow: UnitOfWork,
    person_id: str,
    agency_id: str,
    role: Role,
    *,
    title: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> MembershipRow:
    """The membership of this person in this agency, made or brought up to date."""
    membership = uow.session.exec(
        select(MembershipRow).where(
            MembershipRow.person_id == person_id, MembershipRow.agency_id == agency_id
        )
    ).first()
    if membership is None:
        membership = MembershipRow(person_id=person_id, agency_id=agency_id, role=role)
    membership.role, membership.title, membership.active = role, title, True
    membership.valid_from, membership.valid_to = valid_from, valid_to
    uow.session.add(membership)
    uow.session.flush()
    return membership


def put_password(uow: UnitOfWork, person_id: str, password_hash: str) -> None:
    """Store the hash as the person's only password."""
    row = uow.session.get(CredentialRow, person_id)
    if row is None:
        row = CredentialRow(person_id=person_id, password_hash="", changed_at=uow.now())
    row.password_hash, row.changed_at = password_hash, uow.now()
    uow.session.add(row)
    uow.session.flush()
