"""Local accounts: signing in with e-mail and password, and changing the password."""

import logging
from dataclasses import dataclass

from sqlmodel import col, select

from app.domain.errors import Refused
from app.domain.sentences import _
from app.store.tables.people import CredentialRow, PersonRow
from app.store.unit_of_work import Database, UnitOfWork
from auth import passwords, throttle
from auth.people import normal_email, put_password
from auth.session import revoke_all

log = logging.getLogger(__name__)


class WrongCredentials(Refused):
    """Never says whether the account or the password was wrong."""

    code = "wrong_credentials"
    remedy = _("入力を確かめて、もう一度お試しください。5回続けて誤ると15分間停止します。")

    def __init__(self) -> None:
        super().__init__(_("メールアドレスまたはパスワードが違います。"))


@dataclass(frozen=True, slots=True)
class Proven:
    """A person whose password was right; ``renewed`` is a stronger hash to keep, if any."""

    person_id: str
    email: str
    renewed: str | None


def prove(database: Database, email: str, password: str, address: str | None) -> Proven:
    """Check e-mail and password; every failure looks and lasts alike.

    The try is counted first and in its own transaction; the hash is worked out in none, so that
    nobody waits for it. Raises WrongCredentials or TooMany.
    """
    account, network = normal_email(email), throttle.network_of(address)
    with database.begin() as uow:
        throttle.take(uow, throttle.PER_ACCOUNT, account)
        throttle.take(uow, throttle.PER_ADDRESS, network)
    with database.read() as desk:
        found = desk.session.exec(
            select(PersonRow.id, CredentialRow.password_hash)
            .join(CredentialRow, col(CredentialRow.person_id) == col(PersonRow.id))
            .where(PersonRow.email == account, col(PersonRow.active).is_(True))
        ).first()
    given = passwords.cut(password)
    if found is None:
        passwords.take_the_same_time(given)
        log.warning("sign-in refused: wrong credentials from %s", network)
        raise WrongCredentials
    person_id, password_hash = found
    if not passwords.matches(password_hash, given):
        log.warning("sign-in refused: wrong password for person %s from %s", person_id, network)
        raise WrongCredentials
    return Proven(person_id, account, passwords.renewed(password_hash, given))


def settle(uow: UnitOfWork, proven: Proven, address: str | None) -> None:
    """After a right password: forget the failures and keep the stronger hash."""
    throttle.clear(uow, throttle.PER_ACCOUNT, proven.email)
    throttle.give_back(uow, throttle.PER_ADDRESS, throttle.network_of(address))
    throttle.forget_old(uow)
    if proven.renewed is not None:
        put_password(uow, proven.person_id, proven.renewed)


def set_password(
    database: Database, person_id: str, password: str, *, keep_session: str | None = None
) -> None:
    """Take a new password and end the person's other sessions."""
    with database.read() as desk:
        person = desk.session.get_one(PersonRow, person_id)
        known = (person.email, person.name, person.kana)
    password_hash = passwords.hash_password(password, known=known)
    with database.begin() as uow:
        put_password(uow, person_id, password_hash)
        revoke_all(uow, person_id, but=keep_session)
